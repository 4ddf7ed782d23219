package org.actsandbox.web.console.alipay;

import java.nio.charset.StandardCharsets;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.alipay.key.KeyTextException;
import org.actsandbox.alipay.key.RsaKeyText;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.alipay.app.AppRegistration;
import org.actsandbox.sandbox.alipay.app.PlatformKey;
import org.actsandbox.sandbox.alipay.app.SdkSettings;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.frame.PageRequest.PageBuilder;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;
import tools.jackson.databind.JsonNode;

/**
 * Registers the applications of Alipay's gateway and shows what their programs must know. A pasted
 * key is never shown again before it was accepted, because it may be a private one.
 */
@Controller
@RequestMapping("/console/{world}/alipay")
class AlipayIntegrationPages {

  private static final String TEMPLATE = "console/alipay-app";

  /** The names of programming languages, which are the same in every language. */
  private static final Map<String, String> SDK_NAMES =
      Map.of("java", "Java", "node", "Node", "python", "Python", "php", "PHP", "dotnet", ".NET");

  private final ConsoleApiClient consoleApiClient;
  private final AppRegistration registration;
  private final PlatformKey platformKey;

  AlipayIntegrationPages(
      ConsoleApiClient consoleApiClient, AppRegistration registration, PlatformKey platformKey) {
    this.consoleApiClient = consoleApiClient;
    this.registration = registration;
    this.platformKey = platformKey;
  }

  /**
   * Represents a participant that can own an application.
   *
   * @param id the owner's id or DID
   */
  record AppOwner(String id, String name, boolean agent) {}

  /** Represents a key that the application has or had. */
  record KeyRow(String fingerprint, Instant validFrom) {

    static KeyRow of(JsonNode key) {
      return new KeyRow(
          key.path("fingerprint").asString(), Instant.parse(key.path("valid_from").asString()));
    }
  }

  /** Represents why a form was refused. */
  private record RefusedForm(int status, String detail, String field, String expected) {

    static RefusedForm of(UnexpectedReply refused) {
      var remedy = refused.finer("remedy");
      return new RefusedForm(
          refused.status(),
          remedy.isEmpty() ? refused.detail() : refused.detail() + ". " + remedy,
          refused.finer("field"),
          refused.finer("expected"));
    }

    PageBuilder in(PageBuilder page) {
      return page.status(status)
          .with("detail", detail)
          .with("wrong", field)
          .with("expected", expected);
    }
  }

  @GetMapping
  Rendering list(PageRequest pageRequest) {
    return listed(pageRequest, Map.of()).with("done", pageRequest.query("done")).show();
  }

  private PageBuilder listed(PageRequest pageRequest, Map<String, ?> given) {
    return pageRequest
        .page("console/alipay", "home")
        .with("apps", call(pageRequest, "GET", "", null).path("apps"))
        .with("owners", owners(pageRequest))
        .with("given", given);
  }

  private static List<AppOwner> owners(PageRequest pageRequest) {
    var world = pageRequest.world();
    var owners = new ArrayList<AppOwner>();
    for (ExternalMerchant merchant : world.externalMerchants().all()) {
      owners.add(new AppOwner(merchant.id(), pageRequest.words().text(merchant.name()), false));
    }
    for (MerchantProfile merchant : world.settings().roster()) {
      owners.add(new AppOwner(merchant.id(), pageRequest.words().text(merchant.name()), false));
    }
    owners.add(new AppOwner(world.agent().value(), world.agent().name(), true));
    world.externalAgents().everRegistered().stream()
        .filter(did -> !world.externalAgents().isDeregistered(did))
        .forEach(did -> owners.add(new AppOwner(did.value(), did.name(), true)));
    return List.copyOf(owners);
  }

  @PostMapping
  Rendering add(PageRequest pageRequest, FormFields form) {
    var request = new LinkedHashMap<String, Object>(form.filled("owner", "name"));
    request.put("public_key", key(form));
    try {
      return shown(pageRequest, call(pageRequest, "POST", "", request)).show();
    } catch (UnexpectedReply refused) {
      return RefusedForm.of(refused)
          .in(listed(pageRequest, form.filled("owner", "name")))
          .with("cause", cause(refused, form))
          .show();
    }
  }

