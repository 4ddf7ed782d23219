package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.principal.Surfaces;
import org.junit.jupiter.api.Test;

/** Purchases as a person makes them: the happy one, and the ones that end otherwise. */
class PurchaseBrowserTests extends InBrowser {

  /** On a phone the examples fill the pane: the words before them are not scrolled away. */
  @Test
  void whoComesForTheFirstTimeReadsFromTheBeginning() {
    var world = server.newWorld("first-time");
    try (var visitor = browsers.visitor("en", 360, ColorScheme.LIGHT)) {
      visitor.opens("/console/" + world.name() + "/try");
      visitor.sees(visitor.page().locator(".suggest button").last());

      assertThat(visitor.page().locator(".talk-scroll").evaluate("pane => pane.scrollTop"))
          .isEqualTo(0);
    }
  }

  @Test
  void aSentenceBecomesATicketByTheWindow() {
    var world = server.newWorld("seed");
    try (var visitor = browsers.visitor("en")) {
      offersFor(visitor, world, SEED);
      takesFirstFreeWindowSeat(visitor);
      toTheCashier(visitor);
      visitor.sees(visitor.page().locator(".amount"));
      visitor.sees("did:act:");
      visitor.entersPin(Visitor.PIN);
      visitor.button("^Approve ¥").click();
      visitor.sees(visitor.heading("^Paid$"));
      visitor.page().locator("a.btn.go").click();
      visitor.sees(visitor.page().locator(".ticket"));
      visitor.sees(visitor.page().locator(".ticket").getByText("by the window"));
      decodesTheBill(visitor);
    }
    assertThat(new BigDecimal(books(world))).isZero();
  }

  @Test
  void aSeatChosenWhileTheAgentSpeaksOnStaysChosen() {
    var world = server.newWorld("chosen");
    try (var visitor = browsers.visitor("en")) {
      offersFor(visitor, world, SEED);
      var seat = visitor.page().locator("svg.seats a.window").first();
      var name = seat.getAttribute("id").substring("seat-".length());
      seat.click();
      visitor.sees(visitor.button("^Take seat " + name + " for ¥"));
      visitor.says("Thank you");
      PlaywrightAssertions.assertThat(visitor.page().locator(".say.me")).hasCount(2);
      PlaywrightAssertions.assertThat(visitor.page().locator("#talk > li .say:not(.me)").last())
          .not()
          .hasText("");
      PlaywrightAssertions.assertThat(visitor.page().locator("form.ask button")).isEnabled();
      visitor.sees(visitor.button("^Take seat " + name + " for ¥"));
      standsWhereItStood(visitor.page());
    }
  }

  @Test
  void whatIsSaidWhileTheAgentIsAtWorkIsHeardAfterwards() {
    var world = server.newWorld("eager");
    server
        .bean(Surfaces.class)
        .control(
            "POST",
            world,
            "/faults",
            Map.of(
                "name", "delay", "operation", "POST /intents", "parameters", Map.of("ms", 1_200)));
    try (var visitor = browsers.visitor("en")) {
      visitor.opens("/console/" + world.name() + "/try");
      visitor.says(SEED);
      PlaywrightAssertions.assertThat(visitor.page().locator("#asking"))
          .hasText("The agent is at work");
      visitor.says("Thank you");
      PlaywrightAssertions.assertThat(visitor.page().locator(".say.me")).hasCount(2);
      visitor.sees(visitor.page().locator("#take"));
    }
  }

  /** What changed while the page was open took the place of what was there, without a wrapper. */
  private static void standsWhereItStood(Page page) {
    for (var place :
        List.of("#talk > li#turn-1", "#talk > li#turn-2", ".pane > #shelf", ".body > #diagram")) {
      PlaywrightAssertions.assertThat(page.locator(place)).hasCount(1);
    }
    PlaywrightAssertions.assertThat(page.locator("#talk > :not(li)")).hasCount(0);
    PlaywrightAssertions.assertThat(page.locator(".pane > #asking")).hasCount(1);
  }

  @Test
  void theSameInChinese() {
    var world = server.newWorld("seed-zh");
    try (var visitor = browsers.visitor("zh")) {
      offersFor(visitor, world, "帮我订明天早上去上海的靠窗座位");
      visitor.button("^就要这个").click();
      toTheCashier(visitor);
      visitor.entersPin(Visitor.PIN);
      visitor.button("^确认支付 ¥").click();
      visitor.sees(visitor.heading("^付款成功$"));
      visitor.page().locator("a.btn.go").click();
      visitor.sees(visitor.page().locator(".ticket").getByText("靠窗"));
    }
  }

  @Test
  void aDeclinedPaymentChargesNothing() {
    var world = server.newWorld("decline");
    try (var visitor = browsers.visitor("en")) {
      offersFor(visitor, world, SEED);
      visitor.button("^Take it for ¥").click();
      toTheCashier(visitor);
      visitor.button("^Decline$").click();
      visitor.sees(visitor.heading("^Declined$"));
      visitor.opens("/console/" + world.name() + "/wallet");
      visitor.sees("¥20,000.00");
    }
  }

