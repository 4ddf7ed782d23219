package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;

/** Shows that {@link FirstView} notices a page that moves and a page that is too heavy. */
class FirstViewBrowserTests extends BrowserTestBase {

  private static final String PAGE = "/console/login";

  @Test
  void noticesWhatComesInAboveTheRestAfterTheFirstPicture() {
    try (var browserUser = browsers.anonymous("en", 1280, ColorScheme.LIGHT)) {
      var page = browserUser.page();
      browserUser.opens(PAGE);
      assertThat(FirstView.problems(page, "still")).isEmpty();
      page.addInitScript(
          """
          addEventListener('load', () => requestAnimationFrame(() => requestAnimationFrame(() => {
            const late = document.createElement('div');
            late.style.height = '200px';
            document.body.prepend(late);
          })));
          """);
      browserUser.opens(PAGE);
      assertThat(FirstView.problems(page, "moving"))
          .anyMatch(problem -> problem.startsWith("moving moves after it is shown: "));
    }
  }

  @Test
  void countsWhatThePageAndItsPartsTakeAlthoughThePartsAreCached() {
    try (var browserUser = browsers.anonymous("en", 1280, ColorScheme.LIGHT)) {
      var page = browserUser.page();
      browserUser.opens(PAGE);
      int first = FirstView.bytes(page);
      browserUser.opens(PAGE);
      assertThat(FirstView.bytes(page))
          .isBetween(first - 1_000, first + 1_000)
          .isGreaterThan(40_000);
      page.route("**/assets/**/base.css", FirstViewBrowserTests::makeHeavy);
      page.route("**/assets/**/parts.css", FirstViewBrowserTests::makeHeavy);
      browserUser.opens(PAGE);
      assertThat(FirstView.problems(page, "heavy"))
          .anyMatch(problem -> problem.startsWith("heavy takes "));
    }
  }

  private static void makeHeavy(Route route) {
    var answer = route.fetch();
    route.fulfill(
        new Route.FulfillOptions()
            .setResponse(answer)
            .setBody(answer.text() + "/*" + "x".repeat(100_000) + "*/"));
  }
}
