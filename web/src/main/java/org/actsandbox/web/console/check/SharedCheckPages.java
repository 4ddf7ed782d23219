package org.actsandbox.web.console.check;

import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.web.check.ShopCheckReport;
import org.actsandbox.web.check.ShopChecks;
import org.actsandbox.web.console.frame.PageRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.reactive.result.view.Rendering;
import tools.jackson.databind.JsonNode;

/** Shows a stored check behind its link. It reads the stored report, and reaches no world. */
@Controller
@RequestMapping("/shared/check/{token}")
class SharedCheckPages {

  private final ShopChecks shopChecks;

  SharedCheckPages(ShopChecks shopChecks) {
    this.shopChecks = shopChecks;
  }

  @GetMapping
  Rendering show(PageRequest pageRequest, @PathVariable String token) {
    var page =
        pageRequest
            .page("console/shop-check-shared", "shared")
            .with("link", "/shared/check/" + token);
    ShopCheckModel.of(open(token).path("view")).forEach(page::with);
    return page.show();
  }

  @GetMapping("/{format}")
  ResponseEntity<byte[]> report(@PathVariable String token, @PathVariable String format) {
    var stored = open(token);
    var file = ShopCheckReport.of(format);
    return file.download(stored.path("view"), file.bytes(stored));
  }

  private JsonNode open(String token) {
    return shopChecks
        .open(token)
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "this link opens nothing, or no longer")
                    .remedy("Ask the person who gave you the link for a new one."));
  }
}
