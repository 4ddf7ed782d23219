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

/** A world's clock and faults, ordered by somebody with a browser. */
class FaultsBrowserTests extends InBrowser {

  @Test
  void aFaultIsSwitchedOnInANewWorldHappensInAPurchaseAndIsEnded() {
    try (var visitor = browsers.visitor("en")) {
      var page = visitor.page();
      visitor.opens("/console/demo/worlds");
      page.locator("summary", withText("New world")).click();
      page.locator("#name").fill("broken-on-purpose");
      visitor.button("^Create the world$").click();
      PlaywrightAssertions.assertThat(page).hasURL(Pattern.compile("/console/broken-on-purpose/"));

      page.locator("#new-sold_out summary").click();
      page.locator("#p-sold_out").selectOption("*");
      page.locator("#new-sold_out button.go").click();
      visitor.sees("The fault is on");
      var row = page.locator("tr[id^=fault-]");
      PlaywrightAssertions.assertThat(row).containsText("struck 0 times");

      PurchaseBrowserTests.offersFor(visitor, server.world("broken-on-purpose"), SEED);
      page.locator("#take").click();
      visitor.sees(page.locator("#seq a", withText("sold")));

      visitor.opens("/console/broken-on-purpose/worlds");
      PlaywrightAssertions.assertThat(row).containsText("struck 1 times");
      row.getByText("End", new Locator.GetByTextOptions().setExact(true)).click();
      visitor.sees("No faults are on");
      PlaywrightAssertions.assertThat(row).hasCount(0);
    }
  }

  @Test
  void theClockIsStoppedAndSteppedToWhatFallsDueNext() {
    var world = server.newWorld("clock-panel");
    try (var visitor = browsers.visitor("en")) {
      var page = visitor.page();
      visitor.opens("/console/" + world.name() + "/worlds");
      visitor.sees("Nothing is waiting");
      visitor.button("^Stop now$").click();
      PlaywrightAssertions.assertThat(page.locator("#clock")).containsText("stopped");
      visitor.button("^Let it run$").click();
      visitor.button("^Stop now$").click();
      visitor.sees(visitor.button("^Let it run$"));

      PurchaseBrowserTests.offersFor(visitor, world, SEED);
      page.locator("#take").click();
      visitor.sees(page.locator("a[id^=pay-]"));
      visitor.opens("/console/" + world.name() + "/worlds");
      visitor.sees(page.locator("#due td", withText("Hold ends")));
      var approval = page.locator("#due tbody tr", withText("Approval times out"));
      PlaywrightAssertions.assertThat(approval).hasCount(1);
      for (int steps = 0; approval.count() > 0 && steps < 10; steps++) {
        page.locator("button[value=next-due]").click();
        visitor.sees("everything that became due was done in order");
      }

      PlaywrightAssertions.assertThat(approval).hasCount(0);
      PlaywrightAssertions.assertThat(page.locator("#waiting")).hasCount(0);
    }
  }

  @Test
  void theClockIsSetAndMovedWithTheKeyboardAlone() {
    var world = server.newWorld("clock-keys");
    try (var visitor = browsers.visitor("en")) {
      var keyboard = visitor.page().keyboard();
      visitor.opens("/console/" + world.name() + "/worlds");
      visitor.tabsTo("button[value=stopped]");
      keyboard.press("Enter");
      visitor.sees(visitor.button("^Let it run$"));
      visitor.tabsTo("#now");
      keyboard.type("03172031");
      keyboard.press("ArrowRight");
      keyboard.type("0930A");
      keyboard.press("Enter");
      visitor.sees("17 Mar");
      assertThat(world.clock().instant()).isEqualTo(Instant.parse("2031-03-17T01:30:00Z"));
      visitor.tabsTo("button[value=PT1H]");
      keyboard.press("Enter");
      visitor.sees("10:30");
      assertThat(world.clock().instant()).isEqualTo(Instant.parse("2031-03-17T02:30:00Z"));
    }
  }

  @Test
  void everyFaultHasAFormWithItsKnobsAndWrongOnesAreExplained() {
    var world = server.newWorld("knobs");
    try (var visitor = browsers.visitor("zh")) {
      var page = visitor.page();
      visitor.opens("/console/" + world.name() + "/worlds");
      for (var name : FaultName.values()) {
        var form = page.locator("#new-" + name.code());
        for (var knob : name.knobs()) {
          PlaywrightAssertions.assertThat(form.locator("[name='knob." + knob.name() + "']"))
              .hasCount(1);
        }
      }
      page.locator("#new-wrong_signature summary").click();
      page.locator("#k-wrong_signature-how").selectOption("foreign_key");
      page.locator("#new-wrong_signature button.go").click();
      PlaywrightAssertions.assertThat(page.locator("tr[id^=fault-]"))
          .containsText("how=foreign_key");

      page.locator("#new-delay summary").click();
      page.locator("#k-delay-ms").fill("70000");
      page.locator("#new-delay button.go").click();
      visitor.sees("0 to 60000");
    }
  }

  @Test
  void aProxyIsOpenedBreaksTheWireAndIsEnded() throws Exception {
    var world = server.newWorld("proxy");
    try (var visitor = browsers.visitor("en");
        var client = HttpClient.newHttpClient()) {
      var page = visitor.page();
      visitor.opens("/console/" + world.name() + "/worlds");
      page.locator("#new-proxy summary").click();
      page.locator("#proxy-target").selectOption("raileast");
      page.locator("#proxy-fault").selectOption("error_status");
      page.locator("#new-proxy button.go").click();
      visitor.sees("The proxy is open");
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
  void aProxyAnswersInTheServicesPlaceRemembersAndAnswersFromMemory() throws Exception {
    var world = server.newWorld("stubs");
    try (var visitor = browsers.visitor("en");
        var client = HttpClient.newHttpClient()) {
      var page = visitor.page();
      visitor.opens("/console/" + world.name() + "/worlds");
      page.locator("#new-proxy summary").click();
      page.locator("#stub-path").fill("/catalog");
      page.locator("#stub-status").fill("503");
      page.locator("#stub-body").fill("{\"closed\": true}");
      page.locator("#proxy-record").check();
      page.locator("#new-proxy button.go").click();
      visitor.sees("The proxy is open");
      visitor.sees("1 canned answers");
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
      visitor.button("^Replay recorded answers$").click();
      visitor.sees("replays recorded answers");
      visitor.sees(page.locator("pre.code", withText("act-payment-capability")));

      visitor.opens("/console/" + world.name() + "/worlds");
      page.locator("#new-proxy summary").click();
      page.locator("#proxy-url").fill("http://example.org");
      page.locator("#new-proxy button.go").click();
      visitor.sees("calls to that address are not allowed|not allowed");
      visitor.opens("/console/" + world.name() + "/worlds");
      page.locator("#new-proxy summary").click();
      page.locator("#stubs").fill("{no list");
      page.locator("#new-proxy button.go").click();
      visitor.sees("stub");
    }
  }

  private static Page.LocatorOptions withText(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }
}
