package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.Map;
import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.scenarios.client.Unexpected;
import org.actsandbox.web.console.principal.Surfaces;
import org.junit.jupiter.api.Test;

/** What stands around every page follows the world without a reload; broken messages are marked. */
class LiveFrameBrowserTests extends InBrowser {

  @Test
  void theClockAndWhatWaitsChangeOnAPageThatNobodyReloads() {
    var world = server.newWorld("status");
    try (var visitor = browsers.visitor("en");
        var other = browsers.visitor("en")) {
      visitor.opens("/console/" + world.name() + "/merchants");
      var page = visitor.page();
      page.evaluate("() => { window.sameDocument = true; }");
      PlaywrightAssertions.assertThat(page.locator("#waiting")).hasCount(0);
      PurchaseBrowserTests.offersFor(other, world, SEED);
      other.page().locator("#take").click();
      visitor.sees(page.locator("#waiting"));
      control("PUT", world, "/clock", Map.of("mode", "stopped"));
      PlaywrightAssertions.assertThat(page.locator("#clock"))
          .containsText(Pattern.compile("stopped"));
      control("POST", world, "/clock/advance", Map.of("by", "PT1H"));
      PlaywrightAssertions.assertThat(page.locator("#waiting")).hasCount(0);
      PlaywrightAssertions.assertThat(page).hasURL(Pattern.compile("/merchants$"));
      assertThat(page.evaluate("() => window.sameDocument")).isEqualTo(true);
    }
  }

  @Test
  void aBrokenBillIsMarkedAtTheByteWhereItBreaks() {
    var world = server.newWorld("broken-bill");
    control(
        "POST",
        world,
        "/faults",
        Map.of("name", "malformed_header", "operation", "GET /fulfilment/*", "count", 1));
    try (var visitor = browsers.visitor("zh")) {
      PurchaseBrowserTests.offersFor(visitor, world, "帮我订明天早上去上海的靠窗座位");
      visitor.page().locator("#take").click();
      var bill =
          visitor
              .page()
              .locator("#seq a")
              .filter(new Locator.FilterOptions().setHasText("402"))
              .first();
      visitor.sees(bill);
      bill.click();
      visitor.sees(visitor.page().locator("#decoder .break mark"));
      visitor.sees(visitor.page().locator("#decoder .break").getByText("Payment-Needed"));
    }
  }

  @Test
  void aChangedByteInASignedMessageIsShownBesideWhatItWas() {
    var world = server.newWorld("tampered");
    try (var visitor = browsers.visitor("en")) {
      PurchaseBrowserTests.offersFor(visitor, world, SEED);
      visitor.page().locator("#take").click();
      PurchaseBrowserTests.toTheCashier(visitor);
      var request = Tampered.paymentRequest(world);
      assertThatThrownBy(
              () ->
                  server
                      .bean(Surfaces.class)
                      .post(world, new Caller(Role.AGENT, null), "/psp/payments", request))
          .isInstanceOf(Unexpected.class);
      visitor.opens("/console/" + world.name() + "/journal");
      visitor
          .page()
          .locator("#seq a")
          .filter(new Locator.FilterOptions().setHasText("request payment"))
          .last()
          .click();
      visitor.sees(visitor.page().locator("#decoder .break mark"));
      visitor.sees(visitor.page().locator("#decoder").getByText("signature does not match"));
    }
  }

  private void control(String method, World world, String path, Map<String, Object> order) {
    server.bean(Surfaces.class).control(method, world, path, order);
  }
}
