package org.actsandbox.web.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.actsandbox.web.console.browser.Absent.expect;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.principal.Surfaces;
import org.junit.jupiter.api.Test;

/** Authority as a person gives, watches, pauses and takes it back. */
class DelegationsBrowserTests extends InBrowser {

  private Absent absent(World world) {
    return new Absent(world, server.origin());
  }

  private static String here(World world) {
    return "/console/" + world.name() + "/delegations";
  }

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
      page.locator("input[value=train]").uncheck();
      page.getByText("更细的限制与付款计划").click();
      page.locator("#ext-agent_behavior-price_deviation_tolerance").fill("5");
      page.locator("button.go").click();
      visitor.sees(page.locator("#conversation_history-wrong"));
      assertThat(page.locator("#max_total_amount-wrong")).containsText("87.50");
      assertThat(page.locator("#max_total_amount")).hasAttribute("aria-invalid", "true");
      assertThat(page.locator("#max_total_amount")).hasValue("lots");
      visitor.sees(page.locator("#ext-commerce-allowed_categories-wrong"));
      visitor.sees(page.locator("#ext-vendor_private-reference_amount-wrong"));
      assertThat(delegations(world)).isZero();
    }
  }

  @Test
  void aPauseStopsAPaymentAndIsExplained() {
    var world = server.newWorld("pause");
    try (var agent = absent(world);
        var visitor = browsers.visitor("en")) {
      var page = visitor.page();
      var id = agent.isAllowed();
      visitor.opens(here(world));
      page.evaluate("() => { window.sameDocument = true; }");
      var card = page.locator("#d-" + id);
      expect(201, agent.pays(id));
      assertThat(card).containsText("1 payment");
      card.locator("#pause-" + id).click();
      assertThat(card.locator(".lamp")).hasText("Paused");
      assertThat(agent.pays(id).code()).isEqualTo("iac_suspended");

      card.locator("#pause-" + id).click();
      assertThat(card.locator(".lamp")).hasText("Active");
      expect(201, agent.pays(id));
      assertThat(card).containsText("2 payments");
      assertThat(page.evaluate("() => window.sameDocument")).isEqualTo(true);

      card.locator("#open-" + id).click();
      var refused = page.locator("#turned-away li");
      assertThat(refused).hasCount(1);
      assertThat(refused).containsText("delegation is paused");
      assertThat(refused).containsText("only with another authority from you");
      assertThat(refused).containsText("PSD-6");
      assertThat(page.locator("#paid tbody tr")).hasCount(2);
      assertThat(page.locator("#life li")).hasCount(4);
    }
  }

  @Test
  void whatTheAgentGivesBackIsSeenAtOnceAndWhatIsTakenBackStaysSo() {
    var world = server.newWorld("revoke");
    try (var agent = absent(world);
        var visitor = browsers.visitor("en")) {
      var page = visitor.page();
      var kept = agent.isAllowed();
      var returned = agent.isAllowed();
      visitor.opens(here(world));
      visitor.sees(page.locator("#d-" + returned));
      agent.givesBack(returned);
      assertThat(page.locator("#d-" + returned + " .lamp")).hasText("Taken back");
      assertThat(page.locator("#d-" + returned + " button")).hasCount(0);

      var later = agent.isAllowed();
      visitor.sees(page.locator("#d-" + later));
      assertThat(page.locator("#cards > article")).hasCount(3);

      page.locator("#revoke-" + kept).click();
      page.locator("#reason-" + kept).fill("I am back");
      page.locator("#d-" + kept).getByText("Take it back for good").click();
      assertThat(page.locator("#d-" + kept + " .lamp")).hasText("Taken back");
      assertThat(agent.pays(kept).code()).isEqualTo("iac_revoked");
      page.locator("nav.tabs").getByText("Active").click();
      assertThat(page.locator("#cards > article")).hasCount(1);
      page.locator("nav.tabs").getByText("Taken back").click();
      assertThat(page.locator("#cards > article")).hasCount(2);
      assertThat(page.locator("#d-" + kept)).containsText("I am back");
    }
  }

  @Test
  void aRefusalSaysWhatIsAllowedAndWhatMayBeDoneNext() {
    var world = server.newWorld("refusal");
    try (var agent = absent(world);
        var visitor = browsers.visitor("en")) {
      var page = visitor.page();
      var id =
          agent.isAllowed(
              isr -> {
                isr.put("max_total_amount", 3);
                isr.withObject("/ext/commerce").put("max_single_amount", 2);
              });
      visitor.opens(here(world) + "/" + id);
      visitor.sees("No payment under it was refused");
      assertThat(agent.pays(id).code()).isEqualTo("single_limit_exceeded");
      var refused = page.locator("#turned-away li");
      assertThat(refused).containsText("outside what one payment may be");
      assertThat(refused).containsText("2.00 CNY");
      assertThat(refused).containsText("ACT-A402-LIMIT_OR_ASSET_REJECTED");
      assertThat(refused).containsText("ask you for authority");
      refused.getByText("In the journal").click();
      visitor.sees(page.locator("#decoder").getByText("single_limit_exceeded"));
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
      assertThat(forged.statusCode()).isEqualTo(403);
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
  void askedForEveryPaymentADelegatedOneWaitsAtTheCashier() {
    var world = server.newWorld("ask-every");
    try (var agent = absent(world);
        var visitor = browsers.visitor("en")) {
      var page = visitor.page();
      var id = agent.isAllowed();
      visitor.opens(here(world));
      page.locator("#ask-every").click();
      visitor.sees("every payment comes to the cashier first");
      var asked = expect(201, agent.pays(id));
      assertThat(asked.path("status").asString()).isEqualTo("waiting_for_approval");
      page.locator("#waiting").click();
      visitor.entersPin(Visitor.PIN);
      visitor.button("^Approve ¥").click();
      visitor.sees(visitor.heading("^Paid$"));

      visitor.opens(here(world) + "/" + id);
      visitor.sees("you were asked");
      visitor.opens(here(world));
      page.locator("#ask-less").click();
      visitor.entersPin("111111");
      page.locator("#asking-every button.go").click();
      visitor.sees("That PIN is wrong");
      visitor.entersPin(Visitor.PIN);
      page.locator("#asking-every button.go").click();
      visitor.sees("without asking you again");
      assertThat(expect(201, agent.pays(id)).path("status").asString()).isEqualTo("paid");
    }
  }

  @Test
  void aSubAccountIsOpenedFilledFrozenAndClosed() {
    var world = server.newWorld("sub");
    try (var visitor = browsers.visitor("en")) {
      var page = visitor.page();
      visitor.opens("/console/" + world.name() + "/sub-accounts");
      page.locator("#label").fill("Research");
      page.locator("#pin-open").fill("111111");
      visitor.button("^Open it$").click();
      visitor.sees("That PIN is wrong");
      page.locator("#label").fill("Research");
      page.locator("#pin-open").fill(Visitor.PIN);
      visitor.button("^Open it$").click();
      visitor.sees("has not bound its key");
      var card = page.locator("article.sub");
      card.getByText("Top up").first().click();
      card.locator("input[name=amount]").fill("120.50");
      card.locator("input[name=pin]").fill(Visitor.PIN);
      card.locator("form button.go").click();
      assertThat(card.locator(".money")).hasText("¥120.50");
      card.getByText("Freeze", exact()).click();
      assertThat(card.locator(".lamp")).hasText("Frozen");
      card.getByText("Unfreeze").click();
      card.getByText("Statement").click();
      visitor.sees("Top-up");
      page.goBack();
      card.getByText("Close", exact()).click();
      visitor.sees("¥120.50 comes back");
      card.getByText("Close it for good").click();
      assertThat(card.locator(".lamp")).hasText("Cancelled");
      visitor.opens("/console/" + world.name() + "/wallet");
      visitor.sees("¥20,000.00");
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
      visitor.tabsTo("[id^=revoke-]");
      page.keyboard().press("Enter");
      visitor.sees(page.locator("details[open] button.bad"));
      page.keyboard().press("Tab");
      page.keyboard().press("Escape");
      assertThat(page.locator("details[open]")).hasCount(0);
      assertThat(page.locator("[id^=revoke-]")).isFocused();
    }
  }

  private int delegations(World world) {
    return server
        .bean(Surfaces.class)
        .get(world, new Caller(Role.PRINCIPAL, null), "/delegations/iacs")
        .path("items")
        .size();
  }

  private static Page.LocatorOptions having(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static Locator.GetByTextOptions exact() {
    return new Locator.GetByTextOptions().setExact(true);
  }
}
