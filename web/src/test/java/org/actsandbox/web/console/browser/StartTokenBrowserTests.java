package org.actsandbox.web.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.database.DataFolder;
import org.junit.jupiter.api.Test;

/**
 * Tests how a person logs in: with the address, with the pasted token, and from a link on another
 * site.
 */
class StartTokenBrowserTests extends BrowserTestBase {

  private static final Path PHOTOGRAPHS = Path.of("target", "screenshots");

  @Test
  void theAddressLogsInAndItsTokenDisappears() {
    try (var browserUser = browsers.anonymous("en", 1280, ColorScheme.LIGHT)) {
      var page = browserUser.page();
      browserUser.opens("/console/demo/wallet");
      assertThat(page.getByText("Run ./run open on the machine")).isVisible();
      assertThat(page.getByText("请在启动沙箱的机器上运行 ./run open")).isVisible();
      assertThat(page.locator("nav")).hasCount(0);
      page.navigate(server.address());
      assertThat(page).hasURL(server.origin() + "/");
      browserUser.opens("/console/demo/wallet");
      assertThat(page).hasURL(Pattern.compile(".*/console/demo/wallet"));
      browserUser.sees("¥20,000.00");
    }
  }

  @Test
  void theTokenCanBePasted() {
    try (var browserUser = browsers.anonymous("en", 1280, ColorScheme.LIGHT)) {
      var page = browserUser.page();
      browserUser.opens("/console/demo/orders?of=all");
      page.locator("#key").fill("not-the-token");
      page.keyboard().press("Enter");
      browserUser.sees("neither the start token nor the admin key");
      page.locator("#key").fill(server.bean(DataFolder.class).startToken());
      page.keyboard().press("Enter");
      assertThat(page).hasURL(server.origin() + "/console/demo/orders?of=all");
      browserUser.sees(browserUser.heading("^Orders$"));
    }
  }

  /**
   * The file of {@code ./run open} links like this: the browser sends the strict cookie with the
   * second request.
   */
  @Test
  void aLinkOnAnotherSiteLogsInWithoutAnotherClick() {
    try (var browserUser = browsers.anonymous("en", 1280, ColorScheme.LIGHT)) {
      var page = browserUser.page();
      page.navigate(
          "data:text/html,<meta http-equiv=refresh content='0;url=" + server.address() + "'>");
      assertThat(page.locator("main h1")).isVisible();
      assertThat(page.locator("nav[aria-label] a").first()).isVisible();
      assertThat(page).hasURL(server.origin() + "/");
    }
    try (var browserUser = browsers.anonymous("en", 1280, ColorScheme.LIGHT)) {
      var page = browserUser.page();
      page.navigate(
          "data:text/html,<meta http-equiv=refresh content='0;url="
              + server.origin()
              + "/console/demo/wallet'>");
      assertThat(page.locator("#key")).isVisible();
      assertThat(page.locator("#cross-site")).hasCount(0);
    }
  }

  @Test
  void theLoginPageIsPhotographed() {
    for (var lang : new String[] {"en", "zh"}) {
      for (int width : new int[] {390, 1280}) {
        for (var scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
          try (var browserUser = browsers.anonymous(lang, width, scheme)) {
            browserUser.opens("/cashier/T-1");
            var page = browserUser.page();
            assertThat(page.locator("#key")).isFocused();
            var wide = page.evaluate("() => document.documentElement.scrollWidth <= innerWidth");
            org.assertj.core.api.Assertions.assertThat(wide).isEqualTo(true);
            var name = "how-to-get-in-%s-%d-%s.png".formatted(lang, width, scheme);
            page.screenshot(
                new Page.ScreenshotOptions().setPath(PHOTOGRAPHS.resolve(name)).setFullPage(true));
          }
        }
      }
    }
  }
}
