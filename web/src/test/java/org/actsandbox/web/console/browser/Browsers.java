package org.actsandbox.web.console.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs one Chromium for all browser tests of the process. Each user gets new tabs in a browser
 * context that nobody else has at that time: the next user of the same look finds the styles and
 * scripts there that a new context would load and compile again, and nothing else.
 */
final class Browsers {

  private static final Browsers SHARED = new Browsers();

  private final Playwright playwright;
  private final Browser browser;
  private final Map<Look, Deque<BrowserContext>> kept = new HashMap<>();

  private record Look(String lang, int width, ColorScheme scheme) {}

  /** The timeout is long, because a busy machine is slow. */
  private static final double TIMEOUT_MILLIS = 60_000;

  private Browsers() {
    PlaywrightAssertions.setDefaultAssertionTimeout(TIMEOUT_MILLIS);
    // Chromium of Debian is used if it is installed, else Playwright's own browser.
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
                    "--disable-background-networking",
                    // A page is left before an optimizing compiler of scripts has paid for itself.
                    "--js-flags=--no-opt,--no-maglev"));
    if (installed != null) {
      options.setExecutablePath(installed);
    }
    browser = playwright.chromium().launch(options);
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
  }

  static Browsers shared() {
    return SHARED;
  }

  /** Prefers the browser without windows, which has the same engine and needs no desktop. */
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

  BrowserUser loggedIn(String lang) {
    return loggedIn(lang, 1440, ColorScheme.LIGHT);
  }

  /** Returns a user who has the session that the address printed by {@code ./run} gives. */
  BrowserUser loggedIn(String lang, int width, ColorScheme scheme) {
    var browserUser = anonymous(lang, width, scheme);
    browserUser.logsIn();
    return browserUser;
  }

  /** Returns a user without the start token. */
  BrowserUser anonymous(String lang, int width, ColorScheme scheme) {
    var look = new Look(lang, width, scheme);
    var context = kept.computeIfAbsent(look, key -> new ArrayDeque<>()).poll();
    return new BrowserUser(
        context != null ? context : newContext(look), ended -> kept.get(look).add(ended));
  }

  private BrowserContext newContext(Look look) {
    var context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(look.width(), 900)
                .setLocale(look.lang().equals("zh") ? "zh-CN" : "en-GB")
                .setColorScheme(look.scheme())
                .setReducedMotion(com.microsoft.playwright.options.ReducedMotion.REDUCE)
                .setBaseURL(ConsoleServer.shared().origin()));
    context.setDefaultTimeout(TIMEOUT_MILLIS);
    return context;
  }

  /** Returns a page of no site, for scripts that need none. */
  Page blankPage() {
    return browser.newPage();
  }

  private void close() {
    browser.close();
    playwright.close();
  }
}
