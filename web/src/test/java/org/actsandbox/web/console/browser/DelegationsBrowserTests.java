package org.actsandbox.web.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.actsandbox.web.console.browser.Absent.expect;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Authority as a person gives, watches, pauses and takes it back. */
class DelegationsBrowserTests extends WithAuthority {

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

      // Opened anew, so that no live update of before replaces the form while it is being sent.
      visitor.opens(here(world));
      page.evaluate("() => { window.sameDocument = true; }");
      card.locator("#pause-" + id).click();
      card.locator("#pin-" + id).fill("000000");
      card.locator("#resume-" + id).click();
      visitor.sees("That PIN is wrong|PIN");
      assertThat(card.locator(".lamp")).hasText("Paused");
      card.locator("#pin-" + id).fill(Visitor.PIN);
      card.locator("#resume-" + id).click();
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

      page.locator("#why-" + kept).click();
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
      card.getByText("Unfreeze", exact()).first().click();
      card.locator("details[open] input[name=pin]").fill("000000");
      card.locator("details[open] button.go").click();
      visitor.sees("That PIN is wrong");
      card.locator("details[open] input[name=pin]").fill(Visitor.PIN);
      card.locator("details[open] button.go").click();
      assertThat(card.locator(".lamp")).hasText("Active");
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
}
