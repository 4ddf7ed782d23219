package org.actsandbox.web.console.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One Chromium for all browser tests of the process; every visitor gets a context of its own. */
final class Browsers {

  private static final Browsers SHARED = new Browsers();

  private final Playwright playwright;
  private final Browser browser;

  /** A busy machine is slow, not wrong. */
  private static final double PATIENCE_MILLIS = 60_000;

  private Browsers() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    // Debian's packages are driven; Playwright's own browser is used only where there is none.
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
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  static Browsers shared() {
    return SHARED;
  }

  /** The one without windows first: the same engine, without what draws a desktop's browser. */
  private static @Nullable Path installed() {
    return Stream.of(
            System.getenv("ACT_CHROMIUM"),
            "/usr/bin/chromium-headless-shell",
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser")
        .filter(Objects::nonNull)
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  BrowserUser visitor(String lang) {
    return visitor(lang, 1440, ColorScheme.LIGHT);
  }

  /** A person who came by the address that {@code ./run} printed. */
  BrowserUser visitor(String lang, int width, ColorScheme scheme) {
    var browserUser = stranger(lang, width, scheme);
    browserUser.isLetIn();
    return browserUser;
  }

  /** A browser that was not given the start token. */
  BrowserUser stranger(String lang, int width, ColorScheme scheme) {
    var context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setLocale(lang.equals("zh") ? "zh-CN" : "en-GB")
                .setColorScheme(scheme)
                .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE)
                .setBaseURL(ConsoleServer.shared().origin()));
    context.setDefaultTimeout(PATIENCE_MILLIS);
    return new BrowserUser(context);
  }

  /** A page of no site, for scripts that need none. */
  Page blankPage() {
    return browser.newPage();
  }

  private void close() {
    browser.close();
    playwright.close();
  }
}
