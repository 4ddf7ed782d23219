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
import org.actsandbox.web.console.principal.Surfaces;
import org.junit.jupiter.api.Test;

/** Purchases that end at the cashier without money, or after it with money back. */
class EndingsBrowserTests extends InBrowser {

  private static final String UNTOUCHED = "¥20,000.00";

  @Test
  void aPaidOrderIsCancelledAndTheMoneyComesBackByTheMerchantsTerms() {
    var world = server.newWorld("cancel");
    try (var visitor = browsers.visitor("en")) {
      atTheCashier(visitor, world);
      visitor.entersPin(Visitor.PIN);
      visitor.button("^Approve ¥").click();
      visitor.sees(visitor.heading("^Paid$"));
      visitor.page().locator("a.btn.go").click();
      visitor.sees(visitor.page().locator(".ticket"));
      visitor.opens("/console/" + world.name() + "/orders");
      visitor.page().locator("td a.mono").first().click();
      visitor.page().locator("details.confirm summary.bad").click();
      visitor.button("^Cancel and get ¥").click();
      visitor.sees("Cancelled. What comes back is on your account.");
      visitor.opens("/console/" + world.name() + "/wallet");
      visitor.sees("Refund");
    }
    assertThat(sum(world)).isZero();
  }

  @Test
  void anUnpaidOrderIsCancelledAndOnlyTheShelfNotices() {
    var world = server.newWorld("cancel-held");
    try (var visitor = browsers.visitor("en")) {
      atTheCashier(visitor, world);
      visitor.opens("/console/" + world.name() + "/orders");
      visitor.page().locator("td a.mono").first().click();
      visitor.page().locator("details.confirm summary.bad").click();
      visitor.button("^Cancel the order$").click();
      visitor.sees("Cancelled. What comes back is on your account.");
      nothingWasCharged(visitor, world);
    }
  }

  @Test
  void aCashierLeftOpenTooLongSaysThatTimeIsUp() {
    var world = server.newWorld("timeout");
    try (var visitor = browsers.visitor("en")) {
      atTheCashier(visitor, world);
      var cashier = visitor.page().url();
      advance(world, "PT1H");
      visitor.entersPin(Visitor.PIN);
      visitor.button("^Approve ¥").click();
      visitor.sees(visitor.heading("^Out of time$"));
      visitor.opens(cashier);
      visitor.sees(visitor.heading("^Out of time$"));
      nothingWasCharged(visitor, world);
    }
  }

  @Test
  void closingTheCashierIsNeitherYesNorNo() {
    var world = server.newWorld("closed");
    try (var visitor = browsers.visitor("zh")) {
      atTheCashier(visitor, world, "帮我订明天早上去上海的靠窗座位");
      visitor.page().locator("button[value=CLOSE]").click();
      visitor.sees(visitor.page().locator(".verdict"));
      visitor.sees(visitor.heading("^未作答就关闭$"));
      visitor.page().locator("a.btn.go").click();
      PlaywrightAssertions.assertThat(visitor.page().locator(".pane").first())
          .containsText("收银台被关闭");
      nothingWasCharged(visitor, world);
    }
  }

  @Test
  void aFrozenInstrumentPaysNothingUntilItIsThawed() {
    var world = server.newWorld("freeze");
    try (var visitor = browsers.visitor("en")) {
      atTheCashier(visitor, world);
      var cashier = visitor.page().url();
      freezeInstruments(visitor, world);
      visitor.opens(cashier);
      visitor.entersPin(Visitor.PIN);
      visitor.button("^Approve ¥").click();
      visitor.sees(visitor.heading("^Could not be paid$"));
      nothingWasCharged(visitor, world);
      unfreezeInstruments(visitor, world);
      atTheCashier(visitor, world);
      visitor.entersPin(Visitor.PIN);
      visitor.button("^Approve ¥").click();
      visitor.sees(visitor.heading("^Paid$"));
    }
    assertThat(sum(world)).isZero();
  }

  /** One click per instrument; each loads the page again. */
  private static void freezeInstruments(Visitor visitor, World world) {
    visitor.opens("/console/" + world.name() + "/wallet");
    int instruments = visitor.button("^Freeze$").count();
    assertThat(instruments).isPositive();
    for (int i = 0; i < instruments; i++) {
      visitor.button("^Freeze$").first().click();
      visitor.sees("Frozen. The agent");
    }
  }

  /** What was stopped goes on with the PIN only. */
  private static void unfreezeInstruments(Visitor visitor, World world) {
    visitor.opens("/console/" + world.name() + "/wallet");
    var frozen = visitor.page().locator("details.confirm:has(input[name=pin])");
    int instruments = frozen.count();
    assertThat(instruments).isPositive();
    for (int i = 0; i < instruments; i++) {
      frozen.first().locator("summary").click();
      frozen.first().locator("input[name=pin]").fill(Visitor.PIN);
      frozen.first().locator("button.go").click();
      visitor.sees("Usable again");
    }
  }

  private static void atTheCashier(Visitor visitor, World world) {
    atTheCashier(visitor, world, SEED);
  }

  private static void atTheCashier(Visitor visitor, World world, String sentence) {
    offersFor(visitor, world, sentence);
    visitor.page().locator("#take").click();
    toTheCashier(visitor);
  }

  private static void nothingWasCharged(Visitor visitor, World world) {
    visitor.opens("/console/" + world.name() + "/wallet");
    visitor.sees(UNTOUCHED);
  }

  private void advance(World world, String by) {
    server.bean(Surfaces.class).control("POST", world, "/clock/advance", Map.of("by", by));
  }

  private BigDecimal sum(World world) {
    var books =
        server
            .bean(Surfaces.class)
            .get(world, new Caller(Role.OPERATOR, null), "/psp/ledger/balance");
    return new BigDecimal(books.path("sum").asString(""));
  }
}
