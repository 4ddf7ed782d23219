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
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests a world of two principals, looked at on behalf of one and then of the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActingPrincipalBrowserTests {

  private static final String SEED =
      "Find me a window seat on tomorrow's early train from Hangzhou to Shanghai";
  private static final Caller LIN = new Caller(Role.PRINCIPAL, Did.of("lin"));

  private final ConsoleServer server = ConsoleServer.shared();
  private final Browsers browsers = Browsers.shared();

  /** The principal can be chosen with the keyboard alone. */
  @Test
  void theWalletShowsTheChosenPrincipal() {
    var world = server.newWorldOfTwo("behalf");
    try (var browserUser = browsers.loggedIn("en")) {
      browserUser.opens("/console/" + world.name() + "/wallet");
      browserUser.sees("¥20,000.00");
      browserUser.tabsTo("#principal-select");
      browserUser.page().keyboard().type("lin");
      browserUser.tabsTo(".principal-form button");
      browserUser.page().keyboard().press("Enter");
      browserUser.sees("¥900.00");
      PlaywrightAssertions.assertThat(browserUser.page())
          .hasURL(server.origin() + "/console/" + world.name() + "/wallet");
      PlaywrightAssertions.assertThat(browserUser.page().locator("#principal-select"))
          .hasValue("lin");
      assertThat(browserUser.page().locator("main").textContent()).doesNotContain("20,000.00");
    }
  }

  @Test
  void noticesAndCashierBelongToTheChosenPrincipal() {
    var world = server.newWorldOfTwo("behalf-cashier");
    try (var browserUser = browsers.loggedIn("en")) {
      browserUser.opens("/console/" + world.name() + "/wallet");
      choosesPrincipal(browserUser, "lin");
      offersFor(browserUser, world, SEED);
      browserUser.page().locator("#confirm-choice").click();
      toTheCashier(browserUser);
      var cashier = browserUser.page().url();

      browserUser.opens("/console/" + world.name() + "/wallet");
      browserUser.sees(browserUser.page().locator("#waiting"));
      choosesPrincipal(browserUser, "principal");
      assertThat(browserUser.page().locator("#waiting").count()).isZero();
      assertThat(browserUser.page().navigate(cashier).status()).isEqualTo(404);

      choosesPrincipal(browserUser, "lin");
      browserUser.opens(cashier);
      browserUser.entersPin(BrowserUser.PIN);
      browserUser.button("^Approve ¥").click();
      browserUser.sees(browserUser.heading("^Paid$"));
      assertThat(world.participant(TrustService.class).recorder().catchUp()).isTrue();
      listsOwnThenAll(browserUser, world, "orders");
      listsOwnThenAll(browserUser, world, "evidence");
      filtersJournalByPrincipal(browserUser, world);
    }
    assertThat(balance(world, new Caller(Role.PRINCIPAL, World.PRINCIPAL))).isEqualTo("20000.00");
    assertThat(balance(world, LIN)).isNotEqualTo("900.00");
  }

  private static void listsOwnThenAll(BrowserUser browserUser, World world, String page) {
    var rows = browserUser.page().locator("main tbody tr, main .record-steps li");
    browserUser.opens("/console/" + world.name() + "/" + page);
    browserUser.sees(rows.first());
    int own = rows.count();
    choosesPrincipal(browserUser, "principal");
    PlaywrightAssertions.assertThat(rows).hasCount(0);
    browserUser.page().locator("#principal-filter a").last().click();
    PlaywrightAssertions.assertThat(browserUser.page()).hasURL(Pattern.compile(".*[?]of=all$"));
    PlaywrightAssertions.assertThat(rows).hasCount(own);
    choosesPrincipal(browserUser, "lin");
  }

  private static void filtersJournalByPrincipal(BrowserUser browserUser, World world) {
    var filter = browserUser.page().locator("#principal");
    browserUser.opens("/console/" + world.name() + "/journal?principal=did:act:lin");
    PlaywrightAssertions.assertThat(filter).hasValue("did:act:lin");
    var lanes = browserUser.page().locator(".timeline");
    PlaywrightAssertions.assertThat(lanes).containsText("RailEast");
    filter.selectOption("did:act:principal");
    PlaywrightAssertions.assertThat(browserUser.page())
        .hasURL(Pattern.compile(".*[?&]principal=did%3Aact%3Aprincipal.*"));
    PlaywrightAssertions.assertThat(lanes).not().containsText("RailEast");
  }

  /**
   * A conversation belongs to the principal that began it. After the choice of another principal
   * the reader gets an empty page.
   */
  @Test
  void aConversationIsNotShownToAnotherPrincipal() {
    var world = server.newWorldOfTwo("behalf-talk");
    try (var browserUser = browsers.loggedIn("en")) {
      offersFor(browserUser, world, SEED);
      var conversation = browserUser.page().url();
      choosesPrincipal(browserUser, "lin");
      assertThat(browserUser.page().url()).endsWith("/try");
      browserUser.opens(conversation);
      assertThat(browserUser.page().url()).endsWith("/try?gone=1");
      browserUser.sees("not in this world any more");
      PlaywrightAssertions.assertThat(browserUser.page().locator(".message")).hasCount(0);
    }
  }

  @Test
  void aWorldOfOnePrincipalHasNoChoice() {
    var world = server.newWorld("behalf-none");
    try (var browserUser = browsers.loggedIn("en")) {
      browserUser.opens("/console/" + world.name() + "/wallet");
      browserUser.sees("¥20,000.00");
      assertThat(browserUser.page().locator(".principal-form").count()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"en, 360, LIGHT", "zh, 1920, DARK"})
  void theSwitchFitsAndIsAccessible(String lang, int width, ColorScheme scheme) {
    var world = server.newWorldOfTwo("behalf-fits");
    try (var browserUser = browsers.loggedIn(lang, width, scheme)) {
      for (var page : List.of("wallet", "orders", "evidence", "journal")) {
        var path = "/console/" + world.name() + "/" + page;
        assertThat(PageAudit.of(browserUser.page(), "behalf-" + page, path, lang, width, scheme))
            .isEmpty();
      }
      browserUser.sees(lang.equals("zh") ? "代表" : "On behalf of");
    }
  }

  private static void choosesPrincipal(BrowserUser browserUser, String principal) {
    browserUser.page().locator("#principal-select").selectOption(principal);
    browserUser.page().locator(".principal-form button").click();
    PlaywrightAssertions.assertThat(browserUser.page().locator("#principal-select"))
        .hasValue(principal);
  }

  private String balance(World world, Caller caller) {
    return server
        .bean(ConsoleApiClient.class)
        .get(world, caller, "/psp/wallet")
        .path("accounts")
        .path(0)
        .path("amount")
        .asString();
  }
}
