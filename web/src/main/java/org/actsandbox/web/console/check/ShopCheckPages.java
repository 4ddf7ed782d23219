package org.actsandbox.web.console.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.http.CallerAddress;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.web.check.ShopCheckReport;
import org.actsandbox.web.check.ShopCheckRequest;
import org.actsandbox.web.check.ShopChecks;
import org.actsandbox.web.console.form.FormFields;
import org.actsandbox.web.console.frame.PageRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Starts a check of a merchant and shows it while it runs: the page asks again until it is over.
 */
@Controller
@RequestMapping("/console/{world}/check-shop")
class ShopCheckPages {

  private final ShopChecks shopChecks;

  ShopCheckPages(ShopChecks shopChecks) {
    this.shopChecks = shopChecks;
  }

  @GetMapping
  Rendering list(PageRequest pageRequest) {
    var given = new HashMap<String, String>();
    for (var field : List.of("merchant", "profile")) {
      var value = pageRequest.query(field);
      if (value != null) {
        given.put(field, value);
      }
    }
    return form(pageRequest, given).show();
  }

  private PageRequest.PageBuilder form(PageRequest pageRequest, Map<String, String> given) {
    var world = pageRequest.world();
    return pageRequest
        .page("console/shop-checks", "home")
        .with("given", given)
        .with("outside", world.externalMerchants().all())
        .with(
            "inside",
            world.settings().roster().stream()
                .filter(each -> world.externalMerchants().get(each.id()).isEmpty())
                .toList())
        .with("checks", shopChecks.list(world));
  }

  @PostMapping
  Rendering start(PageRequest pageRequest, FormFields form) {
    try {
      var level = form.first("level");
      var only = form.first("only");
      var started =
          shopChecks.start(
              pageRequest.world(),
              new ShopCheckRequest(
                  form.first("merchant"),
                  form.first("profile"),
                  level,
                  only == null ? List.of() : List.of(only.strip().split("[\\s,]+")),
                  config(form.first("config")),
                  null,
                  null));
      return pageRequest.redirect(address(pageRequest, started));
    } catch (Refusal refused) {
      return form(pageRequest, form.fields().toSingleValueMap())
          .status(refused.problem().status())
          .with("refused", refused)
          .with("running", running(pageRequest))
          .show();
    }
  }

  private @Nullable String running(PageRequest pageRequest) {
    return shopChecks.list(pageRequest.world()).stream()
        .filter(each -> each.path("state").asString().equals("running"))
        .map(each -> address(pageRequest, each))
        .findFirst()
        .orElse(null);
  }

  private static String address(PageRequest pageRequest, JsonNode check) {
    return pageRequest.here() + "/check-shop/" + check.path("id").asString();
  }

  private static @Nullable JsonNode config(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return Json.parse(text);
    } catch (JacksonException notJson) {
      throw new Refusal(Problem.INVALID_FIELD, "the configuration is not JSON")
          .at("config")
          .expected("an object as in docs/check-merchant.md")
          .observed(notJson.getOriginalMessage());
    }
  }

  @GetMapping("/{id}")
  Rendering show(PageRequest pageRequest, @PathVariable String id) {
    return shown(pageRequest, shopChecks.get(pageRequest.world(), id), null);
  }

  private static Rendering shown(PageRequest pageRequest, JsonNode check, @Nullable String url) {
    var model = ShopCheckModel.of(check);
    if (pageRequest.isPartial()) {
      return pageRequest.fragment("console/shop-check :: check", model);
    }
    var page = pageRequest.page("console/shop-check", "home").with("url", url);
    model.forEach(page::with);
    return page.show();
  }

  @PostMapping("/{id}/stop")
  Rendering stop(PageRequest pageRequest, @PathVariable String id) {
    shopChecks.stop(pageRequest.world(), id);
    return pageRequest.redirect(pageRequest.here() + "/check-shop/" + id);
  }

  /** Makes a link and shows it only this once, because the server stores only its digest. */
  @PostMapping("/{id}/link")
  Rendering link(PageRequest pageRequest, CallerAddress address, @PathVariable String id) {
    var shared = shopChecks.share(pageRequest.world(), id, ShopChecks.LINK_DAYS);
    return shown(
        pageRequest,
        shopChecks.get(pageRequest.world(), id),
        address.used() + "/shared/check/" + shared.token());
  }

  @GetMapping("/{id}/report/{format}")
  ResponseEntity<byte[]> report(
      PageRequest pageRequest, @PathVariable String id, @PathVariable String format) {
    var world = pageRequest.world();
    var file = ShopCheckReport.of(format);
    return file.download(shopChecks.get(world, id), shopChecks.report(world, id, file));
  }
}
