package org.actsandbox.web.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;

/** Tests that authority is drafted, read and given, and that only the principal can give it. */
class ConfirmationBrowserTests extends DelegationBrowserTestBase {

  @Test
  void authorityIsDraftedByHandAndGivenWithTheRightPinOnly() {
    var world = server.newWorld("authority");
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      browserUser.opens(here(world));
      browserUser.sees("No agent may act on its own yet");
      page.getByText("New delegation").first().click();
      page.locator("#conversation_history").fill("A second-class ticket to Harbin");
      page.locator("#max_total_amount").fill("600");
      page.locator("#ext-commerce-max_single_amount").fill("350");
      browserUser.button("^Submit$").click();

      browserUser.sees(browserUser.heading("^Give authority$"));
      browserUser.sees("At most ¥600.00 for everything together");
      browserUser.sees("A second-class ticket to Harbin");
      assertThat(page.locator("dl.facts")).containsText("Decide by");
      assertThat(page.locator("dl.facts")).not().containsText("Expires");
      browserUser.entersPin("111111");
      browserUser.button("^Give authority up to ¥600.00$").click();
      browserUser.sees("That PIN is wrong");
      browserUser.sees("2 attempts left");
      assertThat(delegations(world)).isZero();

      try (var second = browsers.loggedIn("en")) {
        second.opens(page.url());
        browserUser.entersPin(BrowserUser.PIN);
        browserUser.button("^Give authority up to").click();
        browserUser.sees(browserUser.heading("^Authority given$"));
        assertThat(page.locator("#late")).hasCount(0);

        second.page().locator("button[value=DECLINE]").click();
        second.sees(second.heading("^Authority given$"));
        assertThat(second.page().locator("#late")).containsText("Your answer changed nothing");
      }
      page.getByText("Watch what it does").click();
      assertThat(page.locator(".state")).hasText("Active");
      browserUser.sees("delegation issued");
      page.locator("#credential-canonical").click();
      browserUser.sees(
          page.locator("#credential pre", having("\"delegation_mode\":\"SPECIFIED\"")));
      page.locator("#credential-jwt").click();
      browserUser.sees(page.locator("#credential pre", having("vc+jwt")));
    }
  }

  @Test
  void errorsOfADraftStandBesideTheirFields() {
    var world = server.newWorld("draft");
    try (var browserUser = browsers.loggedIn("zh")) {
      var page = browserUser.page();
      browserUser.opens(here(world) + "/new");
      page.locator("#max_total_amount").fill("lots");
      page.locator("#ext-vendor_private-targets-0-from").fill("");
      page.locator("#ext-vendor_private-targets-0-date").fill("");
      page.getByText("更细的限制与付款计划").click();
      page.locator("#ext-agent_behavior-price_deviation_tolerance").fill("5");
      page.locator("button.primary").click();
      browserUser.sees(page.locator("#conversation_history-wrong"));
      assertThat(page.locator("#max_total_amount-wrong")).containsText("87.50");
      assertThat(page.locator("#max_total_amount")).hasAttribute("aria-invalid", "true");
      assertThat(page.locator("#max_total_amount")).hasValue("lots");
      browserUser.sees(page.locator("#ext-vendor_private-targets-0-from-wrong"));
      browserUser.sees(page.locator("#ext-vendor_private-targets-0-date-wrong"));
      assertThat(delegations(world)).isZero();
    }
  }

  @Test
  void noKeyOfTheAgentConfirmsAuthority() throws Exception {
    var world = server.newWorld("agent-proof");
    try (var agent = shopper(world);
        var browserUser = browsers.loggedIn("en");
        var client = HttpClient.newHttpClient()) {
      var intent = agent.drafts();
      var path = "/delegations/intents/" + intent + "/confirmation";
      var key = agent.buyer().agent().key();
      assertThat(agent.buyer().get(path, key).status()).isEqualTo(403);
      var decision =
          Json.object()
              .put("decision", "APPROVE")
              .put("digest", "sha-256:x")
              .put("pin", BrowserUser.PIN);
      assertThat(agent.buyer().post(path, key, decision).status()).isEqualTo(403);

      var page =
          URI.create(server.origin() + "/w/" + world.name() + "/cashier/delegations/" + intent);
      var forged =
          client.send(
              HttpRequest.newBuilder(page)
                  .header("Authorization", "Bearer " + key)
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          "decision=APPROVE&pin=" + BrowserUser.PIN))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(forged.statusCode()).isEqualTo(401);
      assertThat(forged.headers().firstValue("X-Frame-Options")).contains("DENY");
      assertThat(delegations(world)).isZero();

      browserUser.opens("/console/" + world.name() + "/journal?kind=refusal&component=ADD-IAC-ISS");
      browserUser.sees("this key has no right to do that");
    }
  }

  @Test
  void aRequestIsNoticedOnEveryPageUntilItIsDecided() {
    var world = server.newWorld("badge");
    try (var agent = shopper(world);
        var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      browserUser.opens("/console/" + world.name() + "/merchants");
      assertThat(page.locator("#waiting-delegations")).hasCount(0);
      agent.drafts();
      assertThat(page.locator("#waiting-delegations")).hasText("1 delegation waits");
      page.locator("#waiting-delegations").click();
      browserUser.sees("Up to how much altogether");
      browserUser.button("^Decline$").click();
      browserUser.sees(browserUser.heading("^Declined$"));
      browserUser.opens(here(world));
      assertThat(page.locator("#waiting-delegations")).hasCount(0);
      agent.drafts();
      browserUser.sees(page.locator("#pending .request"));
    }
  }

  @Test
  void authorityIsGivenAndPausedWithTheKeyboardAlone() {
    var world = server.newWorld("authority-keys");
    try (var agent = shopper(world);
        var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      agent.drafts();
      browserUser.opens(here(world));
      browserUser.tabsTo("[id^=confirm-]");
      page.keyboard().press("Enter");
      browserUser.sees(browserUser.heading("^Give authority$"));
      browserUser.tabsTo("#pin");
      page.keyboard().type(BrowserUser.PIN);
      page.keyboard().press("Enter");
      browserUser.sees(browserUser.heading("^Authority given$"));
      browserUser.opens(here(world));
      browserUser.tabsTo("[id^=pause-]");
      page.keyboard().press("Enter");
      assertThat(page.locator(".state")).hasText("Paused");
      browserUser.tabsTo("[id^=why-]");
      page.keyboard().press("Enter");
      browserUser.sees(page.locator("details[open] button.bad"));
      page.keyboard().press("Tab");
      page.keyboard().press("Escape");
      assertThat(page.locator("details[open]")).hasCount(0);
      assertThat(page.locator("[id^=why-]")).isFocused();
      browserUser.tabsTo("[id^=revoke-]");
      page.keyboard().press("Enter");
      assertThat(page.locator(".state")).hasText("Revoked");
    }
  }
}
