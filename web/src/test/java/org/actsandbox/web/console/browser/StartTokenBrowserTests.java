package org.actsandbox.web.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.actsandbox.sandbox.database.DataFolder;
import org.junit.jupiter.api.Test;

/** How a person gets in, with the address, with the token pasted, and from a link elsewhere. */
class StartTokenBrowserTests extends InBrowser {

  private static final Path PHOTOGRAPHS = Path.of("target", "screenshots");

  @Test
  void theAddressLetsInAndNothingOfItStays() {
    try (var visitor = browsers.stranger("en", 1280, ColorScheme.LIGHT)) {
      var page = visitor.page();
      visitor.opens("/console/demo/wallet");
      assertThat(page.getByText("Run ./run open on the machine")).isVisible();
      assertThat(page.getByText("请在启动沙箱的机器上运行 ./run open")).isVisible();
      assertThat(page.locator("nav")).hasCount(0);
      page.navigate(server.address());
      assertThat(page).hasURL(server.origin() + "/");
      visitor.opens("/console/demo/wallet");
      assertThat(page).hasURL(Pattern.compile(".*/console/demo/wallet"));
      visitor.sees("¥20,000.00");
    }
  }

  @Test
  void theTokenCanBePasted() {
    try (var visitor = browsers.stranger("en", 1280, ColorScheme.LIGHT)) {
      var page = visitor.page();
      visitor.opens("/console/demo/orders?of=all");
      page.locator("#key").fill("not-the-token");
      page.keyboard().press("Enter");
      visitor.sees("neither the start token nor the admin key");
      page.locator("#key").fill(server.bean(DataFolder.class).startToken());
      page.keyboard().press("Enter");
      assertThat(page).hasURL(server.origin() + "/console/demo/orders?of=all");
      visitor.sees(visitor.heading("^Orders$"));
    }
  }

  /** As the file of {@code ./run open} does: the strict cookie comes with the second request. */
  @Test
  void aPageElsewhereThatLeadsHereLetsInWithoutAnotherClick() {
    try (var visitor = browsers.stranger("en", 1280, ColorScheme.LIGHT)) {
      var page = visitor.page();
      page.navigate(
          "data:text/html,<meta http-equiv=refresh content='0;url=" + server.address() + "'>");
      assertThat(page.locator("main h1")).isVisible();
      assertThat(page.locator("nav[aria-label] a").first()).isVisible();
      assertThat(page).hasURL(server.origin() + "/");
    }
    try (var visitor = browsers.stranger("en", 1280, ColorScheme.LIGHT)) {
      var page = visitor.page();
      page.navigate(
          "data:text/html,<meta http-equiv=refresh content='0;url="
              + server.origin()
              + "/console/demo/wallet'>");
      assertThat(page.locator("#key")).isVisible();
      assertThat(page.locator("#elsewhere")).hasCount(0);
    }
  }

  @Test
  void itIsPhotographed() {
    for (var lang : new String[] {"en", "zh"}) {
      for (int width : new int[] {390, 1280}) {
        for (var scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
          try (var visitor = browsers.stranger(lang, width, scheme)) {
            visitor.opens("/cashier/T-1");
            var page = visitor.page();
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
