package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;

/** A page that is spoiled on purpose does not pass. */
class SurveyBrowserTests extends InBrowser {

  @Test
  void whatIsSpoiledIsFound() {
    try (var visitor = browsers.stranger("en", 360, ColorScheme.LIGHT)) {
      var page = visitor.page();
      visitor.opens("/console/login");
      assertThat(Survey.ofShown(page, "sound.jpg")).isEmpty();
      // From the second page on the rules come with it.
      visitor.opens("/console/login");

      page.evaluate(
          """
          () => {
            const add = (tag, style, text) => {
              const made = document.createElement(tag);
              Object.assign(made.style, style);
              made.textContent = text;
              document.querySelector('main').append(made);
            };
            add('div', {width: '900px', height: '9px'}, '');
            add('button', {width: '44px', height: '44px'}, '');
            add('p', {color: '#aaa', background: '#fff'}, 'Hardly to be read');
          }
          """);

      assertThat(Survey.ofShown(page, "spoiled.jpg"))
          .anyMatch(problem -> problem.startsWith("spoiled.jpg overflows: DIV. "))
          .anyMatch(problem -> problem.startsWith("spoiled.jpg: button-name "))
          .anyMatch(problem -> problem.startsWith("spoiled.jpg: color-contrast "))
          .hasSizeGreaterThanOrEqualTo(3);
    }
  }
}
