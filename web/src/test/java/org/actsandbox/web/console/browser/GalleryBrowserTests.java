package org.actsandbox.web.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.world.Worlds;
import org.junit.jupiter.api.Test;

/** Scenarios as a person plays, steps, runs, keeps and changes them, and what can go wrong. */
class GalleryBrowserTests extends InBrowser {

  private static final String STORY = "sold-out-at-confirmation";

  @Test
  void playsAScenarioStepByStepAndOnToTheEnd() {
    try (var visitor = browsers.visitor("en")) {
      var page = visitor.page();
      stepsThrough(visitor, STORY);
      visitor.sees("paused");
      assertThat(page.locator("#script li.done")).hasCount(0);
      page.locator("#play-step").click();
      assertThat(page.locator("#script li.done")).hasCount(1);
      assertThat(page.locator("#talk")).containsText("window seat");
      assertThat(page.locator("#shelf .offer").first()).containsText("¥");
      assertThat(page.locator("#take")).hasCount(0);
      assertThat(page.locator("#deck")).containsText("Another buyer takes the last seats");
      page.locator("#play-toggle").click();
      visitor.sees("Every check passed");
      assertThat(page.locator("#script li.done")).hasCount(3);
      assertThat(page.locator("#seq")).containsText("sold out");
      page.locator("#seq a").first().click();
      visitor.sees(page.locator("#decoder dl, #decoder pre"));
      page.reload();
      assertThat(page.locator("#seq")).containsText("sold out");
      assertThat(page.locator("#seq")).not().containsText("GET /merchants/");
      assertThat(page.locator("#seq")).not().containsText("clock advanced");
    }
  }

  @Test
  void stopsAPlayAndKeepsItsWorld() {
    try (var visitor = browsers.visitor("zh")) {
      stepsThrough(visitor, STORY);
      visitor.page().locator("#play-stop").click();
      visitor.sees("已停止。这个世界停留在停止的时刻");
      assertThat(visitor.page().locator("#play-step")).hasCount(0);
      visitor.page().reload();
      visitor.sees("已停止。这个世界停留在停止的时刻");
    }
  }

  @Test
  void needsNoMouse() {
    try (var visitor = browsers.visitor("en")) {
      var page = visitor.page();
      keep(visitor, "by-keyboard", "{orders: {count: 0}}");
      visitor.tabsTo("#step-through");
      page.keyboard().press("Enter");
      visitor.sees("paused");
      visitor.tabsTo("#play-step");
      page.keyboard().press("Enter");
      assertThat(page.locator("#script li.done")).hasCount(1);
      assertThat(page.locator("#play-step")).isFocused();
      page.keyboard().press("Enter");
      visitor.sees("Every check passed");
    }
  }

  @Test
  void twoTabsShowTheSamePlay() {
    try (var one = browsers.visitor("en");
        var other = browsers.visitor("zh")) {
      stepsThrough(one, STORY);
      other.opens(path(one.page()));
      other.sees("已暂停");
      other.page().locator("#play-stop").click();
      one.sees("Stopped. The world stays");
    }
  }

  @Test
  void saysWhenThePlaysWorldWasDeleted() {
    try (var visitor = browsers.visitor("en")) {
      keep(visitor, "short-lived", "{orders: {count: 0}}");
      visitor.page().locator("#step-through").click();
      visitor.sees("paused");
      server.bean(Worlds.class).delete(path(visitor.page()).split("/", -1)[2]);
      visitor.sees("was deleted, and its play ended with it");
    }
  }

  /** As after a restart: the world is there, nobody plays in it any more. */
  @Test
  void saysWhenNobodyPlaysInAWorldAnyMore() {
    var world = server.newWorld("nobody-plays");
    try (var visitor = browsers.visitor("en")) {
      visitor.opens("/console/" + world.name() + "/play");
      visitor.sees("No longer playing");
      visitor.sees(visitor.page().locator("#p-seq"));
      visitor.opens("/console/gone-for-good/play");
      visitor.sees("was deleted");
    }
  }

  @Test
  void runsOneAndShowsExpectedAndObservedWhereItFails() {
    try (var visitor = browsers.visitor("en")) {
      keep(visitor, "five-orders", "{orders: {count: 5}}");
      visitor.page().locator("#run").click();
      visitor.sees("0 passed, 1 failed");
      var failure = visitor.page().locator(".results .note.bad");
      assertThat(failure).containsText("orders");
      assertThat(failure).containsText("5");
      assertThat(failure).containsText("observed");
      visitor.opens("/console/demo/scenarios/five-orders");
      visitor.sees("The outcome is not what the file expects");
      visitor.page().locator("form[action$='/remove'] button").click();
      visitor.sees("Removed");
    }
  }

  /** A hundred and more cards would be a very long way to scroll. */
  @Test
  void foldsThemesOnAPhoneAndNowhereElse() {
    try (var visitor = browsers.visitor("en")) {
      var page = visitor.page();
      page.setViewportSize(360, 740);
      visitor.opens("/console/demo/scenarios");
      var themes = page.locator("details.theme");
      var payment = page.locator("#theme-payment");
      assertThat(page.locator("details.theme[open]")).hasCount(0);
      assertThat(themes).hasCount(page.locator(".theme-tabs a").count() - 1);
      assertThat(payment.locator("summary"))
          .containsText(payment.locator("article.scenario").count() + " scenarios");
      assertThat(payment.locator("article.scenario").first()).not().isVisible();
      payment.locator("summary").focus();
      page.keyboard().press("Enter");
      assertThat(payment.locator("article.scenario").first()).isVisible();
      assertThat(payment.locator("summary")).isFocused();
      org.assertj.core.api.Assertions.assertThat(
              Survey.ofShown(page, "scenarios-all-en-360-light.jpg"))
          .isEmpty();
      page.locator(".theme-tabs a[href$='theme=clock']").click();
      assertThat(page.locator("details.theme[open]")).hasCount(1);
      assertThat(page.locator("#theme-clock article.scenario").first()).isVisible();
      page.setViewportSize(1440, 900);
      visitor.opens("/console/demo/scenarios");
      assertThat(page.locator("details.theme:not([open])")).hasCount(0);
    }
  }

