package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.junit.jupiter.api.Test;

/** Tests how a person makes purchases, with and without success. */
class PurchaseBrowserTests extends BrowserTestBase {

  /** Lists the texts that a projector shows smaller than 18 pixels. */
  private static final String SMALL_TEXTS =
      """
      () => {
        const small = new Set();
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const text = walker.currentNode.textContent.trim(), element = walker.currentNode.parentElement;
          if (!text || !element.checkVisibility() || element.closest('.visually-hidden, .skip, [hidden]')) continue;
          const size = parseFloat(getComputedStyle(element).fontSize) * (element.currentCSSZoom ?? 1);
          if (size < 18) small.add(size + ' ' + text.slice(0, 30));
        }
        return [...small];
      }
      """;

  /** On a phone the examples fill the pane, and the text before them must stay visible. */
  @Test
  void aQuestionAboutTheDayIsAnsweredByAButton() {
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      browserUser.opens("/console/" + server.newWorld("day").name() + "/try");
      browserUser.says("A hotel in Shanghai");
      page.locator(".answers button").first().click();
      browserUser.sees(page.locator("#confirm-choice"));
      assertThat(page.locator(".answers button").first().isVisible()).isFalse();
    }
  }

  @Test
  void aNewReaderSeesTheIntroductionFirst() {
    var world = server.newWorld("first-time");
    try (var browserUser = browsers.loggedIn("en", 360, ColorScheme.LIGHT)) {
      browserUser.opens("/console/" + world.name() + "/try");
      browserUser.sees(browserUser.page().locator(".examples button").last());

      assertThat(browserUser.page().locator(".turns-scroll").evaluate("pane => pane.scrollTop"))
          .isEqualTo(0);
    }
  }

  @Test
  void aSentenceBecomesATicketByTheWindow() {
    var world = server.newWorld("seed");
    try (var browserUser = browsers.loggedIn("en")) {
      offersFor(browserUser, world, SEED);
      seesButtonOnDesktopAndPhone(browserUser.page(), "#confirm-choice");
      seesNewestRow(browserUser.page());
      takesFirstFreeWindowSeat(browserUser);
      browserUser.sees(browserUser.page().locator("a[id^=pay-]"));
      seesButtonOnDesktopAndPhone(browserUser.page(), "a[id^=pay-]");
      seesNewestRow(browserUser.page());
      seesOneRowAboveThePage(browserUser.page());
      toTheCashier(browserUser);
      browserUser.sees(browserUser.page().locator(".amount"));
      browserUser.entersPin(BrowserUser.PIN);
      assertThat(browserUser.page().locator(".pin-boxes").evaluate("it => it.scrollLeft"))
          .as("the digits stay in their boxes")
          .isEqualTo(0);
      browserUser.button("^Approve ¥").click();
      browserUser.sees(browserUser.heading("^Paid$"));
      browserUser.page().locator("a.btn.primary").click();
      browserUser.sees(browserUser.page().locator(".ticket"));
      browserUser.sees(browserUser.page().locator(".ticket").getByText("by the window"));
      seesNewestRow(browserUser.page());
      decodesTheBill(browserUser);
      seesOpenRow(browserUser.page());
      presentsReadably(browserUser.page());
    }
    assertThat(new BigDecimal(ledgerSum(world))).isZero();
  }

  @Test
  void aDetailOfThePlanIsChangedAndDroppedByAClick() {
    var world = server.newWorld("details");
    try (var browserUser = browsers.loggedIn("en")) {
      offersFor(browserUser, world, "A first class ticket to Nanjing tomorrow with my dog");
      var field = browserUser.page().locator("form.message-form input[name=text]");
      var plans = browserUser.page().locator(".plan");
      PlaywrightAssertions.assertThat(plans.first()).containsText("pets");

      plans.first().getByText("to Nanjing").click();
      PlaywrightAssertions.assertThat(field).hasValue("to Nanjing");
      assertThat(field.evaluate("it => it.value.slice(it.selectionStart, it.selectionEnd)"))
          .isEqualTo("Nanjing");

      plans.first().getByLabel("Drop: first class").click();
      PlaywrightAssertions.assertThat(plans).hasCount(2);
      PlaywrightAssertions.assertThat(plans.last()).containsText("to Nanjing");
      PlaywrightAssertions.assertThat(plans.last()).not().containsText("first class");
      PlaywrightAssertions.assertThat(plans.first().getByLabel("Drop: first class")).isHidden();
    }
  }

  @Test
  void aSeatChosenWhileTheAgentTalksStaysChosen() {
    var world = server.newWorld("chosen");
    try (var browserUser = browsers.loggedIn("en")) {
      offersFor(browserUser, world, SEED);
      var seat = browserUser.page().locator("svg.seats a.window:not(.chosen)").first();
      var name = seat.getAttribute("id").substring("seat-".length());
      seat.click();
      browserUser.sees(browserUser.button("^Take " + name + " .* for ¥"));
      browserUser.says("Thank you");
      PlaywrightAssertions.assertThat(browserUser.page().locator(".message.sent")).hasCount(2);
      PlaywrightAssertions.assertThat(
              browserUser.page().locator("#turns > li .message:not(.sent)").last())
          .not()
          .hasText("");
      PlaywrightAssertions.assertThat(browserUser.page().locator("form.message-form button"))
          .isEnabled();
      browserUser.sees(browserUser.button("^Take " + name + " .* for ¥"));
      assertReplacedInPlace(browserUser.page());
    }
  }

  @Test
  void aMessageDuringATurnIsTakenAfterTheTurn() {
    var world = server.newWorld("eager");
    server
        .bean(ConsoleApiClient.class)
        .callControlApi(
            "POST",
            world,
            "/faults",
            Map.of(
                "name", "delay", "operation", "POST /intents", "parameters", Map.of("ms", 1_200)));
    try (var browserUser = browsers.loggedIn("en")) {
      browserUser.opens("/console/" + world.name() + "/try");
      browserUser.says(SEED);
      PlaywrightAssertions.assertThat(browserUser.page().locator("#agent-status"))
          .hasText("The agent is at work");
      browserUser.says("Thank you");
      PlaywrightAssertions.assertThat(browserUser.page().locator(".message.sent")).hasCount(2);
      browserUser.sees(browserUser.page().locator("#confirm-choice"));
    }
  }

  /** Live updates replaced the elements of the page in place and added no wrappers. */
  private static void assertReplacedInPlace(Page page) {
    for (var place :
        List.of(
            "#turns > li#turn-1",
            "#turns > li#turn-2",
            ".pane > #offers",
            ".sequence-box > #diagram")) {
      PlaywrightAssertions.assertThat(page.locator(place)).hasCount(1);
    }
    PlaywrightAssertions.assertThat(page.locator("#turns > :not(li)")).hasCount(0);
    PlaywrightAssertions.assertThat(page.locator(".pane > #agent-status")).hasCount(1);
  }

  @Test
  void thePurchaseWorksInChinese() {
    var world = server.newWorld("seed-zh");
    try (var browserUser = browsers.loggedIn("zh")) {
      offersFor(browserUser, world, "帮我订明天早上去上海的靠窗座位");
      browserUser.button("^就要 ").click();
      toTheCashier(browserUser);
      browserUser.entersPin(BrowserUser.PIN);
      browserUser.button("^确认支付 ¥").click();
      browserUser.sees(browserUser.heading("^付款成功$"));
      browserUser.page().locator("a.btn.primary").click();
      browserUser.sees(browserUser.page().locator(".ticket").getByText("靠窗"));
    }
  }

  @Test
  void aDeclinedPaymentChargesNothing() {
    var world = server.newWorld("decline");
    try (var browserUser = browsers.loggedIn("en")) {
      offersFor(browserUser, world, SEED);
      browserUser.button("^Take .* for ¥").click();
      toTheCashier(browserUser);
      browserUser.button("^Decline$").click();
      browserUser.sees(browserUser.heading("^Declined$"));
      browserUser.opens("/console/" + world.name() + "/wallet");
      browserUser.sees("¥20,000.00");
    }
  }

  @Test
  void anOfferSoldOutAtConfirmationIsReportedAndNotBought() {
    var world = server.newWorld("sold-out");
    try (var browserUser = browsers.loggedIn("en")) {
      offersFor(browserUser, world, SEED);
      server
          .bean(ConsoleApiClient.class)
          .callControlApi(
              "POST",
              world,
              "/faults",
              Map.of("name", "sold_out", "operation", "POST /carts", "count", 1));
      var before = browserUser.page().locator(".turn").count();
      browserUser.button("^Take .* for ¥").click();
      browserUser.sees(
          browserUser
              .page()
              .locator(".pane")
              .first()
              .getByText(Pattern.compile("sold out|gone", Pattern.CASE_INSENSITIVE)));
      assertThat(browserUser.page().locator(".turn").count()).isGreaterThanOrEqualTo(before);
      browserUser.opens("/console/" + world.name() + "/wallet");
      browserUser.sees("¥20,000.00");
    }
  }

  @Test
  void threeWrongPinsLockTheCashier() {
    var world = server.newWorld("lock");
    try (var browserUser = browsers.loggedIn("en")) {
      offersFor(browserUser, world, SEED);
      browserUser.button("^Take .* for ¥").click();
      toTheCashier(browserUser);
      browserUser.entersPin("111111");
      browserUser.button("^Approve ¥").click();
      browserUser.sees("2 attempts left");
      browserUser.entersPin("222222");
      browserUser.button("^Approve ¥").click();
      browserUser.sees("1 attempt left");
      browserUser.entersPin("333333");
      browserUser.button("^Approve ¥").click();
      browserUser.sees("The PIN is locked");
      browserUser.sees("Locked for another 5 minutes");
      PlaywrightAssertions.assertThat(browserUser.button("^Approve ¥")).hasCount(0);
      browserUser.page().reload();
      browserUser.sees("The PIN is locked");
      browserUser.sees("Locked for another 5 minutes");
      PlaywrightAssertions.assertThat(browserUser.button("^Approve ¥")).hasCount(0);
      browserUser.sees(browserUser.button("^Decline$"));
    }
  }

  @Test
  void aLostConnectionSaysSoAndCatchesUp() {
    var world = server.newWorld("lost");
    try (var browserUser = browsers.loggedIn("en")) {
      offersFor(browserUser, world, SEED);
      var page = browserUser.page();
      var conversation = page.url().substring(page.url().lastIndexOf('/') + 1);
      // The connection is cut and the next attempts fail, so that the page misses what happens
      // meanwhile.
      page.route("**/live**", route -> route.abort());
      page.evaluate("() => htmx.find('#live')['htmx-internal-data'].sseEventSource.close()");
      page.evaluate(
          "() => htmx.find('#live')['htmx-internal-data'].sseEventSource.onerror(new"
              + " Event('error'))");
      PlaywrightAssertions.assertThat(page.locator("#disconnected")).isVisible();
      server
          .bean(ConsoleApiClient.class)
          .post(
              world,
              new Caller(Role.PRINCIPAL, null),
              "/agents/demo-agent/conversations/" + conversation + "/messages",
              Map.of("text", "Thank you"));
      page.unroute("**/live**");
      browserUser.sees(page.getByText("Thank you"));
      PlaywrightAssertions.assertThat(page.locator("#disconnected")).isHidden();
      assertThat(page.locator(".message.sent").count()).isEqualTo(2);
    }
  }

  static void offersFor(BrowserUser browserUser, World world, String sentence) {
    browserUser.opens("/console/" + world.name() + "/try");
    browserUser.says(sentence);
    browserUser.sees(browserUser.page().locator(".offer"));
    browserUser.sees(browserUser.page().locator("#confirm-choice"));
    browserUser.sees(browserUser.page().locator("#sequence li"));
  }

  private static void takesFirstFreeWindowSeat(BrowserUser browserUser) {
    var seat = browserUser.page().locator("svg.seats a.window:not(.chosen)").first();
    var name = seat.getAttribute("id").substring("seat-".length());
    seat.click();
    browserUser.button("^Take " + name + " .* for ¥").click();
  }

  /** The button is wholly inside the window, on a small desktop and on a phone. */
  private static void seesButtonOnDesktopAndPhone(Page page, String button) {
    for (var size : List.of(List.of(1280, 720), List.of(390, 844))) {
      page.setViewportSize(size.getFirst(), size.getLast());
      PlaywrightAssertions.assertThat(page.locator(button).first())
          .isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
      assertThat(page.evaluate("() => document.documentElement.scrollHeight - innerHeight"))
          .as("the page itself does not scroll")
          .isEqualTo(0);
    }
    page.setViewportSize(1280, 720);
  }

  /** What waits for the principal stands in the bar and gives it no second row. */
  private static void seesOneRowAboveThePage(Page page) {
    page.reload();
    PlaywrightAssertions.assertThat(page.locator("#waiting")).isVisible();
    var beside =
        """
        () => {
          const row = document.querySelector('.bar nav').getBoundingClientRect();
          return [...document.querySelectorAll('.bar .logo, .bar .chip')]
            .map((each) => each.getBoundingClientRect())
            .every((each) => each.top < row.bottom && each.bottom > row.top);
        }
        """;
    assertThat(page.evaluate(beside)).as("one row").isEqualTo(true);
  }

  private static void seesNewestRow(Page page) {
    PlaywrightAssertions.assertThat(page.locator("#sequence > li").last())
        .isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(0.9));
  }

  /** The open message stays beside its decoder, and the other panes stay where they are. */
  private static void seesOpenRow(Page page) {
    PlaywrightAssertions.assertThat(page.locator("#sequence a[aria-current=true]"))
        .isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(0.9));
    PlaywrightAssertions.assertThat(page.locator(".ticket header")).isInViewport();
    PlaywrightAssertions.assertThat(page.locator("form.message-form")).isInViewport();
  }

  /** At 1280×720 a projector shows all panes, no page scrolls, and no text is below 18 pixels. */
  private static void presentsReadably(Page page) {
    page.setViewportSize(1280, 720);
    page.keyboard().press("Escape");
    page.keyboard().press("p");
    PlaywrightAssertions.assertThat(page.locator("html")).hasAttribute("data-present", "on");
    for (var pane : List.of(".talk", ".choosing", ".wire")) {
      PlaywrightAssertions.assertThat(page.locator(pane))
          .isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(1));
    }
    assertThat(page.evaluate(SMALL_TEXTS)).isEqualTo(List.of());
    assertThat(PageAudit.accessibilityProblems(page)).isEmpty();
    page.keyboard().press("p");
    assertThat(page.evaluate("() => document.documentElement.dataset.present ?? ''")).isEqualTo("");
    assertThat(PageAudit.accessibilityProblems(page)).isEmpty();
  }

  static void toTheCashier(BrowserUser browserUser) {
    browserUser.page().locator("a[id^=pay-]").first().click();
    browserUser.sees(browserUser.page().locator("#pin"));
  }

  private static void decodesTheBill(BrowserUser browserUser) {
    browserUser
        .page()
        .locator("#sequence a")
        .filter(new com.microsoft.playwright.Locator.FilterOptions().setHasText("402"))
        .first()
        .click();
    browserUser.sees(
        browserUser.page().locator("#decoder").locator(".key-facts").getByText("out_trade_no"));
    browserUser.sees(browserUser.page().locator("#decoder").getByText("signature verified"));
    browserUser.page().locator("#view-signed").click();
    browserUser.sees(browserUser.page().locator("#decoder pre"));
  }

  private String ledgerSum(World world) {
    return server
        .bean(ConsoleApiClient.class)
        .get(world, new Caller(Role.OPERATOR, null), "/psp/ledger/balance")
        .path("sum")
        .asString("");
  }
}
