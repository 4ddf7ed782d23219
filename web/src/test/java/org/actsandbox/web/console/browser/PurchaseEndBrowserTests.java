package org.actsandbox.web.console.browser;

import static org.actsandbox.web.console.browser.PurchaseBrowserTests.offersFor;
import static org.actsandbox.web.console.browser.PurchaseBrowserTests.toTheCashier;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.math.BigDecimal;
import java.util.Map;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.junit.jupiter.api.Test;

/** Tests purchases that end at the cashier without a payment, or later with a refund. */
class PurchaseEndBrowserTests extends BrowserTestBase {

  private static final String UNTOUCHED = "¥20,000.00";

  @Test
  void aPaidOrderIsCancelledAndTheMoneyComesBackByTheMerchantsTerms() {
    var world = server.newWorld("cancel");
    try (var browserUser = browsers.loggedIn("en")) {
      atTheCashier(browserUser, world);
      browserUser.entersPin(BrowserUser.PIN);
      browserUser.button("^Approve ¥").click();
      browserUser.sees(browserUser.heading("^Paid$"));
      browserUser.page().locator("a.btn.primary").click();
      browserUser.sees(browserUser.page().locator(".ticket"));
      browserUser.opens("/console/" + world.name() + "/orders");
      browserUser.page().locator("td a.order-link").first().click();
      browserUser.page().locator("details.confirm summary.bad").click();
      browserUser.button("^Cancel and get ¥").click();
      browserUser.sees("Cancelled. Any refund is on your account.");
      browserUser.opens("/console/" + world.name() + "/wallet");
      browserUser.sees("Refund");
    }
    assertThat(sum(world)).isZero();
  }

  @Test
  void cancellingAnUnpaidOrderClosesItsPaymentAndChangesOnlyTheStock() {
    var world = server.newWorld("cancel-held");
    try (var browserUser = browsers.loggedIn("en")) {
      atTheCashier(browserUser, world);
      var cashier = browserUser.page().url();
      browserUser.opens("/console/" + world.name() + "/orders");
      browserUser.sees("1 payment waits");
      browserUser.page().locator("td a.order-link").first().click();
      browserUser.page().locator("details.confirm summary.bad").click();
      browserUser.button("^Cancel the order$").click();
      browserUser.sees("Cancelled. Any refund is on your account.");
      browserUser.sees("Cancelled before anything was delivered.");
      PlaywrightAssertions.assertThat(browserUser.page().locator("body"))
          .not()
          .containsText("payment waits");
      browserUser.opens(cashier);
      browserUser.sees(browserUser.heading("^No longer needed$"));
      nothingWasCharged(browserUser, world);
    }
  }

  @Test
  void aCashierLeftOpenTooLongSaysThatTimeIsUp() {
    var world = server.newWorld("timeout");
    try (var browserUser = browsers.loggedIn("en")) {
      atTheCashier(browserUser, world);
      var cashier = browserUser.page().url();
      advance(world, "PT1H");
      browserUser.entersPin(BrowserUser.PIN);
      browserUser.button("^Approve ¥").click();
      browserUser.sees(browserUser.heading("^Out of time$"));
      browserUser.opens(cashier);
      browserUser.sees(browserUser.heading("^Out of time$"));
      browserUser.page().locator("main a.btn.primary").first().click();
      browserUser.sees("Given back: ");
      PlaywrightAssertions.assertThat(browserUser.page().locator("#turns"))
          .not()
          .containsText("Could not give back");
      nothingWasCharged(browserUser, world);
    }
  }

  @Test
  void closingTheCashierNeitherApprovesNorDeclines() {
    var world = server.newWorld("closed");
    try (var browserUser = browsers.loggedIn("zh")) {
      atTheCashier(browserUser, world, "帮我订明天早上去上海的靠窗座位");
      browserUser.page().locator("button[value=CLOSE]").click();
      browserUser.sees(browserUser.page().locator(".verdict"));
      browserUser.sees(browserUser.heading("^未答复即关闭$"));
      browserUser.page().locator("a.btn.primary").click();
      PlaywrightAssertions.assertThat(browserUser.page().locator(".pane").first())
          .containsText("收银台被关闭");
      nothingWasCharged(browserUser, world);
    }
  }