  /**
   * Returns the word for what was pasted in the place of a public key; empty when the form was
   * refused for something else. The page says it in its own language, without any of the text.
   */
  private String cause(UnexpectedReply refused, FormFields form) {
    if (!refused.finer("field").equals("public_key")) {
      return "";
    }
    try {
      var read = RsaKeyText.read(key(form));
      if (read.container().isPrivate()) {
        return "private";
      }
      return read.publicKey().equals(platformKey.publicKey()) ? "platform" : "weak";
    } catch (KeyTextException notAKey) {
      return notAKey.mistake().name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns the pasted key, or the word with which the sandbox makes one. */
  private static String key(FormFields form) {
    var pasted = form.first("public_key");
    return pasted == null ? "make" : pasted;
  }

  @GetMapping("/{app}")
  Rendering one(PageRequest pageRequest, @PathVariable String app) {
    return shown(pageRequest, call(pageRequest, "GET", "/" + checked(app), null)).show();
  }

  /** Gives the application another key; the earlier ones stay known to the doctor. */
  @PostMapping("/{app}/key")
  Rendering changeKey(PageRequest pageRequest, @PathVariable String app, FormFields form) {
    try {
      return shown(
              pageRequest,
              call(pageRequest, "PATCH", "/" + checked(app), Map.of("public_key", key(form))))
          .show();
    } catch (UnexpectedReply refused) {
      return RefusedForm.of(refused)
          .in(shown(pageRequest, call(pageRequest, "GET", "/" + checked(app), null)))
          .with("cause", cause(refused, form))
          .show();
    }
  }

  /** Hands out one file of settings, with the private key of the page if it is shown there. */
  @PostMapping("/{app}/settings")
  ResponseEntity<byte[]> settings(
      PageRequest pageRequest, @PathVariable String app, FormFields form) {
    var world = pageRequest.world();
    var wanted = form.first("file");
    var file =
        files(world, checked(app), form.first("made")).files().stream()
            .filter(each -> each.name().equals(wanted))
            .findFirst()
            .orElseThrow(() -> new Refusal(Problem.NOT_FOUND, "there is no such file").at("file"));
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .cacheControl(CacheControl.noStore())
        .headers(
            headers ->
                headers.setContentDisposition(
                    ContentDisposition.attachment().filename(file.name()).build()))
        .body(file.text().getBytes(StandardCharsets.UTF_8));
  }

  private SdkSettings files(World world, String app, @Nullable String made) {
    return SdkSettings.of(
        world,
        registration.require(world, app),
        platformKey,
        Optional.ofNullable(made).map(AlipayIntegrationPages::privateKey));
  }

  private static RSAPrivateCrtKey privateKey(String text) {
    try {
      return RsaKeyText.read(text)
          .privateKey()
          .orElseThrow(
              () -> new Refusal(Problem.INVALID_FIELD, "this is no private key").at("made"));
    } catch (KeyTextException noKey) {
      throw new Refusal(Problem.INVALID_FIELD, "this is no private key").at("made");
    }
  }

  @PostMapping("/{app}/remove")
  Rendering remove(PageRequest pageRequest, @PathVariable String app) {
    call(pageRequest, "DELETE", "/" + checked(app), null);
    return pageRequest.redirect(pageRequest.here() + "/alipay?done=removed");
  }

  private static PageBuilder shown(PageRequest pageRequest, JsonNode app) {
    return pageRequest
        .page(TEMPLATE, "home")
        .with("app", app)
        .with("names", SDK_NAMES)
        .with("keys", app.path("keys").valueStream().map(KeyRow::of).toList())
        .with(
            "calls",
            GatewayCalls.of(pageRequest.world().journalStore(), app.path("app_id").asString()));
  }

  private static String checked(String app) {
    if (!app.matches("[0-9]{16}")) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such application")
          .at("app_id")
          .observed(app);
    }
    return app;
  }

  private JsonNode call(
      PageRequest pageRequest, String method, String path, @Nullable Object body) {
    return consoleApiClient.callControlApi(
        method, pageRequest.world(), "/alipay/apps" + path, body);
  }
}
