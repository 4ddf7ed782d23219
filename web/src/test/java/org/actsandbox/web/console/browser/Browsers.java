package org.actsandbox.web.console.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** One Chromium for a test class; every visitor gets a context of its own. */
final class Browsers implements AutoCloseable {

  private final Playwright playwright;
  private final Browser browser;

  /** A busy machine is slow, not wrong. */
  private static final double PATIENCE_MILLIS = 60_000;

  Browsers() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    // Debian's package is driven; Playwright's own browser is used only where there is none.
    var installed = installed();
    playwright =
        Playwright.create(
            new Playwright.CreateOptions()
                .setEnv(
                    installed == null
                        ? Map.of()
                        : Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    var options =
        new BrowserType.LaunchOptions()
            .setHeadless(true)
            .setArgs(
                List.of(
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-background-networking"));
    if (installed != null) {
      options.setExecutablePath(installed);
    }
    browser = playwright.chromium().launch(options);
  }

  private static @org.jspecify.annotations.Nullable Path installed() {
    return Stream.of(System.getenv("CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser")
        .filter(Objects::nonNull)
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  Visitor visitor(String lang) {
    return visitor(lang, 1440, ColorScheme.LIGHT);
  }

  Visitor visitor(String lang, int width, ColorScheme scheme) {
    var context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setLocale(lang.equals("zh") ? "zh-CN" : "en-GB")
                .setColorScheme(scheme)
                .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE)
                .setBaseURL(ConsoleServer.shared().origin()));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    return new Visitor(context);
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