  @Test
  void runsAWholeTheme() {
    try (var visitor = browsers.visitor("en")) {
      keep(visitor, "theme-a", "{orders: {count: 0}}");
      keep(visitor, "theme-b", "{ledger: {balanced: true}}");
      visitor.opens("/scenarios?theme=own");
      visitor.opens("/console/demo/scenarios?theme=own");
      visitor.button("^Run this theme$").click();
      visitor.sees("[0-9]+ passed, [0-9]+ failed");
      assertThat(visitor.page().locator(".results li.passed", named("theme-a"))).hasCount(1);
      assertThat(visitor.page().locator(".results li.passed", named("theme-b"))).hasCount(1);
    }
  }

  @Test
  void tellsEveryMistakeOfAFileWithItsLineAndKeepsTheText() {
    try (var visitor = browsers.visitor("en")) {
      var page = visitor.page();
      visitor.opens("/console/demo/scenarios/new");
      page.locator("#text").fill("scenario: wrong\nsteps:\n  - shout: hello\nexpekt: {}\n");
      visitor.button("^Check and save$").click();
      visitor.sees("line 4");
      visitor.sees("expekt");
      assertThat(page.locator("#text")).hasValue(Pattern.compile("shout: hello"));
      page.locator("#text").fill("{{{ no yaml");
      visitor.button("^Check and save$").click();
      visitor.sees("line 1");
      page.locator("#text").fill("scenario: seed-story\nsteps:\n  - advance: PT1M\n");
      visitor.button("^Check and save$").click();
      visitor.sees("a name the pack does not have");
    }
  }

  @Test
  void opensAFileFromTheDiskAndRefusesWhatIsNoText() {
    try (var visitor = browsers.visitor("en")) {
      var page = visitor.page();
      visitor.opens("/console/demo/scenarios/new");
      page.locator("#file").setInputFiles(file("mine.yaml", "scenario: from-disk\nsteps: []\n"));
      assertThat(page.locator("#text")).hasValue(Pattern.compile("from-disk"));
      page.locator("#file").setInputFiles(file("cat.png", "\u0000\u0001PNG"));
      visitor.sees("This is not a text file");
      assertThat(page.locator("#text")).hasValue(Pattern.compile("from-disk"));
    }
  }

  @Test
  void changesOneThingAndShowsBothOutcomes() {
    try (var visitor = browsers.visitor("en")) {
      var page = visitor.page();
      visitor.opens("/console/demo/scenarios/" + STORY + "/change");
      visitor.button("^Without it: Another buyer").click();
      visitor.sees("The outcome changed");
      var verdict = page.locator("table.compare tr.differs").first();
      assertThat(verdict).containsText("passed");
      assertThat(verdict).containsText("failed");
      assertThat(page.locator("table.compare")).containsText("held");
      visitor.opens("/console/demo/scenarios/" + STORY + "/change");
      var balance = page.locator("form.knob", new Page.LocatorOptions().setHasText("Balance"));
      balance.locator("input[name=value]").fill("plenty");
      balance.locator("button").click();
      visitor.sees("“plenty” cannot be tried");
      var wrong = page.locator("form.knob input[aria-invalid=true]");
      assertThat(wrong).hasValue("plenty");
      assertThat(wrong).isFocused();
      assertThat(page.locator("#refused")).containsText("Expected:");
      wrong.fill("50000.00");
      page.keyboard().press("Enter");
      visitor.sees(page.locator("table.compare"));
    }
  }

  @Test
  void startsAWorldWithADefectiveStandIn() {
    try (var visitor = browsers.visitor("en")) {
      visitor.opens("/console/demo/mutants");
      visitor.button("^Start a world with it").first().click();
      visitor.sees(visitor.page().locator("form.ask"));
      var world = server.bean(Worlds.class).get(path(visitor.page()).split("/", -1)[2]);
      org.assertj.core.api.Assertions.assertThat(world.settings().mutants()).hasSize(1);
      visitor.page().locator("#waiting-standins").click();
      assertThat(visitor.page().locator("#stand-ins code"))
          .hasText(world.settings().mutants().getFirst());
      visitor.opens("/console/demo/worlds");
      assertThat(visitor.page().locator("#clock")).isVisible();
      assertThat(visitor.page().locator("#waiting-standins, #stand-ins")).hasCount(0);
    }
  }

  /** Own file with two quick steps, kept over its page; the visitor then is on the scenario's. */
  private static void keep(Visitor visitor, String name, String expect) {
    visitor.opens("/console/demo/scenarios/new");
    visitor
        .page()
        .locator("#text")
        .fill(
            "scenario: %s\nsteps:\n  - advance: PT1M\n  - check: {orders: {count: 0}}\nexpect: %s\n"
                .formatted(name, expect));
    visitor.button("^Check and save$").click();
    visitor.sees("Saved. It is now among your scenarios");
  }

  private static void stepsThrough(Visitor visitor, String scenario) {
    visitor.opens("/console/demo/scenarios/" + scenario);
    visitor.page().locator("#step-through").click();
    visitor.sees(visitor.page().locator("#play-step"));
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
