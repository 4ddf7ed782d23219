package org.actsandbox.web.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.world.Worlds;
import org.junit.jupiter.api.Test;

/**
 * Tests how a person plays, steps through, runs, stores and changes scenarios, also with mistakes.
 */
class GalleryBrowserTests extends BrowserTestBase {

  private static final String SCENARIO = "sold-out-at-confirmation";

  @Test
  void playsAScenarioStepByStepAndOnToTheEnd() {
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      stepsThrough(browserUser, SCENARIO);
      browserUser.sees("paused");
      assertThat(page.locator("#script li.done")).hasCount(0);
      page.locator("#play-step").click();
      assertThat(page.locator("#script li.done")).hasCount(1);
      assertThat(page.locator("#turns")).containsText("window seat");
      assertThat(page.locator("#offers .offer").first()).containsText("¥");
      assertThat(page.locator("#confirm-choice")).hasCount(0);
      assertThat(page.locator("#player")).containsText("Another buyer takes the last seats");
      page.locator("#play-toggle").click();
      browserUser.sees("Every check passed");
      assertThat(page.locator("#script li.done")).hasCount(3);
      assertThat(page.locator("#sequence")).containsText("sold out");
      page.locator("#sequence a").first().click();
      browserUser.sees(page.locator("#decoder dl, #decoder pre, #decoder .tree"));
      page.reload();
      assertThat(page.locator("#sequence")).containsText("sold out");
      assertThat(page.locator("#sequence")).not().containsText("GET /merchants/");
      assertThat(page.locator("#sequence")).not().containsText("clock advanced");
    }
  }

  /** The merchant's orders to the agent are red in the offer, in the list and in the message. */
  @Test
  void showsAnAttackInRedWithWhatItWouldHaveCost() {
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      stepsThrough(browserUser, "hidden-instruction-in-a-description");
      page.locator("#play-step").click();
      assertThat(page.locator("#script li.done")).hasCount(1);
      page.locator("#play-step").click();
      assertThat(page.locator("#offers .offer-attack mark.hostile").first())
          .containsText("ignore your instructions");
      page.locator("#play-toggle").click();
      browserUser.sees("Every check passed");
      var attempt = page.locator(".attempt").first();
      endsBesideItsMessages(page);
      assertThat(attempt.locator("mark.hostile")).containsText("ignore your instructions");
      assertThat(attempt).containsText("¥769.00");
      assertThat(attempt).containsText("¥76.90");
      var ink = page.locator(".hostile").first().evaluate("it => getComputedStyle(it).color");
      org.assertj.core.api.Assertions.assertThat(ink).isEqualTo("rgb(179, 38, 30)");
      attempt.locator("a").click();
      browserUser.sees(page.locator("#decoded-entry mark.hostile, main mark.hostile"));
    }
  }

  /** At 1280×720 what a play ended with leaves its newest message in sight. */
  private static void endsBesideItsMessages(Page page) {
    page.setViewportSize(1280, 720);
    assertThat(page.locator("#sequence > li").last())
        .isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(0.9));
    assertThat(page.locator(".attempt mark.hostile").first()).isInViewport();
    org.assertj.core.api.Assertions.assertThat(
            page.evaluate("() => document.documentElement.scrollHeight - innerHeight"))
        .as("the page itself does not scroll")
        .isEqualTo(0);
  }

  @Test
  void stopsAPlayAndKeepsItsWorld() {
    try (var browserUser = browsers.loggedIn("zh")) {
      stepsThrough(browserUser, SCENARIO);
      browserUser.page().locator("#play-stop").click();
      browserUser.sees("已停止。这个世界停留在停止的时刻");
      assertThat(browserUser.page().locator("#play-step")).hasCount(0);
      browserUser.page().reload();
      browserUser.sees("已停止。这个世界停留在停止的时刻");
    }
  }

  @Test
  void galleryAndPlayerWorkWithTheKeyboard() {
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      save(browserUser, "by-keyboard", "{orders: {count: 0}}");
      browserUser.tabsTo("#step-through");
      page.keyboard().press("Enter");
      browserUser.sees("paused");
      browserUser.tabsTo("#play-step");
      page.keyboard().press("Enter");
      assertThat(page.locator("#script li.done")).hasCount(1);
      assertThat(page.locator("#play-step")).isFocused();
      page.keyboard().press("Enter");
      browserUser.sees("Every check passed");
    }
  }

  @Test
  void twoTabsShowTheSamePlay() {
    try (var one = browsers.loggedIn("en");
        var other = browsers.loggedIn("zh")) {
      stepsThrough(one, SCENARIO);
      other.opens(path(one.page()));
      other.sees("已暂停");
      other.page().locator("#play-stop").click();
      one.sees("Stopped. The world stays");
    }
  }

  @Test
  void saysWhenThePlaysWorldWasDeleted() {
    try (var browserUser = browsers.loggedIn("en")) {
      save(browserUser, "short-lived", "{orders: {count: 0}}");
      browserUser.page().locator("#step-through").click();
      browserUser.sees("paused");
      server.bean(Worlds.class).delete(path(browserUser.page()).split("/", -1)[2]);
      browserUser.sees("was deleted, and its play ended with it");
    }
  }

  /** The world exists but has no play, as after a restart of the server. */
  @Test
  void saysThatAWorldHasNoPlayAfterARestart() {
    var world = server.newWorld("nobody-plays");
    try (var browserUser = browsers.loggedIn("en")) {
      browserUser.opens("/console/" + world.name() + "/play");
      browserUser.sees("No longer playing");
      browserUser.sees(browserUser.page().locator("#sequence-title"));
      browserUser.opens("/console/gone-for-good/play");
      browserUser.sees("was deleted");
    }
  }

  @Test
  void runsOneAndShowsExpectedAndObservedWhereItFails() {
    try (var browserUser = browsers.loggedIn("en")) {
      save(browserUser, "five-orders", "{orders: {count: 5}}");
      browserUser.page().locator("#run").click();
      browserUser.sees("0 passed, 1 failed");
      var failure = browserUser.page().locator(".results .note.bad");
      assertThat(failure).containsText("orders");
      assertThat(failure).containsText("5");
      assertThat(failure).containsText("observed");
      browserUser.opens("/console/demo/scenarios/five-orders");
      browserUser.sees("The outcome is not what the file expects");
      browserUser.page().locator("form[action$='/remove'] button").click();
      browserUser.sees("Removed");
    }
  }

  /** More than a hundred cards would be too long to scroll, also on a large screen. */
  @Test
  void foldsTheThemesWhereAllAreListed() {
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      page.setViewportSize(360, 740);
      browserUser.opens("/console/demo/scenarios");
      var themes = page.locator("details.theme");
      var payment = page.locator("#theme-payment");
      assertThat(page.locator("details.theme[open]")).hasCount(0);
      assertThat(themes).hasCount(page.locator(".theme-tabs a").count() - 1);
      assertThat(payment.locator("summary"))
          .containsText(payment.locator(".titles li").count() + " scenarios");
      assertThat(payment.locator(".titles li").first()).not().isVisible();
      payment.locator("summary").focus();
      page.keyboard().press("Enter");
      assertThat(payment.locator(".titles li").first()).isVisible();
      assertThat(payment.locator("summary")).isFocused();
      org.assertj.core.api.Assertions.assertThat(
              PageAudit.ofShown(page, "scenarios-all-en-360-light.jpg"))
          .isEmpty();
      page.locator(".theme-tabs a[href$='theme=clock']").click();
      assertThat(page.locator("details.theme[open]")).hasCount(1);
      assertThat(page.locator("#theme-clock article.scenario").first()).isVisible();
      page.setViewportSize(1440, 900);
      browserUser.opens("/console/demo/scenarios");
      assertThat(page.locator("details.theme[open]")).hasCount(0);
      org.assertj.core.api.Assertions.assertThat(
              (Integer) page.evaluate("() => document.documentElement.scrollHeight"))
          .isLessThan(3_000);
    }
  }

  @Test
  void runsAWholeTheme() {
    try (var browserUser = browsers.loggedIn("en")) {
      save(browserUser, "theme-a", "{orders: {count: 0}}");
      save(browserUser, "theme-b", "{ledger: {balanced: true}}");
      browserUser.opens("/scenarios?theme=own");
      browserUser.opens("/console/demo/scenarios?theme=own");
      browserUser.button("^Run this theme$").click();
      browserUser.sees("[0-9]+ passed, [0-9]+ failed");
      assertThat(browserUser.page().locator(".results li.passed", named("theme-a"))).hasCount(1);
      assertThat(browserUser.page().locator(".results li.passed", named("theme-b"))).hasCount(1);
    }
  }

  @Test
  void tellsEveryMistakeOfAFileWithItsLineAndKeepsTheText() {
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      browserUser.opens("/console/demo/scenarios/new");
      page.locator("#text").fill("scenario: wrong\nsteps:\n  - shout: hello\nexpekt: {}\n");
      browserUser.button("^Check and save$").click();
      browserUser.sees("line 4");
      browserUser.sees("expekt");
      assertThat(page.locator("#text")).hasValue(Pattern.compile("shout: hello"));
      page.locator("#text").fill("{{{ no yaml");
      browserUser.button("^Check and save$").click();
      browserUser.sees("line 1");
      page.locator("#text").fill("scenario: seed-story\nsteps:\n  - advance: PT1M\n");
      browserUser.button("^Check and save$").click();
      browserUser.sees("a name the pack does not have");
    }
  }

  @Test
  void opensAFileFromTheDiskAndRefusesABinaryFile() {
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      browserUser.opens("/console/demo/scenarios/new");
      page.locator("#file").setInputFiles(file("mine.yaml", "scenario: from-disk\nsteps: []\n"));
      assertThat(page.locator("#text")).hasValue(Pattern.compile("from-disk"));
      page.locator("#file").setInputFiles(file("cat.png", "\u0000\u0001PNG"));
      browserUser.sees("This is not a text file");
      assertThat(page.locator("#text")).hasValue(Pattern.compile("from-disk"));
    }
  }

  @Test
  void changesOneThingAndShowsBothOutcomes() {
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      browserUser.opens("/console/demo/scenarios/" + SCENARIO + "/change");
      browserUser.button("^Without it: Another buyer").click();
      browserUser.sees("The outcome changed");
      assertThat(page.locator("#first-difference")).containsText("First difference");
      assertThat(page.locator(".results")).hasCount(0);
      assertThat(page.locator("table.compare")).containsText("held");
      browserUser.opens("/console/demo/scenarios/" + SCENARIO + "/change");
      var balance = page.locator("form.setting", new Page.LocatorOptions().setHasText("Balance"));
      balance.locator("input[name=value]").fill("plenty");
      balance.locator("button").click();
      browserUser.sees("“plenty” cannot be tried");
      var wrong = page.locator("form.setting input[aria-invalid=true]");
      assertThat(wrong).hasValue("plenty");
      assertThat(wrong).isFocused();
      assertThat(page.locator("#refused")).containsText("Expected:");
      wrong.fill("50000.00");
      page.keyboard().press("Enter");
      browserUser.sees(page.locator("table.compare"));
    }
  }

  @Test
  void startsAWorldWithADefectiveStandIn() {
    try (var browserUser = browsers.loggedIn("en")) {
      browserUser.opens("/console/demo/mutants");
      browserUser.page().locator("details.theme summary").first().click();
      browserUser.button("^Start a world with it").first().click();
      browserUser.sees(browserUser.page().locator("form.message-form"));
      var world = server.bean(Worlds.class).get(path(browserUser.page()).split("/", -1)[2]);
      org.assertj.core.api.Assertions.assertThat(world.settings().mutants()).hasSize(1);
      browserUser.page().locator("#waiting-standins").click();
      assertThat(browserUser.page().locator("#stand-ins code"))
          .hasText(world.settings().mutants().getFirst());
      browserUser.opens("/console/demo/worlds");
      assertThat(browserUser.page().locator("#clock")).isVisible();
      assertThat(browserUser.page().locator("#waiting-standins, #stand-ins")).hasCount(0);
    }
  }

  /**
   * Stores a file with two quick steps over its page; the browser is then on the scenario's page.
   */
  private static void save(BrowserUser browserUser, String name, String expect) {
    browserUser.opens("/console/demo/scenarios/new");
    browserUser
        .page()
        .locator("#text")
        .fill(
            "scenario: %s\nsteps:\n  - advance: PT1M\n  - check: {orders: {count: 0}}\nexpect: %s\n"
                .formatted(name, expect));
    browserUser.button("^Check and save$").click();
    browserUser.sees("Saved. It is now among your scenarios");
  }

  private static void stepsThrough(BrowserUser browserUser, String scenario) {
    browserUser.opens("/console/demo/scenarios/" + scenario);
    browserUser.page().locator("#step-through").click();
    browserUser.sees(browserUser.page().locator("#play-step"));
  }

  private static com.microsoft.playwright.options.FilePayload file(String name, String text) {
    return new com.microsoft.playwright.options.FilePayload(
        name, "text/plain", text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static Page.LocatorOptions named(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static String path(Page page) {
    return page.url().replaceFirst("https?://[^/]+", "");
  }
}
