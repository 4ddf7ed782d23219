package org.actsandbox.web.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.RequestOptions;
import java.time.Duration;
import java.util.regex.Pattern;
import org.actsandbox.protocol.journal.JournalNote.Kind;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.rule.ActRule;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.junit.jupiter.api.Test;

/** Tests that the labels of rules and components show their sentence and link to it. */
class RulesBrowserTests extends BrowserTestBase {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final String SCENARIO = "sold-out-at-confirmation";

  @Test
  void theChipsOfAnExchangeLeadToItsComponentAndItsRule() {
    var world = server.newWorld("rules");
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      var intents = "/w/" + world.name() + "/merchants/luma-mart/intents";
      page.request().post(server.origin() + intents, RequestOptions.create().setData("{}"));
      var seq =
          world
              .journalStore()
              .follow(0)
              .filter(entry -> entry.kind() == Kind.EXCHANGE)
              .filter(entry -> entry.component().equals(ActComponent.CID_INT_XFR.code()))
              .map(JournalEntry::seq)
              .blockFirst(TIMEOUT);
      browserUser.opens("/console/" + world.name() + "/journal/" + seq);

      leads(
          page.locator("#decoder a.chip", exactly("CID-INT-XFR")),
          "#cid-int-xfr",
          "Intent context");
      page.goBack();
      leads(page.locator("#decoder a.chip", exactly("CID-2")), "#cid-2", "and no more");
      assertThat(page.locator("#cid-2")).not().containsText("IntentTests");
      page.locator("#cid-2 a[href*='?rule=']").click();
      assertThat(page.locator("article.rule")).hasCount(1);
      assertThat(page.locator("#cid-2")).containsText("IntentTests");
      assertThat(page.locator("#cid-2")).containsText("POST /merchants/{merchant}/intents");
    }
  }

  @Test
  void theChipsOfAScenarioLeadToItsRulesInTheReadersLanguage() {
    try (var browserUser = browsers.loggedIn("zh")) {
      var page = browserUser.page();
      browserUser.opens("/console/demo/scenarios/" + SCENARIO);
      leads(page.locator("a.chip", exactly("CID-8")), "#cid-8", "确认的购物车被锁定");
      var rule = page.locator("#cid-8");
      assertThat(rule).containsText("必须");
      rule.locator("a[href*='?rule=']").click();
      page.onRequest(request -> assertThat(request.url()).startsWith(server.origin()));
      rule.locator("a[href$='" + SCENARIO + "']").first().click();
      assertThat(page).hasURL(Pattern.compile(".*/console/demo/scenarios/" + SCENARIO));
    }
  }

  @Test
  void aGapIsExplainedBesideItsStatement() {
    try (var browserUser = browsers.loggedIn("en")) {
      browserUser.opens("/rules");
      assertThat(browserUser.page().locator("#psd-2-f")).containsText("Not covered");
      assertThat(browserUser.page().locator("article.rule")).hasCount(ActRule.values().length);
      assertThat(browserUser.page().locator(".rule-component"))
          .hasCount(ActComponent.values().length);
    }
  }

  private static Page.LocatorOptions exactly(String text) {
    return new Page.LocatorOptions().setHasText(Pattern.compile("^" + text + "$"));
  }

  /** Checks that the sentence is the label’s title and stands at the target of its link. */
  private static void leads(Locator chip, String anchor, String sentence) {
    assertThat(chip).hasAttribute("href", "/rules" + anchor);
    assertThat(chip).hasAttribute("title", Pattern.compile(sentence));
    chip.click();
    assertThat(chip.page()).hasURL(Pattern.compile(".*/rules" + anchor + "$"));
    assertThat(chip.page().locator(anchor)).containsText(sentence);
  }
}
