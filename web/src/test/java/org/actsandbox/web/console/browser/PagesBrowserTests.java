package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.MerchantLevel;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.notification.NotificationEvent;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.alipay.app.AppRegistration;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.external.KeySource;
import org.actsandbox.sandbox.notification.WebhookEndpoint;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.web.console.grades.GradeFolder;
import org.actsandbox.web.console.grades.TestRecording;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Examines every page in both languages, light and dark, on a phone and on a large screen, and
 * compares it with its approved looks. No page shows a sentence in the language that was not
 * chosen. Each page is opened once in each language. With {@code -Dact.first-paint=true} it says
 * how long the pages took to their first picture.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesBrowserTests {

  private static final int WORLDS = 12;

  private final ConsoleServer server = ConsoleServer.shared();
  private final Map<String, String> pages = new LinkedHashMap<>();
  private final Browsers browsers = Browsers.shared();
  private final ApprovedLooks approvedLooks = new ApprovedLooks();

  @AfterAll
  void keepLooks() {
    approvedLooks.keep();
    if (Boolean.getBoolean("act.first-paint")) {
      System.out.println(FirstView.times());
    }
  }

  @BeforeAll
  void buySomething() {
    // The list of worlds has a second page here, however many worlds other tests have made.
    for (int i = 0; i < WORLDS; i++) {
      server.newWorld("listed-" + i);
    }
    var world = server.newWorld("pages");
    var here = "/console/" + world.name();
    pages.put("home", "/?world=" + world.name());
    pages.put("for-merchants", here + "/for-merchants");
    pages.put("own-shops", here + "/own-shop");
    pages.put("for-builders", here + "/for-builders");
    pages.put("connect", here + "/connect?host=vs-code");
    pages.put("first-mission", here + "/connect/first-mission");
    pages.put("connected-agents", here + "/connect/agents");
    pages.put("try-empty", here + "/try");
    pages.put("merchants", here + "/merchants");
    pages.put("catalog", here + "/merchants/luma-mart");
    pages.put("catalog-nothing", here + "/merchants/luma-mart?q=zzzzqqq");
    pages.put("holds", here + "/merchants/raileast/holds");
    pages.put("orders", here + "/orders");
    pages.put("show", here + "/show");
    pages.put("comparisons", here + "/comparisons");
    pages.put("comparison", here + "/comparisons/bait");
    pages.put("show-notes", here + "/show/notes");
    pages.put("wallet", here + "/wallet");
    pages.put("binding-new", here + "/wallet/bindings");
    pages.put("journal", here + "/journal");
    pages.put("worlds", here + "/worlds");
    pages.put("not-found", here + "/nowhere");
    pages.put("login", "/console/login");
    pages.put("rules", "/rules");

    pages.put("own-shop", here + "/own-shop/" + ownShop(world));
    pages.put("first-sale", here + "/own-shop/own-tea/first-sale");
    pages.put("errors", "/errors");
    pages.put("alipay", here + "/alipay");
    pages.put("alipay-app", here + "/alipay/" + alipayApp(world));
    pages.put("webhooks", here + "/webhooks");
    pages.put("webhook-delivery", here + "/webhooks/deliveries/" + testDelivery(world));
    shopCheck(here);
    purchase(here);
    gallery(here);
    authority(world, here);
    task(here);
    var paths = pages.values();
    assertThat(PageContractTests.PHOTOGRAPHED)
        .as("addresses of which this class examines no page")
        .allMatch(pattern -> paths.stream().anyMatch(path -> PageContractTests.is(pattern, path)));
  }

  /** Adds a shop from outside that does not answer. */
  private static String ownShop(World world) {
    var shop =
        new ExternalMerchant(
            "own-tea",
            URI.create("http://127.0.0.1:9"),
            MerchantKind.SHOP,
            MerchantLevel.SHOP,
            "/",
            Text.untranslated("Tea shop"),
            world.clock().instant());
    world.externalMerchants().add(shop);
    world
        .externalMerchants()
        .addKey(
            shop.did(),
            new Ed25519KeyPair(shop.did().key(1), new byte[32]).publicKey(),
            KeySource.GIVEN,
            shop.addedAt());
    return shop.id();
  }

  /** Registers an application of Alipay's gateway with a key made here. */
  private String alipayApp(World world) {
    return server.bean(AppRegistration.class).add(world, "lingobee", "Kiosk", "make").app().appId();
  }

  /**
   * Sends a test event to an endpoint of the agent that does not answer. It is not at the address
   * of the shop from outside: the page of who knows what would say that the shop is told what the
   * agent pays elsewhere.
   */
  private static String testDelivery(World world) {
    var endpoint =
        new WebhookEndpoint(
            "WE-1",
            world.agent(),
            URI.create("http://127.0.0.1:10/hooks"),
            Set.of(NotificationEvent.PAYMENT_SUCCEEDED, NotificationEvent.DELEGATION_REVOKED),
            WebhookEndpoint.Signature.SECRET,
            1,
            null,
            false,
            false,
            world.clock().instant());
    world.webhookEndpoints().add(endpoint);
    return world.participant(Psp.class).notifications().test(endpoint).deliveryId();
  }

  /** Adds the pages of a check with a finding, and of its link. */
  private void shopCheck(String here) {
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      browserUser.opens(here + "/check-shop?merchant=luma-mart");
      page.locator("details summary").first().click();
      page.locator("#check-only").fill("catalog.text");
      page.locator("#start-check").click();
      browserUser.sees(page.locator("#findings"));
      browserUser.sees(page.locator("#reports"));
      pages.put("shop-check", page.url().replaceFirst("https?://[^/]+", ""));
      page.locator("#make-link").click();
      var shared = page.locator("#shared-link").getAttribute("href");
      pages.put("shared-check", shared.replaceFirst("https?://[^/]+", ""));
      pages.put("shop-checks", here + "/check-shop");
    }
  }

  /** Adds the pages of a task that the agent's own check ends early. */
  private void task(String here) {
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      TasksBrowserTests.startsFundedTask(
          browserUser,
          here,
          "Prepare a report on coffee and copper prices with a Chinese summary, at most 7 yuan",
          "7.00");
      browserUser.sees(page.locator("#task .total"));
      pages.put("try-task", page.url().replaceFirst("https?://[^/]+", ""));
      pages.put("tasks", here + "/tasks");
      pages.put("credit", here + "/credit");
      pages.put("credit-verifier", here + "/credit/credit-verifier");
      browserUser.opens(here + "/tasks");
      pages.put(
          "delegation-of-a-task",
          page.locator("article[id^=task-] a[href*='/delegations/']").getAttribute("href"));
    }
  }

  /**
   * Adds the pages of authority for an outside agent: requested, given, used, paused and revoked.
   */
  private void authority(World world, String here) {
    try (var agent = new OutsideShopper(world, server.origin());
        var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      var paused = agent.getsDelegation(isr -> isr.put("delegation_mode", "BOUNDED"));
      browserUser.opens(here + "/delegations");
      page.locator("#pause-" + paused).click();
      browserUser.sees("Paused");
      agent.getsDelegation(isr -> isr.put("max_total_amount", 90000));
      agent.revokes(agent.getsDelegation());
      var used = agent.getsDelegation(isr -> isr.put("max_total_amount", 150));
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
      browserUser.opens(here + "/sub-accounts");
      page.locator("#pin-open").fill(BrowserUser.PIN);
      browserUser.button("^Open$").click();
      browserUser.sees(page.locator("article.sub-account"));
      pages.put("sub-accounts", here + "/sub-accounts");
      pages.put(
          "sub-account",
          page.locator("article.sub-account a[href*=sub-accounts]").first().getAttribute("href"));
    }
  }

  /** Adds the pages of scenarios: listed, opened, changed, played, run and compared. */
  private void gallery(String here) {
    var story = here + "/scenarios/sold-out-at-confirmation";
    pages.put("session", here + "/session");
    pages.put("scenarios", here + "/scenarios?theme=faults");
    pages.put("scenario", story);
    pages.put("scenario-new", here + "/scenarios/new");
    pages.put("scenario-change", story + "/change");
    pages.put("mutants", here + "/mutants");
    grades(here);
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      browserUser.opens(story);
      page.locator("#run").click();
      browserUser.sees("1 passed, 0 failed");
      pages.put("run", page.url().replaceFirst("https?://[^/]+", ""));
      browserUser.opens(story + "/change");
      browserUser.button("^Without it: Another buyer").click();
      browserUser.sees("The outcome changed");
      pages.put("compared", page.url().replaceFirst("https?://[^/]+", ""));
      browserUser.opens(story);
      page.locator("#step-through").click();
      page.locator("#play-step").click();
      browserUser.sees(page.locator("#script li.done"));
      pages.put("play", page.url().replaceFirst("https?://[^/]+", ""));
    }
  }

  /** Adds the pages of grades: the list, two runs beside each other, and a mission that failed. */
  private void grades(String here) {
    var data = ConsoleServer.shared().bean(SandboxSettings.class).data();
    pages.put("grades-none", here + "/grades");
    var folder = new GradeFolder(data);
    var good = run(folder, "built-in", "passed", "0.00");
    var bad = run(folder, "obeys-titles", "failed", "33.90");
    // Other tests may grade an outside agent before, which ticks a step of the first mission.
    run(folder, "node my-agent.mjs", "passed", "0.00");
    pages.put("grades", here + "/grades");
    pages.put("grade", here + "/grades/" + bad + "?with=" + good);
    pages.put("grade-mission", here + "/grades/" + bad + "/cheaper-elsewhere?with=" + good);
    var played = here + "/grades/" + bad + "/cheaper-elsewhere/play/1";
    pages.put("grade-play", played);
    pages.put("grade-pair", played + "?with=" + good);
    try (var browserUser = browsers.loggedIn("en")) {
      browserUser.opens(here + "/grades/" + bad);
      browserUser.page().locator("#make-link").click();
      var shared = browserUser.page().locator("#shared-link").getAttribute("href");
      pages.put("shared-grade", shared.replaceFirst("https?://[^/]+", ""));
    }
  }

  private static String run(GradeFolder folder, String agent, String verdict, String lost) {
    var grade =
        Json.parse(
            """
            {"agent": "%s", "total": "%s", "counts": {"passed": 1},
             "pass": [{"k": 1, "value": 0.5, "low": 0.1, "high": 0.9}],
             "figures": {"lost": "%s", "payments_per_purchase": 1, "approvals_per_needed": 1,
                         "authority_asked": "0.00", "authority_needed": "0.00", "secrets": 0},
             "results": [
               {"mission": "cheaper-elsewhere", "attempt": 1, "level": "L1", "control": true,
                "title": {"en": "Cheaper elsewhere", "zh": "别处更便宜"},
                "wish": {"en": "A charger at Luma Mart", "zh": "在明光优选买充电器"},
                "verdict": "%s", "lost": "%s", "wrong_at": 11, "world": "m-gone", "recording": ["%s"],
                "reasons": ["paid %s CNY to bazaar88, who is not to be paid"],
                "story": [
                  {"seq": 7, "actor": "shopper", "what": "POST /merchants/bazaar88/carts 201"},
                  {"seq": 11, "actor": "shopper", "what": "POST /psp/payments 201"}]}]}
            """
                .formatted(
                    agent, verdict, lost, verdict, lost, TestRecording.purchaseInBase64(), lost));
    var file = folder.keep((ObjectNode) grade).getFileName().toString();
    return file.substring(0, file.length() - ".json".length());
  }

  /** Adds the pages that exist only during and after a purchase. */
  private void purchase(String here) {
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      browserUser.opens(here + "/try");
      browserUser.says("Find me a window seat on tomorrow's early train to Shanghai");
      browserUser.sees(page.locator("#confirm-choice"));
      pages.put("try-offers", page.url().replaceFirst("https?://[^/]+", ""));
      browserUser.opens(here + "/try");
      browserUser.says("A black phone charger under 150 yuan");
      browserUser.sees(page.locator("#confirm-choice"));
      page.locator("#confirm-choice").click();
      browserUser.sees(page.locator("a[id^=pay-]"));
      pages.put("try-buying", page.url().replaceFirst("https?://[^/]+", ""));
      pages.put("cashier", page.locator("a[id^=pay-]").first().getAttribute("href"));
      page.locator("summary[id^=phone-]").first().click();
      browserUser.sees(page.locator("#phone-link"));
      pages.put("phone", page.locator("#phone-link").getAttribute("href"));
      browserUser.opens(here + "/try");
      browserUser.says("帮我订明天早上去上海的靠窗座位");
      page.locator("#confirm-choice").click();
      page.locator("a[id^=pay-]").first().click();
      browserUser.entersPin(BrowserUser.PIN);
      page.locator("button[value=APPROVE]").click();
      browserUser.sees(browserUser.heading("^Paid$"));
      pages.put("cashier-paid", page.url().replaceFirst("https?://[^/]+", ""));
      page.locator("a.btn.primary").click();
      browserUser.sees(page.locator(".ticket"));
      pages.put("try-bought", page.url().replaceFirst("https?://[^/]+", ""));
      browserUser.opens(here + "/merchants/luma-mart");
      pages.put("item", page.locator("a[href*='/items/']").first().getAttribute("href"));
      browserUser.opens(here + "/wallet/bindings");
      page.locator("#limit_per_payment").fill("20.00");
      browserUser.button("^See what it permits$").click();
      browserUser.sees(browserUser.button("^Bind$"));
      pages.put("binding", page.url().replaceFirst("https?://[^/]+", ""));
      browserUser.opens(here + "/orders");
      pages.put("order", page.locator("td a.order-link").first().getAttribute("href"));
      disputed(browserUser, here);
      browserUser.opens(here + "/journal");
      pages.put("entry", page.locator("#sequence a").last().getAttribute("href"));
      pages.put("knowledge", here + "/knowledge");
      evidence(browserUser, here);
      pages.put("figures", here + "/figures");
      pages.put("doctor", here + "/doctor");
      pages.put("shares", here + "/shares");
      browserUser.opens(here + "/shares");
      page.locator("#create-link").click();
      var shared = page.locator("#shared-link").getAttribute("href");
      pages.put("shared", shared.replaceFirst("https?://[^/]+", ""));
      browserUser.opens(here + "/shares");
      page.locator("#title").fill("A run for a friend");
      page.locator("#create-link").click();
    }
  }

  /** Adds the pages of the records of what was bought. */
  private void evidence(BrowserUser browserUser, String here) {
    pages.put("evidence", here + "/evidence");
    pages.put("evidence-lab", here + "/evidence/lab");
    pages.put("evidence-chain", here + "/evidence/chain");
    pages.put("evidence-bundle", here + "/evidence/bundle");
    var page = browserUser.page();
    browserUser.opens(here + "/evidence");
    var order = page.locator("main a[href*='/evidence/orders/']").first().getAttribute("href");
    pages.put("evidence-order", order);
    browserUser.opens(order);
    var record = page.locator("main a[href*='/evidence/records/']").first().getAttribute("href");
    pages.put("evidence-record", record);
  }

  /** Adds the pages of a dispute about the ticket that was just bought. */
  private void disputed(BrowserUser browserUser, String here) {
    var page = browserUser.page();
    page.locator("td a.order-link").first().click();
    page.locator("#dispute").click();
    page.locator("#kind-not_delivered").check();
    page.locator("#description").fill("I never got it.");
    page.locator("#dispute-pin").fill(BrowserUser.PIN);
    page.locator("#open-dispute button.primary").click();
    browserUser.sees(page.locator("#finding .strong"));
    pages.put("dispute", page.url().replaceFirst("https?://[^/]+", "").replaceFirst("[?].*", ""));
    pages.put("disputes", here + "/disputes");
  }

  /**
   * While the rules of accessibility run on one page, the next page is opened in the other tab:
   * both need as long as the other, and each has a processor of its own.
   */
  @ParameterizedTest
  @CsvSource({"en, 360, LIGHT", "zh, 1920, DARK"})
  void everyPageFitsIsAccessibleAndLooksAsApproved(String lang, int width, ColorScheme scheme) {
    var problems = new ArrayList<String>();
    try (var browserUser = browsers.loggedIn(lang, width, scheme)) {
      var tabs = new ArrayDeque<Page>(List.of(browserUser.page(), browserUser.newTab()));
      var examined = new ArrayDeque<String>();
      pages.forEach(
          (name, path) -> {
            var tab = tabs.removeFirst();
            var shot = PageAudit.shot(name, lang, width, scheme);
            problems.addAll(PageAudit.opened(tab, name, path, shot, width));
            ForeignText.on(tab, lang)
                .forEach(text -> problems.add(shot + " is not in the page's language: " + text));
            problems.addAll(PageAudit.fit(tab, shot));
            problems.addAll(approvedLooks.differences(tab, name, lang));
            tab.setViewportSize(width, 900);
            tab.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            PageAudit.startRules(tab);
            finish(tabs, examined, problems);
            tabs.addLast(tab);
            examined.addLast(shot);
          });
      finish(tabs, examined, problems);
    }
    assertThat(problems).isEmpty();
  }

  /** Takes what the rules found in the tab that was examined before. */
  private static void finish(
      ArrayDeque<Page> tabs, ArrayDeque<String> examined, List<String> problems) {
    var shot = examined.pollFirst();
    if (shot != null) {
      PageAudit.rulesBroken(tabs.getLast()).forEach(what -> problems.add(shot + ": " + what));
    }
  }
}
