package org.actsandbox.web.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.actsandbox.web.console.browser.PurchaseBrowserTests.offersFor;
import static org.actsandbox.web.console.browser.PurchaseBrowserTests.toTheCashier;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests that one button turns what a person did in a world into a scenario that passes. */
class SessionBrowserTests extends BrowserTestBase {

  private enum Session {
    BOUGHT,
    DECLINED,
    WRONG_PIN_THEN_REFUNDED,
    SOLD_OUT_BY_A_FAULT,
    UNANSWERED_CASHIER
  }

  @ParameterizedTest
  @EnumSource
  void aSessionBecomesAScenarioThatPasses(Session session) {
    var world = server.newWorld("session");
    try (var browserUser = browsers.loggedIn("en")) {
      act(session, browserUser, world);

      browserUser.opens("/console/" + world.name() + "/journal");
      browserUser.page().locator("#save-scenario").click();
      assertThat(browserUser.page().locator("#text")).hasValue(Pattern.compile("steps:"));
      browserUser.button("^Check and save$").click();
      browserUser.sees("Saved. It is now among your scenarios");
      browserUser.page().locator("#run").click();

      browserUser.sees("1 passed, 0 failed");
    }
  }

  private void act(Session session, BrowserUser browserUser, World world) {
    var page = browserUser.page();
    switch (session) {
      case BOUGHT -> {
        atTheCashier(browserUser, world);
        approves(browserUser);
      }
      case DECLINED -> {
        atTheCashier(browserUser, world);
        page.locator("button[value=DECLINE]").click();
        browserUser.sees(page.locator(".verdict"));
      }
      case WRONG_PIN_THEN_REFUNDED -> {
        atTheCashier(browserUser, world);
        browserUser.entersPin("111111");
        browserUser.button("^Approve ¥").click();
        browserUser.sees("not the PIN|PIN is wrong|[Ww]rong PIN");
        approves(browserUser);
        cancels(browserUser, world);
      }
      case SOLD_OUT_BY_A_FAULT -> {
        control(world, "/faults", Map.of("name", "sold_out", "operation", "POST /carts"));
        offersFor(browserUser, world, SEED);
        page.locator("#confirm-choice").click();
        browserUser.sees(page.locator("#sequence a", new Page.LocatorOptions().setHasText("sold")));
      }
      case UNANSWERED_CASHIER -> {
        atTheCashier(browserUser, world);
        control(world, "/clock/advance", Map.of("by", "PT1H"));
        page.reload();
        browserUser.sees(browserUser.heading("^Out of time$"));
      }
    }
  }

  @Test
  void theGlassBoxHasTheButtonAndTheFileCanBeDownloaded() throws IOException {
    var world = server.newWorld("taken-along");
    try (var browserUser = browsers.loggedIn("zh")) {
      var page = browserUser.page();
      offersFor(browserUser, world, "帮我订明天早上去上海的靠窗座位");
      page.reload();
      browserUser.sees(page.locator("#confirm-choice"));
      page.locator("#save-scenario").click();
      browserUser.sees("“" + world.name() + "”里发生的事（场景文件）");

      var file = page.waitForDownload(() -> page.locator("#session-file").click());

      org.assertj.core.api.Assertions.assertThat(file.suggestedFilename())
          .isEqualTo("session-" + world.name() + ".yaml");
      org.assertj.core.api.Assertions.assertThat(Files.readString(file.path()))
          .contains("say:", "靠窗座位");
    }
  }

  @Test
  void aWorldWithoutMessagesHasNoButtonAndSaysWhy() {
    var world = server.newWorld("no-story");
    try (var browserUser = browsers.loggedIn("en")) {
      browserUser.opens("/console/" + world.name() + "/journal");
      assertThat(browserUser.page().locator("#save-scenario")).hasCount(0);
      browserUser.opens("/console/" + world.name() + "/session");
      browserUser.sees("nothing has happened|Nothing has happened|not possible");
    }
  }

  private static void atTheCashier(BrowserUser browserUser, World world) {
    offersFor(browserUser, world, SEED);
    browserUser.page().locator("#confirm-choice").click();
    toTheCashier(browserUser);
  }

  private static void approves(BrowserUser browserUser) {
    browserUser.entersPin(BrowserUser.PIN);
    browserUser.button("^Approve ¥").click();
    browserUser.sees(browserUser.heading("^Paid$"));
    browserUser.page().locator("a.btn.primary").click();
    browserUser.sees(browserUser.page().locator(".ticket"));
  }

  private static void cancels(BrowserUser browserUser, World world) {
    browserUser.opens("/console/" + world.name() + "/orders");
    browserUser.page().locator("td a.order-link").first().click();
    browserUser.page().locator("details.confirm summary.bad").click();
    browserUser.button("^Cancel and get ¥").click();
    browserUser.sees("Cancelled. Any refund is on your account.");
    browserUser.opens("/console/" + world.name() + "/wallet");
    browserUser.sees("Refund");
  }

  private void control(World world, String path, Map<String, Object> body) {
    server.bean(ConsoleApiClient.class).callControlApi("POST", world, path, body);
  }
}
