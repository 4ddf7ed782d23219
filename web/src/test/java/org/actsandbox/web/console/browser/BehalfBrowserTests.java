package org.actsandbox.web.console.browser;

import static org.actsandbox.web.console.browser.PurchaseBrowserTests.offersFor;
import static org.actsandbox.web.console.browser.PurchaseBrowserTests.toTheCashier;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.trust.Trust;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.principal.Surfaces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A world of two principals, looked at on behalf of one and then of the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BehalfBrowserTests {

  private static final String SEED =
      "Find me a window seat on tomorrow's early train from Hangzhou to Shanghai";
  private static final Caller LIN = new Caller(Role.PRINCIPAL, Did.of("lin"));

  private final ConsoleServer server = ConsoleServer.shared();
  private final Browsers browsers = Browsers.shared();

  /** With the keyboard alone. */
  @Test
  void theWalletFollowsWhoIsChosen() {
    var world = server.newWorldOfTwo("behalf");
    try (var visitor = browsers.visitor("en")) {
      visitor.opens("/console/" + world.name() + "/wallet");
      visitor.sees("¥20,000.00");
      visitor.tabsTo("#behalf");
      visitor.page().keyboard().type("lin");
      visitor.tabsTo(".behalf button");
      visitor.page().keyboard().press("Enter");
      visitor.sees("¥900.00");
      PlaywrightAssertions.assertThat(visitor.page())
          .hasURL(server.origin() + "/console/" + world.name() + "/wallet");
      PlaywrightAssertions.assertThat(visitor.page().locator("#behalf")).hasValue("lin");
      assertThat(visitor.page().locator("main").textContent()).doesNotContain("20,000.00");
    }
  }

  @Test
  void whatWaitsAndTheCashierAreWhoIsChosens() {
    var world = server.newWorldOfTwo("behalf-cashier");
    try (var visitor = browsers.visitor("en")) {
      visitor.opens("/console/" + world.name() + "/wallet");
      looksFor(visitor, "lin");
      offersFor(visitor, world, SEED);
      visitor.page().locator("#take").click();
      toTheCashier(visitor);
      var cashier = visitor.page().url();

      visitor.opens("/console/" + world.name() + "/wallet");
      visitor.sees(visitor.page().locator("#waiting"));
      looksFor(visitor, "principal");
      assertThat(visitor.page().locator("#waiting").count()).isZero();
      assertThat(visitor.page().navigate(cashier).status()).isEqualTo(404);

      looksFor(visitor, "lin");
      visitor.opens(cashier);
      visitor.entersPin(Visitor.PIN);
      visitor.button("^Approve ¥").click();
      visitor.sees(visitor.heading("^Paid$"));
      assertThat(world.part(Trust.class).recorder().catchUp()).isTrue();
      ownFirstAndAllAtAClick(visitor, world, "orders");
      ownFirstAndAllAtAClick(visitor, world, "evidence");
      theJournalByPrincipal(visitor, world);
    }
    assertThat(balance(world, new Caller(Role.PRINCIPAL, World.PRINCIPAL))).isEqualTo("20000.00");
    assertThat(balance(world, LIN)).isNotEqualTo("900.00");
  }

  private static void ownFirstAndAllAtAClick(Visitor visitor, World world, String page) {
    var rows = visitor.page().locator("main tbody tr");
    visitor.opens("/console/" + world.name() + "/" + page);
    visitor.sees(rows.first());
    int own = rows.count();
    looksFor(visitor, "principal");
    PlaywrightAssertions.assertThat(rows).hasCount(0);
    visitor.page().locator("#whose a").last().click();
    PlaywrightAssertions.assertThat(visitor.page()).hasURL(Pattern.compile(".*[?]of=all$"));
    PlaywrightAssertions.assertThat(rows).hasCount(own);
    looksFor(visitor, "lin");
  }

  private static void theJournalByPrincipal(Visitor visitor, World world) {
    var filter = visitor.page().locator("#principal");
    visitor.opens("/console/" + world.name() + "/journal?principal=did:act:lin");
    PlaywrightAssertions.assertThat(filter).hasValue("did:act:lin");
    var lanes = visitor.page().locator(".timeline");
    PlaywrightAssertions.assertThat(lanes).containsText("RailEast");
    filter.selectOption("did:act:principal");
    PlaywrightAssertions.assertThat(visitor.page())
        .hasURL(Pattern.compile(".*[?&]principal=did%3Aact%3Aprincipal.*"));
    PlaywrightAssertions.assertThat(lanes).not().containsText("RailEast");
  }

  /**
   * A conversation is whose it was begun by; choosing somebody else leads to a page of their own.
   */
  @Test
  void aConversationIsNotAnothers() {
    var world = server.newWorldOfTwo("behalf-talk");
    try (var visitor = browsers.visitor("en")) {
      offersFor(visitor, world, SEED);
      var conversation = visitor.page().url();
      looksFor(visitor, "lin");
      assertThat(visitor.page().url()).endsWith("/try");
      assertThat(visitor.page().navigate(conversation).status()).isEqualTo(404);
    }
  }

  @Test
  void oneAloneIsNotAsked() {
    var world = server.newWorld("behalf-none");
    try (var visitor = browsers.visitor("en")) {
      visitor.opens("/console/" + world.name() + "/wallet");
      visitor.sees("¥20,000.00");
      assertThat(visitor.page().locator(".behalf").count()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"en, 360, LIGHT", "zh, 360, DARK", "zh, 1920, LIGHT"})
  void theSwitchFitsAndIsAccessible(String lang, int width, ColorScheme scheme) {
    var world = server.newWorldOfTwo("behalf-fits");
    try (var visitor = browsers.visitor(lang, width, scheme)) {
      for (var page : List.of("wallet", "orders", "evidence", "journal")) {
        var path = "/console/" + world.name() + "/" + page;
        assertThat(Survey.of(visitor.page(), "behalf-" + page, path, lang, width, scheme))
            .isEmpty();
      }
      visitor.sees(lang.equals("zh") ? "代表" : "On behalf of");
    }
  }

  private static void looksFor(Visitor visitor, String principal) {
    visitor.page().locator("#behalf").selectOption(principal);
    visitor.page().locator(".behalf button").click();
    PlaywrightAssertions.assertThat(visitor.page().locator("#behalf")).hasValue(principal);
  }

  private String balance(World world, Caller who) {
    return server
        .bean(Surfaces.class)
        .get(world, who, "/psp/wallet")
        .path("accounts")
        .path(0)
        .path("amount")
        .asString();
  }
}
