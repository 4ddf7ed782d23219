package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the three doors of the start page lead besides their own rooms. */
class HomeBrowserTests extends BrowserTestBase {

  @ParameterizedTest
  @CsvSource({"you, en", "merchant, zh", "agent, en"})
  void eachDoorLeadsToScenariosDelegationsAndEvidence(String door, String lang) {
    try (var browserUser = browsers.visitor(lang)) {
      browserUser.opens("/");
      var links = browserUser.page().locator(".door." + door + " .also a");
      var ways = new ArrayList<String>();
      for (var link : links.all()) {
        ways.add(link.getAttribute("href"));
        assertThat(link.boundingBox().height).isGreaterThanOrEqualTo(24);
      }
      assertThat(ways).hasSize(3);
      assertThat(ways.get(0)).contains("/scenarios");
      assertThat(ways.get(1)).endsWith("/delegations");
      assertThat(ways.get(2)).endsWith("/evidence");
      for (var way : ways) {
        assertThat(browserUser.page().navigate(way).status()).as(way).isEqualTo(200);
      }
      browserUser.opens(ways.getFirst());
      assertThat(browserUser.page().locator("article.scenario").count()).isPositive();
    }
  }
}
