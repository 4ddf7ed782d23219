package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the further links of the three cards of the start page. */
class HomeBrowserTests extends BrowserTestBase {

  @ParameterizedTest
  @CsvSource({"principal, en", "merchant, zh", "agent, en"})
  void eachGuideLeadsToScenariosDelegationsAndEvidence(String role, String lang) {
    try (var browserUser = browsers.loggedIn(lang)) {
      browserUser.opens("/");
      var links = browserUser.page().locator(".role-card." + role + " .also a");
      var addresses = new ArrayList<String>();
      for (var link : links.all()) {
        addresses.add(link.getAttribute("href"));
        assertThat(link.boundingBox().height).isGreaterThanOrEqualTo(24);
      }
      // The card of merchants begins with the one guide that the others do not have.
      var others = new ArrayList<>(addresses);
      others.removeIf(address -> address.endsWith("/alipay"));
      assertThat(others).hasSize(3);
      assertThat(others.get(0)).contains("/scenarios");
      assertThat(others.get(1)).endsWith("/delegations");
      assertThat(others.get(2)).endsWith("/evidence");
      for (var address : addresses) {
        assertThat(browserUser.page().navigate(address).status()).as(address).isEqualTo(200);
      }
      browserUser.opens(others.getFirst());
      assertThat(browserUser.page().locator("article.scenario, .theme .titles li").count())
          .isPositive();
    }
  }

  @Test
  void aSentenceOnTheStartPageStartsAPurchase() {
    try (var browserUser = browsers.loggedIn("en", 1280, ColorScheme.LIGHT)) {
      var page = browserUser.page();
      browserUser.opens("/?world=" + server.newWorld("home").name());
      assertThat(page.locator("#start").boundingBox().y).isLessThan(720);
      var stories = new ArrayList<String>();
      for (var story : page.locator("a.story").all()) {
        stories.add(story.getAttribute("href"));
      }
      assertThat(stories).hasSize(10).doesNotHaveDuplicates();
      page.locator("#start").click();
      browserUser.sees(page.locator("#turns .message.sent"));
      for (var story : stories) {
        assertThat(page.request().get(story).status()).as(story).isEqualTo(200);
      }
    }
  }
}
