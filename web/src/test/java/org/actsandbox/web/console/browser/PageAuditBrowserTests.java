package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.Test;

/** Tests that the audit rejects a page that is spoiled on purpose. */
class PageAuditBrowserTests extends BrowserTestBase {

  @Test
  void theAuditFindsTheFaultsOfASpoiledPage() {
    try (var browserUser = browsers.anonymous("en", 360, ColorScheme.LIGHT)) {
      var page = browserUser.page();
      browserUser.opens("/console/login");
      assertThat(PageAudit.ofShown(page, "sound.jpg")).isEmpty();
      // From the second page on the browser loads the rules itself.
      browserUser.opens("/console/login");

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

      assertThat(PageAudit.ofShown(page, "spoiled.jpg"))
          .anyMatch(problem -> problem.startsWith("spoiled.jpg overflows: DIV. "))
          .anyMatch(problem -> problem.startsWith("spoiled.jpg: button-name "))
          .anyMatch(problem -> problem.startsWith("spoiled.jpg: color-contrast "))
          .hasSizeGreaterThanOrEqualTo(3);
    }
  }
}
