package org.actsandbox.web.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.actsandbox.web.console.browser.OutsideShopper.expect;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.Map;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.junit.jupiter.api.Test;

/** Tests how a person gives authority, watches its use, pauses and revokes it. */
class DelegationsBrowserTests extends DelegationBrowserTestBase {

  @Test
  void aPauseStopsAPaymentAndIsExplained() {
    var world = server.newWorld("pause");
    try (var agent = shopper(world);
        var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      var id = agent.getsDelegation();
      browserUser.opens(here(world));
      page.evaluate("() => { window.sameDocument = true; }");
      var card = page.locator("#delegation-" + id);
      expect(201, agent.pays(id));
      assertThat(card).containsText("1 payment");
      card.locator("#pause-" + id).click();
      assertThat(card.locator(".state")).hasText("Paused");
      assertThat(agent.pays(id).code()).isEqualTo("iac_suspended");

      card.locator("#pause-" + id).click();
      card.locator("#pin-" + id).fill("000000");
      card.locator("#resume-" + id).click();
      browserUser.sees("That PIN is wrong|PIN");
      assertThat(card.locator(".state")).hasText("Paused");
      card.locator("#pin-" + id).fill(BrowserUser.PIN);
      card.locator("#resume-" + id).click();
      assertThat(card.locator(".state")).hasText("Active");
      expect(201, agent.pays(id));
      assertThat(card).containsText("2 payments");
      assertThat(page.evaluate("() => window.sameDocument")).isEqualTo(true);

      card.locator("#open-" + id).click();
      var refused = page.locator("#refused-payments li");
      assertThat(refused).hasCount(1);
      assertThat(refused).containsText("delegation is paused");
      assertThat(refused).containsText("only with a new authority from you");
      assertThat(refused).containsText("PSD-6");
      assertThat(page.locator("#payments tbody tr")).hasCount(2);
      assertThat(page.locator("#history ol.history li")).hasCount(4);
    }
  }

  /**
   * The browser gets the answer only after a live update has replaced the card and the form in it.
   */
  @Test
  void aRefusalIsSaidAlthoughItsFormWasReplacedMeanwhile() {
    var world = server.newWorld("replaced-form");
    try (var agent = shopper(world);
        var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      var id = agent.getsDelegation();
      control(world, "PUT", "/clock", Map.of("mode", "stopped"));
      browserUser.opens(here(world));
      var card = page.locator("#delegation-" + id);
      card.locator("#pause-" + id).click();
      assertThat(card.locator(".state")).hasText("Paused");
      var held = new ArrayList<Route>();
      page.route("**/" + id + "/resume", held::add);
      card.locator("#pause-" + id).click();
      card.locator("#pin-" + id).fill("000000");
      page.evaluate("id => { window.sent = document.getElementById('pin-' + id).form; }", id);
      page.waitForRequest("**/" + id + "/resume", () -> card.locator("#resume-" + id).click());
      control(world, "POST", "/clock/advance", Map.of("by", "PT1M"));
      page.waitForFunction(
          "() => !document.getElementById('delegation-cards').contains(window.sent)");

      held.getFirst().resume();
      assertThat(page.locator("#notice")).containsText("the PIN is wrong");
      assertThat(card.locator(".state")).hasText("Paused");
      assertThat(page.locator("body > form")).hasCount(0);
      page.unroute("**/" + id + "/resume");
      card.locator("#pin-" + id).fill(BrowserUser.PIN);
      card.locator("#resume-" + id).click();
      assertThat(card.locator(".state")).hasText("Active");
    }
  }

  private void control(World world, String method, String path, Map<String, Object> body) {
    server.bean(ConsoleApiClient.class).callControlApi(method, world, path, body);
  }

  @Test
  void anAgentsRevocationAppearsAtOnceAndARevocationIsFinal() {
    var world = server.newWorld("revoke");
    try (var agent = shopper(world);
        var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      var kept = agent.getsDelegation();
      var returned = agent.getsDelegation();
      browserUser.opens(here(world));
      browserUser.sees(page.locator("#delegation-" + returned));
      agent.revokes(returned);
      assertThat(page.locator("#delegation-" + returned + " .state")).hasText("Done");
      assertThat(page.locator("#delegation-" + returned + " button")).hasCount(0);

      var later = agent.getsDelegation();
      browserUser.sees(page.locator("#delegation-" + later));
      assertThat(page.locator("#delegation-cards > article")).hasCount(3);

      page.locator("#why-" + kept).click();
      page.locator("#reason-" + kept).fill("I am back");
      page.locator("#delegation-" + kept).getByText("Revoke for good").click();
      assertThat(page.locator("#delegation-" + kept + " .state")).hasText("Revoked");
      assertThat(agent.pays(kept).code()).isEqualTo("iac_revoked");
      page.locator("nav.tabs").getByText("Active").click();
      assertThat(page.locator("#delegation-cards > article")).hasCount(1);
      page.locator("nav.tabs").getByText("Revoked").click();
      assertThat(page.locator("#delegation-cards > article")).hasCount(2);
      assertThat(page.locator("#delegation-" + kept)).containsText("I am back");
    }
  }

