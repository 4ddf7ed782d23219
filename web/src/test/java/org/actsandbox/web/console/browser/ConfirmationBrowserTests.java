package org.actsandbox.web.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;

/** Authority is drafted, read and given: by the principal alone. */
class ConfirmationBrowserTests extends WithAuthority {

  @Test
  void authorityIsDraftedByHandAndGivenWithTheRightPinOnly() {
    var world = server.newWorld("authority");
    try (var visitor = browsers.visitor("en")) {
      var page = visitor.page();
      visitor.opens(here(world));
      visitor.sees("No agent may do anything on its own yet");
      page.getByText("Draft one by hand").first().click();
      page.locator("#conversation_history").fill("A second-class ticket to Harbin");
      page.locator("#max_total_amount").fill("600");
      page.locator("#ext-commerce-max_single_amount").fill("350");
      visitor.button("^Hand it in$").click();

      visitor.sees(visitor.heading("^Give authority$"));
      visitor.sees("At most 600.00 CNY for everything together");
      visitor.sees("A second-class ticket to Harbin");
      assertThat(page.locator("dl.facts")).containsText("Decide by");
      assertThat(page.locator("dl.facts")).not().containsText("Expires");
      visitor.entersPin("111111");
      visitor.button("^Give authority up to ¥600.00$").click();
      visitor.sees("That PIN is wrong");
      visitor.sees("2 attempts left");
      assertThat(delegations(world)).isZero();

      visitor.entersPin(Visitor.PIN);
      visitor.button("^Give authority up to").click();
      visitor.sees(visitor.heading("^Authority given$"));
      page.getByText("Watch what it does").click();
      assertThat(page.locator(".lamp")).hasText("Active");
      visitor.sees("delegation issued");
      page.locator("#credential-canonical").click();
      visitor.sees(page.locator("#credential pre", having("\"delegation_mode\":\"SPECIFIED\"")));
      page.locator("#credential-jwt").click();
      visitor.sees(page.locator("#credential pre", having("vc+jwt")));
    }
  }

  @Test
  void whatIsWrongInADraftStandsBesideItsField() {
    var world = server.newWorld("draft");
    try (var visitor = browsers.visitor("zh")) {
      var page = visitor.page();
      visitor.opens(here(world) + "/new");
      page.locator("#max_total_amount").fill("lots");
      page.locator("#ext-vendor_private-targets-0-from").fill("");
      page.locator("#ext-vendor_private-targets-0-date").fill("");
      page.getByText("更细的限制与付款计划").click();
      page.locator("#ext-agent_behavior-price_deviation_tolerance").fill("5");
      page.locator("button.go").click();
      visitor.sees(page.locator("#conversation_history-wrong"));
      assertThat(page.locator("#max_total_amount-wrong")).containsText("87.50");
      assertThat(page.locator("#max_total_amount")).hasAttribute("aria-invalid", "true");
      assertThat(page.locator("#max_total_amount")).hasValue("lots");
      visitor.sees(page.locator("#ext-vendor_private-targets-0-from-wrong"));
      visitor.sees(page.locator("#ext-vendor_private-targets-0-date-wrong"));
      assertThat(delegations(world)).isZero();
    }
  }

  @Test
  void noKeyOfTheAgentsGivesAuthority() throws Exception {
    var world = server.newWorld("agent-proof");
    try (var agent = absent(world);
        var visitor = browsers.visitor("en");
        var client = HttpClient.newHttpClient()) {
      var intent = agent.drafts();
      var path = "/delegations/intents/" + intent + "/confirmation";
      var key = agent.buyer().agent().key();
      assertThat(agent.buyer().get(path, key).status()).isEqualTo(403);
      var decision =
          Json.object()
              .put("decision", "APPROVE")
              .put("digest", "sha-256:x")
              .put("pin", Visitor.PIN);
      assertThat(agent.buyer().post(path, key, decision).status()).isEqualTo(403);

      var page =
          URI.create(server.origin() + "/w/" + world.name() + "/cashier/delegations/" + intent);
      var forged =
          client.send(
              HttpRequest.newBuilder(page)
                  .header("Authorization", "Bearer " + key)
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(HttpRequest.BodyPublishers.ofString("decision=APPROVE&pin=" + Visitor.PIN))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(forged.statusCode()).isEqualTo(401);
      assertThat(forged.headers().firstValue("X-Frame-Options")).contains("DENY");
      assertThat(delegations(world)).isZero();

      visitor.opens("/console/" + world.name() + "/journal?kind=refusal&component=ADD-IAC-ISS");
      visitor.sees("this key may not do that");
    }
  }

  @Test
  void whatWaitsStandsInTheFrameUntilItIsDecided() {
    var world = server.newWorld("badge");
    try (var agent = absent(world);
        var visitor = browsers.visitor("en")) {
      var page = visitor.page();
      visitor.opens("/console/" + world.name() + "/merchants");
      assertThat(page.locator("#waiting-delegations")).hasCount(0);
      agent.drafts();
      assertThat(page.locator("#waiting-delegations")).hasText("1 delegation waits for you");
      page.locator("#waiting-delegations").click();
      visitor.sees("Up to how much altogether");
      visitor.button("^Do not give it$").click();
      visitor.sees(visitor.heading("^Not given$"));
      visitor.opens(here(world));
      assertThat(page.locator("#waiting-delegations")).hasCount(0);
      agent.drafts();
      visitor.sees(page.locator("#to-confirm .asks"));
    }
  }

  @Test
  void theKeyboardAloneGivesAndPauses() {
    var world = server.newWorld("authority-keys");
    try (var agent = absent(world);
        var visitor = browsers.visitor("en")) {
      var page = visitor.page();
      agent.drafts();
      visitor.opens(here(world));
      visitor.tabsTo("[id^=confirm-]");
      page.keyboard().press("Enter");
      visitor.sees(visitor.heading("^Give authority$"));
      visitor.tabsTo("#pin");
      page.keyboard().type(Visitor.PIN);
      page.keyboard().press("Enter");
      visitor.sees(visitor.heading("^Authority given$"));
      visitor.opens(here(world));
      visitor.tabsTo("[id^=pause-]");
      page.keyboard().press("Enter");
      assertThat(page.locator(".lamp")).hasText("Paused");
      visitor.tabsTo("[id^=why-]");
      page.keyboard().press("Enter");
      visitor.sees(page.locator("details[open] button.bad"));
      page.keyboard().press("Tab");
      page.keyboard().press("Escape");
      assertThat(page.locator("details[open]")).hasCount(0);
      assertThat(page.locator("[id^=why-]")).isFocused();
      visitor.tabsTo("[id^=revoke-]");
      page.keyboard().press("Enter");
      assertThat(page.locator(".lamp")).hasText("Taken back");
    }
  }
}
