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
import org.actsandbox.web.console.principal.Surfaces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a person did in a world becomes, with one button, a scenario that passes. */
class SessionBrowserTests extends InBrowser {

  private enum Session {
    BOUGHT,
    DECLINED,
    WRONG_PIN_THEN_REFUNDED,
    SOLD_OUT_BY_A_FAULT,
    NOBODY_ANSWERS_THE_CASHIER
  }

  @ParameterizedTest
  @EnumSource
  void whatHappenedBecomesAScenarioThatPasses(Session session) {
    var world = server.newWorld("session");
    try (var visitor = browsers.visitor("en")) {
      happens(session, visitor, world);

      visitor.opens("/console/" + world.name() + "/journal");
      visitor.page().locator("#make-scenario").click();
      assertThat(visitor.page().locator("#text")).hasValue(Pattern.compile("steps:"));
      visitor.button("^Check and save$").click();
      visitor.sees("Saved. It is now among your scenarios");
      visitor.page().locator("#run").click();

      visitor.sees("1 passed, 0 failed");
    }
  }

  private void happens(Session session, Visitor visitor, World world) {
    var page = visitor.page();
    switch (session) {
      case BOUGHT -> {
        atTheCashier(visitor, world);
        approves(visitor);
      }
      case DECLINED -> {
        atTheCashier(visitor, world);
        page.locator("button[value=DECLINE]").click();
        visitor.sees(page.locator(".verdict"));
      }
      case WRONG_PIN_THEN_REFUNDED -> {
        atTheCashier(visitor, world);
        visitor.entersPin("111111");
        visitor.button("^Approve ¥").click();
        visitor.sees("not the PIN|PIN is wrong|[Ww]rong PIN");
        approves(visitor);
        cancels(visitor, world);
      }
      case SOLD_OUT_BY_A_FAULT -> {
        orders(world, "/faults", Map.of("name", "sold_out", "operation", "POST /carts"));
        offersFor(visitor, world, SEED);
        page.locator("#take").click();
        visitor.sees(page.locator("#seq a", new Page.LocatorOptions().setHasText("sold")));
      }
      case NOBODY_ANSWERS_THE_CASHIER -> {
        atTheCashier(visitor, world);
        orders(world, "/clock/advance", Map.of("by", "PT1H"));
        page.reload();
        visitor.sees(visitor.heading("^Out of time$"));
      }
    }
  }

  @Test
  void theGlassBoxHasTheButtonAndTheFileCanBeTakenAlong() throws IOException {
    var world = server.newWorld("taken-along");
    try (var visitor = browsers.visitor("zh")) {
      var page = visitor.page();
      offersFor(visitor, world, "帮我订明天早上去上海的靠窗座位");
      page.reload();
      visitor.sees(page.locator("#take"));
      page.locator("#make-scenario").click();
      visitor.sees("“" + world.name() + "”里发生的事（场景文件）");

      var file = page.waitForDownload(() -> page.locator("#session-file").click());

      org.assertj.core.api.Assertions.assertThat(file.suggestedFilename())
          .isEqualTo("session-" + world.name() + ".yaml");
      org.assertj.core.api.Assertions.assertThat(Files.readString(file.path()))
          .contains("say:", "靠窗座位");
    }
  }

  @Test
  void aWorldWithoutAStoryHasNoButtonAndSaysWhy() {
    var world = server.newWorld("no-story");
    try (var visitor = browsers.visitor("en")) {
      visitor.opens("/console/" + world.name() + "/journal");
      assertThat(visitor.page().locator("#make-scenario")).hasCount(0);
      visitor.opens("/console/" + world.name() + "/session");
      visitor.sees("nothing has happened|Nothing has happened|not possible");
    }
  }

  private static void atTheCashier(Visitor visitor, World world) {
    offersFor(visitor, world, SEED);
    visitor.page().locator("#take").click();
    toTheCashier(visitor);
  }

  private static void approves(Visitor visitor) {
    visitor.entersPin(Visitor.PIN);
    visitor.button("^Approve ¥").click();
    visitor.sees(visitor.heading("^Paid$"));
    visitor.page().locator("a.btn.go").click();
    visitor.sees(visitor.page().locator(".ticket"));
  }

  private static void cancels(Visitor visitor, World world) {
    visitor.opens("/console/" + world.name() + "/orders");
    visitor.page().locator("td a.mono").first().click();
    visitor.page().locator("details.confirm summary.bad").click();
    visitor.button("^Cancel and get ¥").click();
    visitor.sees("Cancelled. Any refund is on your account.");
    visitor.opens("/console/" + world.name() + "/wallet");
    visitor.sees("Refund");
  }

  private void orders(World world, String path, Map<String, Object> body) {
    server.bean(Surfaces.class).control("POST", world, path, body);
  }
}
