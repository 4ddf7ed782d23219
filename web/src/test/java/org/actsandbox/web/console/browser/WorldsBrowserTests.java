package org.actsandbox.web.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.sandbox.world.AgentKind;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.junit.jupiter.api.Test;

/** Tests how a person makes worlds in a browser. */
class WorldsBrowserTests extends BrowserTestBase {

  @Test
  void aWorldIsMadeWithThePrincipalsSettings() {
    try (var browserUser = browsers.loggedIn("en")) {
      var page = form(browserUser);
      page.locator("#name").fill("frugal-mei");
      page.locator("#starts").fill("2027-02-05T23:50");
      page.getByText("Start with a stopped clock").click();
      page.getByText("Ask before every payment").click();
      page.locator("#agent").selectOption("dedicated");
      page.locator("#language").selectOption("zh");
      page.locator("#home_city").fill("Shanghai");
      page.locator("#ship_to").fill("Nanjing East Road 1, Shanghai");
      page.locator("#balance").fill("512.5");
      page.locator("#card_limit").fill("0");
      page.locator("#tolerance").fill("7.5");
      page.locator("#deviation-action").selectOption("AUTO_CANCEL");
      browserUser.button("^Create the world$").click();
      browserUser.sees("World created");

      var created = server.world("frugal-mei");
      var settings = created.settings();
      var principal = settings.principals().getFirst();
      assertThat(settings.agentKind()).isEqualTo(AgentKind.DEDICATED);
      assertThat(principal.language()).isEqualTo("zh");
      assertThat(principal.homeCity()).isEqualTo("Shanghai");
      assertThat(principal.shipTo()).isEqualTo("Nanjing East Road 1, Shanghai");
      assertThat(principal.balance()).isEqualByComparingTo("512.50");
      assertThat(principal.cardLimit()).isEqualByComparingTo("0.00");
      assertThat(principal.tolerance().percent()).isEqualByComparingTo("7.5");
      assertThat(principal.tolerance().beyond()).isEqualTo(PriceTolerance.Action.AUTO_CANCEL);
      assertThat(principal.asksEveryPayment()).isTrue();
      assertThat(created.clock().mode()).isEqualTo(WorldClock.Mode.STOPPED);
      assertThat(created.clock().instant()).isEqualTo("2027-02-05T15:50:00Z");
      browserUser.opens("/console/frugal-mei/wallet");
      browserUser.sees("¥512.50");
    }
  }

  @Test
  void aStoppedClockNeedsNoStartTime() {
    try (var browserUser = browsers.loggedIn("en")) {
      var page = form(browserUser);
      page.locator("#name").fill("still-life");
      page.getByText("Start with a stopped clock").click();
      browserUser.button("^Create the world$").click();
      browserUser.sees("World created");
      assertThat(server.world("still-life").clock().mode()).isEqualTo(WorldClock.Mode.STOPPED);
    }
  }

  @Test
  void invalidSettingsAreRefusedAndMakeNoWorld() {
    try (var browserUser = browsers.loggedIn("en")) {
      var page = form(browserUser);
      page.locator("#name").fill("too-rich");
      page.locator("#seed").fill("kept");
      page.locator("#language").selectOption("zh");
      page.getByText("Start with a stopped clock").click();
      page.locator("#balance").evaluate("field => field.removeAttribute('pattern')");
      page.locator("#balance").fill("1E9999");
      browserUser.button("^Create the world$").click();
      browserUser.sees("0.00 to 1000000000.00, two decimals");
      assertThat(page.locator("#seed")).hasValue("kept");
      assertThat(page.locator("#balance")).hasValue("1E9999");
      assertThat(page.locator("#balance")).hasAttribute("aria-invalid", "true");
      assertThat(page.locator("#balance")).isFocused();
      assertThat(page.locator("#home_city")).not().hasAttribute("aria-invalid", "true");
      PageAudit.photograph(page, "new-world-refused.jpg");
      var gone = page.request().get(server.origin() + "/console/too-rich/worlds");
      assertThat(gone.status()).isEqualTo(404);
      page.locator("#balance").fill("500.00");
      browserUser.button("^Create the world$").click();
      browserUser.sees("World created");
      var created = server.world("too-rich");
      assertThat(created.clock().mode()).isEqualTo(WorldClock.Mode.STOPPED);
      assertThat(created.settings().principals().getFirst().language()).isEqualTo("zh");
    }
  }

  private static Page form(BrowserUser browserUser) {
    var page = browserUser.page();
    browserUser.opens("/console/demo/worlds");
    page.locator("summary", new Page.LocatorOptions().setHasText(Pattern.compile("^New world$")))
        .click();
    page.locator("summary", new Page.LocatorOptions().setHasText("People and start time")).click();
    assertThat(page.getByText("Starts at", new Page.GetByTextOptions().setExact(true))).isVisible();
    return page;
  }
}
