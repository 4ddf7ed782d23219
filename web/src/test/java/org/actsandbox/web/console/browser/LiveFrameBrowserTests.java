package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.Map;
import java.util.regex.Pattern;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.junit.jupiter.api.Test;

/**
 * Tests that the frame of every page follows the world without a reload, and that damaged messages
 * are marked.
 */
class LiveFrameBrowserTests extends BrowserTestBase {

  @Test
  void clockAndNoticesChangeWithoutAReload() {
    var world = server.newWorld("status");
    try (var browserUser = browsers.loggedIn("en");
        var other = browsers.loggedIn("en")) {
      browserUser.opens("/console/" + world.name() + "/merchants");
      var page = browserUser.page();
      page.evaluate("() => { window.sameDocument = true; }");
      PlaywrightAssertions.assertThat(page.locator("#waiting")).hasCount(0);
      PurchaseBrowserTests.offersFor(other, world, SEED);
      other.page().locator("#confirm-choice").click();
      browserUser.sees(page.locator("#waiting"));
      page.setViewportSize(1280, 720);
      assertThat(page.evaluate("() => document.querySelector('.bar nav').scrollWidth"))
          .as("the names of the pages are all in sight beside what waits")
          .isEqualTo(page.evaluate("() => document.querySelector('.bar nav').clientWidth"));
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
    try (var browserUser = browsers.loggedIn("zh")) {
      PurchaseBrowserTests.offersFor(browserUser, world, "帮我订明天早上去上海的靠窗座位");
      browserUser.page().locator("#confirm-choice").click();
      var bill =
          browserUser
              .page()
              .locator("#sequence a")
              .filter(new Locator.FilterOptions().setHasText("402"))
              .first();
      browserUser.sees(bill);
      bill.click();
      browserUser.sees(browserUser.page().locator("#decoder .break mark"));
      browserUser.sees(browserUser.page().locator("#decoder .break").getByText("Payment-Needed"));
    }
  }

  @Test
  void aChangedByteInASignedMessageIsShownBesideTheOriginal() {
    var world = server.newWorld("tampered");
    try (var browserUser = browsers.loggedIn("en")) {
      PurchaseBrowserTests.offersFor(browserUser, world, SEED);
      browserUser.page().locator("#confirm-choice").click();
      PurchaseBrowserTests.toTheCashier(browserUser);
      var request = TamperedMessages.paymentRequest(world);
      assertThatThrownBy(
              () ->
                  server
                      .bean(ConsoleApiClient.class)
                      .post(world, new Caller(Role.AGENT, null), "/psp/payments", request))
          .isInstanceOf(UnexpectedReply.class);
      browserUser.opens("/console/" + world.name() + "/journal");
      browserUser
          .page()
          .locator("#sequence a")
          .filter(new Locator.FilterOptions().setHasText("please ask for"))
          .last()
          .click();
      browserUser.sees(browserUser.page().locator("#decoder .break mark"));
      browserUser.sees(
          browserUser.page().locator("#decoder").getByText("signature does not match"));
    }
  }

  /** A reader of a deleted world is told so once, and not that the connection is lost. */
  @Test
  void aDeletedWorldIsNotALostConnection() {
    var world = server.newWorld("leaving");
    try (var browserUser = browsers.loggedIn("en")) {
      browserUser.opens("/console/" + world.name() + "/journal");
      var page = browserUser.page();
      server.bean(Worlds.class).delete(world.name());
      PlaywrightAssertions.assertThat(page.locator("#notice")).containsText("There is no world");
      PlaywrightAssertions.assertThat(page.locator("#disconnected")).isHidden();
    }
  }

  /** A page of a world that was reset shows what is no more, and says so. */
  @Test
  void aResetIsSaidOnThePagesThatAreOpen() {
    var world = server.newWorld("begun-anew");
    try (var browserUser = browsers.loggedIn("en")) {
      browserUser.opens("/console/" + world.name() + "/wallet");
      var page = browserUser.page();
      PlaywrightAssertions.assertThat(page.locator("#was-reset")).isHidden();
      server.bean(Worlds.class).reset(world.name());
      browserUser.sees(page.locator("#was-reset"));
      page.locator("#was-reset a").click();
      PlaywrightAssertions.assertThat(page.locator("#was-reset")).isHidden();
    }
  }

  private void control(String method, World world, String path, Map<String, Object> body) {
    server.bean(ConsoleApiClient.class).callControlApi(method, world, path, body);
  }
}
