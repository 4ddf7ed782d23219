package org.actsandbox.web.console.external;

import java.util.LinkedHashMap;
import java.util.Map;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.commerce.MerchantLevel;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.actsandbox.web.starter.Starter;
import org.actsandbox.web.starter.StarterFiles;
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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Adds, shows, changes and removes the merchants that run outside the sandbox. */
@Controller
@RequestMapping("/console/{world}/own-shop")
class ExternalMerchantPages {

  private static final String[] FIELDS = {"url", "id", "name", "kind", "level", "resource"};

  private final ConsoleApiClient consoleApiClient;

  ExternalMerchantPages(ConsoleApiClient consoleApiClient) {
    this.consoleApiClient = consoleApiClient;
  }

  @GetMapping
  Rendering list(PageRequest pageRequest) {
    return listed(pageRequest)
        .with("given", Map.of())
        .with("done", pageRequest.query("done"))
        .show();
  }

  private PageRequest.PageBuilder listed(PageRequest pageRequest) {
    return pageRequest
        .page("console/own-shops", "home")
        .with("shops", call(pageRequest, "GET", "", null).path("items"));
  }

  @PostMapping
  Rendering add(PageRequest pageRequest, FormFields form) {
    var request = new LinkedHashMap<String, Object>(form.filled(FIELDS));
    try {
      var jwk = form.first("jwk");
      if (jwk != null) {
        request.put("jwk", jwk(jwk));
      }
      return shown(pageRequest, call(pageRequest, "POST", "", request));
    } catch (UnexpectedReply refused) {
      return refused(
          pageRequest,
          form,
          refused.status(),
          refused.detail(),
          refused.finer("field"),
          refused.finer("expected"));
    } catch (Refusal refused) {
      return refused(
          pageRequest,
          form,
          refused.problem().status(),
          refused.detail(),
          String.valueOf(refused.field()),
          String.valueOf(refused.expected()));
    }
  }

  private Rendering refused(
      PageRequest pageRequest,
      FormFields form,
      int status,
      String detail,
      String field,
      String expected) {
    return listed(pageRequest)
        .status(status)
        .with("given", form.fields().toSingleValueMap())
        .with("detail", detail)
        .with("wrong", field)
        .with("expected", expected)
        .show();
  }

  private static JsonNode jwk(String text) {
    try {
      return Json.parse(text);
    } catch (JacksonException notJson) {
      throw new Refusal(Problem.INVALID_FIELD, "the key is not JSON")
          .at("jwk")
          .expected("a public JWK")
          .observed(notJson.getOriginalMessage());
    }
  }

  /** Shows a merchant, and looks at what it publishes each time. */
  @GetMapping("/{id}")
  Rendering one(PageRequest pageRequest, @PathVariable String id) {
    return shown(pageRequest, call(pageRequest, "GET", "/" + checked(id), null));
  }

  /** Gives the merchant a new key made by the sandbox, and shows it once. */
  @PostMapping("/{id}/key")
  Rendering newKey(PageRequest pageRequest, @PathVariable String id) {
    return shown(
        pageRequest, call(pageRequest, "PATCH", "/" + checked(id), Map.of("new_key", true)));
  }

  /** Changes how much of the protocol the merchant speaks. */
  @PostMapping("/{id}/level")
  Rendering level(PageRequest pageRequest, @PathVariable String id, FormFields form) {
    call(pageRequest, "PATCH", "/" + checked(id), form.filled("level"));
    return pageRequest.redirect(pageRequest.here() + "/own-shop/" + id);
  }

  /**
   * Packs a starter with the settings that the page shows, the private key of this once included.
   */
  @PostMapping("/{id}/starter")
  ResponseEntity<byte[]> starter(
      PageRequest pageRequest, @PathVariable String id, FormFields form) {
    var shown = form.first("env");
    pageRequest.world().externalMerchants().require(checked(id));
    return packed(form.first("starter"), id, shown == null ? "" : shown + "\n");
  }

  /** Packs a starter with the settings that can be told at any time. */
  @GetMapping("/{id}/starter/{starter}")
  ResponseEntity<byte[]> starter(
      PageRequest pageRequest, @PathVariable String id, @PathVariable String starter) {
    var shop = call(pageRequest, "GET", "/" + checked(id), null);
    return packed(starter, id, shop.path("env").asString());
  }

  private static ResponseEntity<byte[]> packed(@Nullable String starter, String id, String env) {
    var file =
        Starter.find(starter == null ? "" : starter)
            .map(each -> StarterFiles.of(each, id, env))
            .orElseThrow(
                () -> new Refusal(Problem.NOT_FOUND, "there is no such starter").at("starter"));
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("application/zip"))
        .cacheControl(CacheControl.noStore())
        .headers(
            headers ->
                headers.setContentDisposition(
                    ContentDisposition.attachment().filename(file.fileName()).build()))
        .body(file.zip());
  }

  @PostMapping("/{id}/remove")
  Rendering remove(PageRequest pageRequest, @PathVariable String id) {
    call(pageRequest, "DELETE", "/" + checked(id), null);
    return pageRequest.redirect(pageRequest.here() + "/own-shop?done=removed");
  }

  private static Rendering shown(PageRequest pageRequest, JsonNode shop) {
    return pageRequest
        .page("console/own-shop", "home")
        .with("shop", shop)
        .with("calls", shop.path("calls").valueStream().toList())
        .with(
            "starters", Starter.of(MerchantLevel.find(shop.path("level").asString()).orElseThrow()))
        .with("settings", SettingsText.all(shop.path("env").asString()))
        .show();
  }

  private static String checked(String id) {
    if (!id.matches("[a-z0-9-]{1,40}")) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such merchant").at("merchant").observed(id);
    }
    return id;
  }

  private JsonNode call(
      PageRequest pageRequest, String method, String path, @Nullable Object body) {
    return consoleApiClient.callControlApi(method, pageRequest.world(), "/merchants" + path, body);
  }
}