  @Test
  void whatSellsOutAtConfirmationIsSaidAndNotBought() {
    var world = server.newWorld("sold-out");
    try (var visitor = browsers.visitor("en")) {
      offersFor(visitor, world, SEED);
      server
          .bean(Surfaces.class)
          .control(
              "POST",
              world,
              "/faults",
              Map.of("name", "sold_out", "operation", "POST /carts", "count", 1));
      var before = visitor.page().locator(".turn").count();
      visitor.button("^Take it for ¥").click();
      visitor.sees(
          visitor
              .page()
              .locator(".pane")
              .first()
              .getByText(Pattern.compile("sold out|gone", Pattern.CASE_INSENSITIVE)));
      assertThat(visitor.page().locator(".turn").count()).isGreaterThanOrEqualTo(before);
      visitor.opens("/console/" + world.name() + "/wallet");
      visitor.sees("¥20,000.00");
    }
  }

  @Test
  void threeWrongPinsLockTheCashier() {
    var world = server.newWorld("lock");
    try (var visitor = browsers.visitor("en")) {
      offersFor(visitor, world, SEED);
      visitor.button("^Take it for ¥").click();
      toTheCashier(visitor);
      visitor.entersPin("111111");
      visitor.button("^Approve ¥").click();
      visitor.sees("2 attempts left");
      visitor.entersPin("222222");
      visitor.button("^Approve ¥").click();
      visitor.sees("1 attempt left");
      visitor.entersPin("333333");
      visitor.button("^Approve ¥").click();
      visitor.sees("Locked for another 5 minutes");
      visitor.entersPin(Visitor.PIN);
      visitor.button("^Approve ¥").click();
      visitor.sees("The PIN is locked");
      visitor.sees("Locked for another 5 minutes");
    }
  }

  @Test
  void theKeyboardAloneIsEnough() {
    var world = server.newWorld("keys");
    try (var visitor = browsers.visitor("en")) {
      var page = visitor.page();
      visitor.opens("/console/" + world.name() + "/try");
      PlaywrightAssertions.assertThat(page.locator("form.ask input[name=text]")).isFocused();
      page.keyboard().type(SEED);
      page.keyboard().press("Enter");
      visitor.sees(page.locator("#take"));
      visitor.tabsTo("#take");
      page.keyboard().press("Enter");
      visitor.sees(page.locator("a[id^=pay-]"));
      visitor.tabsTo("a[id^=pay-]");
      page.keyboard().press("Enter");
      PlaywrightAssertions.assertThat(page.locator("#pin")).isFocused();
      page.keyboard().type(Visitor.PIN);
      page.keyboard().press("Enter");
      visitor.sees(visitor.heading("^Paid$"));
    }
  }

  @Test
  void aLostConnectionSaysSoAndCatchesUp() {
    var world = server.newWorld("lost");
    try (var visitor = browsers.visitor("en")) {
      offersFor(visitor, world, SEED);
      var page = visitor.page();
      var conversation = page.url().substring(page.url().lastIndexOf('/') + 1);
      // The connection is cut for good and its next attempts fail; what happens meanwhile is
      // missed.
      page.route("**/live**", route -> route.abort());
      page.evaluate("() => htmx.find('#live')['htmx-internal-data'].sseEventSource.close()");
      page.evaluate(
          "() => htmx.find('#live')['htmx-internal-data'].sseEventSource.onerror(new Event('error'))");
      PlaywrightAssertions.assertThat(page.locator("#lost")).isVisible();
      server
          .bean(Surfaces.class)
          .post(
              world,
              new Caller(Role.PRINCIPAL, null),
              "/agents/demo-agent/conversations/" + conversation + "/messages",
              Map.of("text", "Thank you"));
      page.unroute("**/live**");
      visitor.sees(page.getByText("Thank you"));
      PlaywrightAssertions.assertThat(page.locator("#lost")).isHidden();
      assertThat(page.locator(".say.me").count()).isEqualTo(2);
    }
  }

  static void offersFor(Visitor visitor, World world, String sentence) {
    visitor.opens("/console/" + world.name() + "/try");
    visitor.says(sentence);
    visitor.sees(visitor.page().locator(".offer"));
    visitor.sees(visitor.page().locator("#take"));
    visitor.sees(visitor.page().locator("#seq li"));
  }

  private static void takesFirstFreeWindowSeat(Visitor visitor) {
    var seat = visitor.page().locator("svg.seats a.window").first();
    var name = seat.getAttribute("id").substring("seat-".length());
    seat.click();
    visitor.button("^Take seat " + name + " for ¥").click();
  }

  static void toTheCashier(Visitor visitor) {
    visitor.page().locator("a[id^=pay-]").first().click();
    visitor.sees(visitor.page().locator("#pin"));
  }

  private static void decodesTheBill(Visitor visitor) {
    visitor
        .page()
        .locator("#seq a")
        .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("402"))
        .first()
        .click();
    visitor.sees(visitor.page().locator("#decoder").getByText("protocol.out_trade_no"));
    visitor.sees(visitor.page().locator("#decoder").getByText("signature verified"));
    visitor.page().locator("#view-signed").click();
    visitor.sees(visitor.page().locator("#decoder pre"));
  }

  private String books(World world) {
    return server
        .bean(Surfaces.class)
        .get(world, new Caller(Role.OPERATOR, null), "/psp/ledger/balance")
        .path("sum")
        .asString("");
  }
}
