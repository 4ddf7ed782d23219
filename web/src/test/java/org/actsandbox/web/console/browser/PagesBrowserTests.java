package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.actsandbox.sandbox.world.World;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * Every page, narrow and wide, light and dark, in both languages: photographed and examined. Each
 * two of these meet; all eight of them would take another three minutes. Narrow and wide are
 * classes of their own, so that they run side by side.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PagesBrowserTests {

  private final ConsoleServer server = ConsoleServer.shared();
  private final Map<String, String> pages = new LinkedHashMap<>();
  private final Browsers browsers = Browsers.shared();

  @BeforeAll
  void buySomething() {
    var world = server.newWorld("pages");
    var here = "/console/" + world.name();
    pages.put("home", "/?world=" + world.name());
    pages.put("for-merchants", here + "/for-merchants");
    pages.put("for-builders", here + "/for-builders");
    pages.put("try-empty", here + "/try");
    pages.put("merchants", here + "/merchants");
    pages.put("catalog", here + "/merchants/luma-mart");
    pages.put("catalog-nothing", here + "/merchants/luma-mart?q=zzzzqqq");
    pages.put("holds", here + "/merchants/raileast/holds");
    pages.put("orders", here + "/orders");
    pages.put("wallet", here + "/wallet");
    pages.put("binding-new", here + "/wallet/bindings");
    pages.put("journal", here + "/journal");
    pages.put("worlds", here + "/worlds");
    pages.put("not-found", here + "/nowhere");
    pages.put("login", "/console/login");
    pages.put("rules", "/rules");
    purchase(here);
    gallery(here);
    authority(world, here);
    task(here);
  }

  /** A task that the agent's own check ends early. */
  private void task(String here) {
    try (var visitor = browsers.visitor("en")) {
      var page = visitor.page();
      TasksBrowserTests.plays(
          visitor,
          here,
          "Prepare a report on coffee and copper prices with a Chinese summary, at most 7 yuan",
          "7.00");
      visitor.sees(page.locator("#errand .total"));
      pages.put("try-task", page.url().replaceFirst("https?://[^/]+", ""));
      pages.put("tasks", here + "/tasks");
      visitor.opens(here + "/tasks");
      pages.put(
          "delegation-of-a-task",
          page.locator("article[id^=task-] a[href*='/delegations/']").getAttribute("href"));
    }
  }

  /** Somebody lets an agent shop alone: asked, given, used, paused, given back. */
  private void authority(World world, String here) {
    try (var agent = new Absent(world, server.origin());
        var visitor = browsers.visitor("en")) {
      var page = visitor.page();
      var paused = agent.isAllowed(isr -> isr.put("delegation_mode", "BOUNDED"));
      visitor.opens(here + "/delegations");
      page.locator("#pause-" + paused).click();
      visitor.sees("Paused");
      agent.isAllowed(isr -> isr.put("max_total_amount", 90000));
      agent.givesBack(agent.isAllowed());
      var used = agent.isAllowed(isr -> isr.put("max_total_amount", 150));
      agent.pays(used);
      agent.pays(used);
      pages.put("delegations", here + "/delegations");
      pages.put("delegations-none", here + "/delegations?state=expired");
      pages.put("delegation", here + "/delegations/" + used);
      pages.put("delegation-jwt", here + "/delegations/" + used + "?view=jwt");
      pages.put("delegation-payments", here + "/delegations/" + used + "/payments");
      pages.put("delegation-new", here + "/delegations/new");
      var asked = "/w/" + world.name() + "/cashier/delegations/";
      pages.put("authority", asked + agent.drafts());
      pages.put("authority-given", asked + "I-absent-1");
      pages.put("authority-open", asked + agent.drafts(isr -> isr.remove("max_total_amount")));
      visitor.opens(here + "/sub-accounts");
      page.locator("#pin-open").fill(Visitor.PIN);
      visitor.button("^Open it$").click();
      visitor.sees(page.locator("article.sub"));
      pages.put("sub-accounts", here + "/sub-accounts");
      pages.put(
          "sub-account",
          page.locator("article.sub a[href*=sub-accounts]").first().getAttribute("href"));
    }
  }

  /** Scenarios: listed, opened, changed, played, run and compared. */
  private void gallery(String here) {
    var story = here + "/scenarios/sold-out-at-confirmation";
    pages.put("session", here + "/session");
    pages.put("scenarios", here + "/scenarios?theme=faults");
    pages.put("scenario", story);
    pages.put("scenario-new", here + "/scenarios/new");
    pages.put("scenario-change", story + "/change");
    pages.put("mutants", here + "/mutants");
    try (var visitor = browsers.visitor("en")) {
      var page = visitor.page();
      visitor.opens(story);
      page.locator("#run").click();
      visitor.sees("1 passed, 0 failed");
      pages.put("run", page.url().replaceFirst("https?://[^/]+", ""));
      visitor.opens(story + "/change");
      visitor.button("^Without it: Somebody else").click();
      visitor.sees("It makes a difference");
      pages.put("compared", page.url().replaceFirst("https?://[^/]+", ""));
      visitor.opens(story);
      page.locator("#step-through").click();
      page.locator("#play-step").click();
      visitor.sees(page.locator("#script li.done"));
      pages.put("play", page.url().replaceFirst("https?://[^/]+", ""));
    }
  }

  /** Adds the pages that only a purchase under way has. */
  private void purchase(String here) {
    try (var visitor = browsers.visitor("en")) {
      var page = visitor.page();
      visitor.opens(here + "/try");
      visitor.says("Find me a window seat on tomorrow's early train to Shanghai");
      visitor.sees(page.locator("#take"));
      pages.put("try-offers", page.url().replaceFirst("https?://[^/]+", ""));
      visitor.opens(here + "/try");
      visitor.says("A black phone charger under 150 yuan");
      visitor.sees(page.locator("#take"));
      page.locator("#take").click();
      visitor.sees(page.locator("a[id^=pay-]"));
      pages.put("try-buying", page.url().replaceFirst("https?://[^/]+", ""));
      pages.put("cashier", page.locator("a[id^=pay-]").first().getAttribute("href"));
      visitor.opens(here + "/try");
      visitor.says("帮我订明天早上去上海的靠窗座位");
      page.locator("#take").click();
      page.locator("a[id^=pay-]").first().click();
      visitor.entersPin(Visitor.PIN);
      page.locator("button[value=APPROVE]").click();
      visitor.sees(visitor.heading("^Paid$"));
      pages.put("cashier-paid", page.url().replaceFirst("https?://[^/]+", ""));
      page.locator("a.btn.go").click();
      visitor.sees(page.locator(".ticket"));
      pages.put("try-bought", page.url().replaceFirst("https?://[^/]+", ""));
      visitor.opens(here + "/orders");
      pages.put("order", page.locator("td a.mono").first().getAttribute("href"));
      disputed(visitor, here);
      visitor.opens(here + "/journal");
      pages.put("entry", page.locator("#seq a").last().getAttribute("href"));
      pages.put("knowledge", here + "/knowledge");
      pages.put("shares", here + "/shares");
      visitor.opens(here + "/shares");
      page.locator("#make-link").click();
      var shared = page.locator("#shared-link").getAttribute("href");
      pages.put("shared", shared.replaceFirst("https?://[^/]+", ""));
      visitor.opens(here + "/shares");
      page.locator("#title").fill("A run for a friend");
      page.locator("#make-link").click();
    }
  }

  /** The ticket that was just bought is said never to have come. */
  private void disputed(Visitor visitor, String here) {
    var page = visitor.page();
    page.locator("td a.mono").first().click();
    page.locator("#dispute").click();
    page.locator("#kind-not_delivered").check();
    page.locator("#description").fill("I never got it.");
    page.locator("#dispute-pin").fill(Visitor.PIN);
    page.locator("#something-wrong button.go").click();
    visitor.sees(page.locator("#finding .strong"));
    pages.put("dispute", page.url().replaceFirst("https?://[^/]+", "").replaceFirst("[?].*", ""));
    pages.put("disputes", here + "/disputes");
  }

  void fitReadAndAreAccessible(String lang, int width, ColorScheme scheme) {
    var problems = new ArrayList<String>();
    try (var visitor = browsers.visitor(lang, width, scheme)) {
      pages.forEach(
          (name, path) -> {
            problems.addAll(Survey.of(visitor.page(), name, path, lang, width, scheme));
          });
    }
    assertThat(problems).isEmpty();
  }
}