  /** Of two windows the second one says that the payment was decided before its answer. */
  @Test
  void anAnswerToADecidedPaymentChangesNothingAndSaysSo() {
    var world = server.newWorld("decided");
    try (var first = browsers.loggedIn("en");
        var second = browsers.loggedIn("zh")) {
      atTheCashier(first, world);
      second.opens(first.page().url());
      first.entersPin(BrowserUser.PIN);
      first.button("^Approve ¥").click();
      first.sees(first.heading("^Paid$"));
      PlaywrightAssertions.assertThat(first.page().locator("#late")).hasCount(0);

      second.page().locator("button[value=DECLINE]").click();
      second.sees(second.heading("^付款成功$"));
      PlaywrightAssertions.assertThat(second.page().locator("#late")).containsText("没有改变任何事");
    }
  }

  @Test
  void aFrozenInstrumentPaysNothingUntilItIsUnfrozen() {
    var world = server.newWorld("freeze");
    try (var browserUser = browsers.loggedIn("en")) {
      atTheCashier(browserUser, world);
      var cashier = browserUser.page().url();
      freezeInstruments(browserUser, world);
      browserUser.opens(cashier);
      browserUser.entersPin(BrowserUser.PIN);
      browserUser.button("^Approve ¥").click();
      browserUser.sees(browserUser.heading("^Could not be paid$"));
      nothingWasCharged(browserUser, world);
      unfreezeInstruments(browserUser, world);
      atTheCashier(browserUser, world);
      browserUser.entersPin(BrowserUser.PIN);
      browserUser.button("^Approve ¥").click();
      browserUser.sees(browserUser.heading("^Paid$"));
    }
    assertThat(sum(world)).isZero();
  }

  /** Freezes all instruments with one click each, which loads the page again. */
  private static void freezeInstruments(BrowserUser browserUser, World world) {
    browserUser.opens("/console/" + world.name() + "/wallet");
    int instruments = browserUser.button("^Freeze$").count();
    assertThat(instruments).isPositive();
    for (int i = 0; i < instruments; i++) {
      browserUser.button("^Freeze$").first().click();
      browserUser.sees("Frozen. The agent");
    }
  }

  /** Unfreezes all instruments, which needs the PIN. */
  private static void unfreezeInstruments(BrowserUser browserUser, World world) {
    browserUser.opens("/console/" + world.name() + "/wallet");
    var frozen = browserUser.page().locator("details.confirm:has(input[name=pin])");
    int instruments = frozen.count();
    assertThat(instruments).isPositive();
    for (int i = 0; i < instruments; i++) {
      frozen.first().locator("summary").click();
      frozen.first().locator("input[name=pin]").fill(BrowserUser.PIN);
      frozen.first().locator("button.primary").click();
      browserUser.sees("Usable again");
    }
  }

  private static void atTheCashier(BrowserUser browserUser, World world) {
    atTheCashier(browserUser, world, SEED);
  }

  private static void atTheCashier(BrowserUser browserUser, World world, String sentence) {
    offersFor(browserUser, world, sentence);
    browserUser.page().locator("#confirm-choice").click();
    toTheCashier(browserUser);
  }

  private static void nothingWasCharged(BrowserUser browserUser, World world) {
    browserUser.opens("/console/" + world.name() + "/wallet");
    browserUser.sees(UNTOUCHED);
  }

  private void advance(World world, String by) {
    server
        .bean(ConsoleApiClient.class)
        .callControlApi("POST", world, "/clock/advance", Map.of("by", by));
  }

  private BigDecimal sum(World world) {
    var books =
        server
            .bean(ConsoleApiClient.class)
            .get(world, new Caller(Role.OPERATOR, null), "/psp/ledger/balance");
    return new BigDecimal(books.path("sum").asString(""));
  }
}
