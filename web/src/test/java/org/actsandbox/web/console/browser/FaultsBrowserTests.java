package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.fault.FaultName;
import org.junit.jupiter.api.Test;

/** Tests how a person controls a world's clock, faults and proxies in a browser. */
class FaultsBrowserTests extends BrowserTestBase {

  @Test
  void aFaultIsSwitchedOnInANewWorldHappensInAPurchaseAndIsEnded() {
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      browserUser.opens("/console/demo/worlds");
      page.locator("summary", withText("New world")).click();
      page.locator("#name").fill("broken-on-purpose");
      browserUser.button("^Create the world$").click();
      PlaywrightAssertions.assertThat(page).hasURL(Pattern.compile("/console/broken-on-purpose/"));

      page.locator("#new-sold_out summary").click();
      page.locator("#participant-sold_out").selectOption("*");
      page.locator("#new-sold_out button.primary").click();
      browserUser.sees("The fault is on");
      var row = page.locator("tr[id^=fault-]");
      PlaywrightAssertions.assertThat(row).containsText("struck 0 times");

      PurchaseBrowserTests.offersFor(browserUser, server.world("broken-on-purpose"), SEED);
      page.locator("#confirm-choice").click();
      browserUser.sees(page.locator("#sequence a", withText("sold")));

      browserUser.opens("/console/broken-on-purpose/worlds");
      PlaywrightAssertions.assertThat(row).containsText("struck 1 times");
      row.getByText("End", new Locator.GetByTextOptions().setExact(true)).click();
      browserUser.sees("No faults are on");
      PlaywrightAssertions.assertThat(row).hasCount(0);
    }
  }

  @Test
  void theClockIsStoppedAndAdvancedToTheNextDueTime() {
    var world = server.newWorld("clock-panel");
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      browserUser.opens("/console/" + world.name() + "/worlds");
      browserUser.sees("Nothing is waiting");
      browserUser.button("^Stop now$").click();
      PlaywrightAssertions.assertThat(page.locator("#clock")).containsText("stopped");
      browserUser.button("^Let it run$").click();
      browserUser.button("^Stop now$").click();
      browserUser.sees(browserUser.button("^Let it run$"));

      PurchaseBrowserTests.offersFor(browserUser, world, SEED);
      page.locator("#confirm-choice").click();
      browserUser.sees(page.locator("a[id^=pay-]"));
      browserUser.opens("/console/" + world.name() + "/worlds");
      browserUser.sees(page.locator("#due-work td", withText("Hold ends")));
      var approval = page.locator("#due-work tbody tr", withText("Approval times out"));
      PlaywrightAssertions.assertThat(approval).hasCount(1);
      for (int steps = 0; approval.count() > 0 && steps < 10; steps++) {
        page.locator("button[value=next-due]").click();
        browserUser.sees("everything that became due was done in order");
      }

      PlaywrightAssertions.assertThat(approval).hasCount(0);
      PlaywrightAssertions.assertThat(page.locator("#waiting")).hasCount(0);
    }
  }

  @Test
  void theClockIsSetAndMovedWithTheKeyboardAlone() {
    var world = server.newWorld("clock-keys");
    try (var browserUser = browsers.loggedIn("en")) {
      var keyboard = browserUser.page().keyboard();
      browserUser.opens("/console/" + world.name() + "/worlds");
      browserUser.tabsTo("button[value=stopped]");
      keyboard.press("Enter");
      browserUser.sees(browserUser.button("^Let it run$"));
      browserUser.tabsTo("#now");
      keyboard.type("03172031");
      keyboard.press("ArrowRight");
      keyboard.type("0930A");
      keyboard.press("Enter");
      browserUser.sees("17 Mar");
      assertThat(world.clock().instant()).isEqualTo(Instant.parse("2031-03-17T01:30:00Z"));
      browserUser.tabsTo("button[value=PT1H]");
      keyboard.press("Enter");
      browserUser.sees("10:30");
      assertThat(world.clock().instant()).isEqualTo(Instant.parse("2031-03-17T02:30:00Z"));
    }
  }

  @Test
  void everyFaultHasAFormWithItsParametersAndWrongValuesAreExplained() {
    var world = server.newWorld("knobs");
    try (var browserUser = browsers.loggedIn("zh")) {
      var page = browserUser.page();
      browserUser.opens("/console/" + world.name() + "/worlds");
      for (var name : FaultName.values()) {
        var form = page.locator("#new-" + name.code());
        for (var faultParameter : name.parameters()) {
          PlaywrightAssertions.assertThat(
                  form.locator("[name='parameter." + faultParameter.name() + "']"))
              .hasCount(1);
        }
      }
      page.locator("#new-wrong_signature summary").click();
      page.locator("#parameter-wrong_signature-how").selectOption("foreign_key");
      page.locator("#new-wrong_signature button.primary").click();
      PlaywrightAssertions.assertThat(page.locator("tr[id^=fault-]"))
          .containsText("how=foreign_key");

      page.locator("#new-delay summary").click();
      page.locator("#parameter-delay-ms").fill("70000");
      page.locator("#new-delay button.primary").click();
      browserUser.sees("0 到 60000");
    }
  }

  @Test
  void aProxyIsOpenedDamagesMessagesAndIsEnded() throws Exception {
    var world = server.newWorld("proxy");
    try (var browserUser = browsers.loggedIn("en");
        var client = HttpClient.newHttpClient()) {
      var page = browserUser.page();
      browserUser.opens("/console/" + world.name() + "/worlds");
      page.locator("#new-proxy summary").click();
      page.locator("#proxy-target").selectOption("raileast");
      page.locator("#proxy-fault").selectOption("error_status");
      page.locator("#new-proxy button.primary").click();
      browserUser.sees("The proxy is open");
      var address =
          page.locator("#proxies td.mono", withText("http://localhost")).first().textContent();

      var request = HttpRequest.newBuilder(URI.create(address + "/catalog?limit=1")).build();
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(503);
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);

      page.reload();
      PlaywrightAssertions.assertThat(page.locator("tr[id^=fault-]"))
          .containsText("struck 1 times");
      page.locator("#proxies tbody button").click();
      PlaywrightAssertions.assertThat(page.locator("#proxies tbody tr")).hasCount(0);
      PlaywrightAssertions.assertThat(page.locator("tr[id^=fault-]")).hasCount(0);
    }
  }

  @Test
  void aProxyAnswersForTheServiceRecordsAndReplays() throws Exception {
    var world = server.newWorld("stubs");
    try (var browserUser = browsers.loggedIn("en");
        var client = HttpClient.newHttpClient()) {
      var page = browserUser.page();
      browserUser.opens("/console/" + world.name() + "/worlds");
      page.locator("#new-proxy summary").click();
      page.locator("#stub-path").fill("/catalog");
      page.locator("#stub-status").fill("503");
      page.locator("#stub-body").fill("{\"closed\": true}");
      page.locator("#proxy-record").check();
      page.locator("#new-proxy button.primary").click();
      browserUser.sees("The proxy is open");
      browserUser.sees("1 canned answers");
      var address =
          page.locator("#proxies td.mono", withText("http://localhost")).first().textContent();

      var stubbed = HttpRequest.newBuilder(URI.create(address + "/catalog")).build();
      var answer = client.send(stubbed, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.body()).isEqualTo("{\"closed\": true}");
      var passed =
          HttpRequest.newBuilder(URI.create(address + "/.well-known/act-payment-capability.json"))
              .build();
      assertThat(client.send(passed, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
      browserUser.button("^Replay recorded answers$").click();
      browserUser.sees("replays recorded answers");
      browserUser.sees(page.locator("pre.code", withText("act-payment-capability")));

      browserUser.opens("/console/" + world.name() + "/worlds");
      page.locator("#new-proxy summary").click();
      page.locator("#proxy-url").fill("http://example.org");
      page.locator("#new-proxy button.primary").click();
      browserUser.sees("calls to that address are not allowed|not allowed");
      browserUser.opens("/console/" + world.name() + "/worlds");
      page.locator("#new-proxy summary").click();
      page.locator("#stubs").fill("{no list");
      page.locator("#new-proxy button.primary").click();
      browserUser.sees("stub");
    }
  }

  private static Page.LocatorOptions withText(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }
}