  @Test
  void aRefusalSaysWhatIsAllowedAndWhatMayBeDoneNext() {
    var world = server.newWorld("refusal");
    try (var agent = shopper(world);
        var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      var id =
          agent.getsDelegation(
              isr -> {
                isr.put("max_total_amount", 3);
                isr.withObject("/ext/commerce").put("max_single_amount", 2);
              });
      browserUser.opens(here(world) + "/" + id);
      browserUser.sees("No payment under it was refused");
      assertThat(agent.pays(id).code()).isEqualTo("single_limit_exceeded");
      var refused = page.locator("#refused-payments li");
      assertThat(refused).containsText("outside the limits for one payment");
      assertThat(refused).containsText("¥2.00");
      assertThat(refused).containsText("ACT-A402-LIMIT_OR_ASSET_REJECTED");
      assertThat(refused).containsText("ask you for authority");
      refused.getByText("In the journal").click();
      browserUser.sees(page.locator("#decoder").getByText("single_limit_exceeded"));
    }
  }

  @Test
  void askedForEveryPaymentADelegatedOneWaitsAtTheCashier() {
    var world = server.newWorld("ask-every");
    try (var agent = shopper(world);
        var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      var id = agent.getsDelegation();
      browserUser.opens(here(world));
      page.locator("#ask-always-on").click();
      browserUser.sees("every payment comes to the cashier first");
      var asked = expect(201, agent.pays(id));
      assertThat(asked.path("status").asString()).isEqualTo("waiting_for_approval");
      page.locator("#waiting").click();
      browserUser.entersPin(BrowserUser.PIN);
      browserUser.button("^Approve ¥").click();
      browserUser.sees(browserUser.heading("^Paid$"));

      browserUser.opens(here(world) + "/" + id);
      browserUser.sees("you were asked");
      browserUser.opens(here(world));
      page.locator("#ask-always-off").click();
      browserUser.entersPin("111111");
      page.locator("#ask-always button.primary").click();
      browserUser.sees("That PIN is wrong");
      browserUser.entersPin(BrowserUser.PIN);
      page.locator("#ask-always button.primary").click();
      browserUser.sees("without asking you");
      assertThat(expect(201, agent.pays(id)).path("status").asString()).isEqualTo("paid");
    }
  }

  @Test
  void aSubAccountIsOpenedFilledFrozenAndClosed() {
    var world = server.newWorld("sub");
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      browserUser.opens("/console/" + world.name() + "/sub-accounts");
      page.locator("#label").fill("Research");
      page.locator("#pin-open").fill("111111");
      browserUser.button("^Open$").click();
      browserUser.sees("That PIN is wrong");
      page.locator("#label").fill("Research");
      page.locator("#pin-open").fill(BrowserUser.PIN);
      browserUser.button("^Open$").click();
      browserUser.sees("has not bound its key");
      var card = page.locator("article.sub-account");
      card.getByText("Top up").first().click();
      card.locator("input[name=amount]").fill("120.50");
      card.locator("input[name=pin]").fill(BrowserUser.PIN);
      card.locator("form button.primary").click();
      assertThat(card.locator(".money")).hasText("¥120.50");
      card.getByText("Freeze", exact()).click();
      assertThat(card.locator(".state")).hasText("Frozen");
      card.getByText("Unfreeze", exact()).first().click();
      card.locator("details[open] input[name=pin]").fill("000000");
      card.locator("details[open] button.primary").click();
      browserUser.sees("That PIN is wrong");
      card.locator("details[open] input[name=pin]").fill(BrowserUser.PIN);
      card.locator("details[open] button.primary").click();
      assertThat(card.locator(".state")).hasText("Active");
      card.getByText("Statement").click();
      browserUser.sees("Top-up");
      page.goBack();
      card.getByText("Close", exact()).click();
      browserUser.sees("¥120.50 returns to your balance");
      card.getByText("Close it for good").click();
      assertThat(card.locator(".state")).hasText("Cancelled");
      browserUser.opens("/console/" + world.name() + "/wallet");
      browserUser.sees("¥20,000.00");
    }
  }
}
