package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Is a person with a browser. A complaint of the browser (policy violations, script errors,
 * requests that leave the machine) fails the test when the browser is closed.
 */
final class BrowserUser implements AutoCloseable {

  static final String PIN = "246810";

  private final BrowserContext context;
  private final Consumer<BrowserContext> ended;
  private final Page page;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  /**
   * @param ended takes the context, without the traces of this user, when the browser is closed
   */
  BrowserUser(BrowserContext context, Consumer<BrowserContext> ended) {
    this.context = context;
    this.ended = ended;
    this.page = newTab();
  }

  /** Opens another tab, whose complaints count like those of the first. */
  Page newTab() {
    var page = context.newPage();
    FirstView.watch(page);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") && !isExpected(message.text())) {
            complaints.add(message.text());
          }
        });
    page.onPageError(complaints::add);
    page.onRequest(
        request -> {
          if (!request.url().startsWith(ConsoleServer.shared().origin())
              && !request.url().startsWith("data:")) {
            complaints.add("left the machine: " + request.url());
          }
        });
    return page;
  }

  /**
   * Chromium reports every 4xx answer and every cut connection as an error, but tests cause them on
   * purpose.
   */
  private static boolean isExpected(String text) {
    return text.startsWith("Failed to load resource: the server responded with a status of 4")
        || text.startsWith("Failed to load resource: net::ERR_FAILED")
        || text.contains("htmx:sseError")
        || text.equals("Event");
  }

  Page page() {
    return page;
  }

  /** Sets the session cookie without opening a page, as the address with the start token does. */
  void logsIn() {
    var cookie = ConsoleServer.shared().cookie().split("=", 2);
    context.addCookies(
        List.of(
            new Cookie(cookie[0], cookie[1])
                .setUrl(ConsoleServer.shared().origin())
                .setHttpOnly(true)
                .setSameSite(SameSiteAttribute.STRICT)));
  }

  /** Opens a page, and waits for the parts that it asks for after it was shown. */
  void opens(String path) {
    page.navigate(path);
    page.waitForFunction("() => !document.querySelector('.late-now')");
  }

  void says(String sentence) {
    page.locator("form.message-form input[name=text]").fill(sentence);
    page.locator("form.message-form button").click();
  }

  /** Moves the focus with the Tab key alone. */
  void tabsTo(String selector) {
    for (int i = 0; i < 200; i++) {
      page.keyboard().press("Tab");
      var there = page.evaluate("s => document.activeElement.matches(s)", selector);
      if (Boolean.TRUE.equals(there)) {
        return;
      }
    }
    throw new AssertionError("the tab key never reached " + selector);
  }

  void click(AriaRole role, Pattern name) {
    page.getByRole(role, new Page.GetByRoleOptions().setName(name)).first().click();
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile(name)));
  }

  Locator heading(String name) {
    return page.getByRole(
        AriaRole.HEADING, new Page.GetByRoleOptions().setName(Pattern.compile(name)));
  }

  void sees(Locator what) {
    PlaywrightAssertions.assertThat(what.first()).isVisible();
  }

  void sees(String text) {
    sees(page.getByText(Pattern.compile(text)));
  }

  void entersPin(String pin) {
    page.locator("#pin").fill(pin);
  }

  @Override
  public void close() {
    if (forgetsWhatItStored()) {
      List.copyOf(context.pages()).forEach(Page::close);
      context.clearCookies();
      ended.accept(context);
    } else {
      context.close();
    }
    assertThat(complaints).as("what the browser complained about").isEmpty();
  }

  /** Returns false if no page of the sandbox is open, which alone could remove it. */
  private boolean forgetsWhatItStored() {
    return !page.isClosed()
        && Boolean.TRUE.equals(
            page.evaluate("() => location.origin !== 'null' && (localStorage.clear(), true)"));
  }
}
