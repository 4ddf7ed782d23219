package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.util.List;
import java.util.Map;
import org.actsandbox.web.console.principal.ConsoleApiClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests how a person buys without a mouse: everything is reached, and few keys are needed. */
class KeyboardBrowserTests extends BrowserTestBase {

  @Test
  void aPurchaseWorksWithTheKeyboardAlone() {
    var world = server.newWorld("keys");
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      browserUser.opens("/console/" + world.name() + "/try");
      PlaywrightAssertions.assertThat(page.locator("form.message-form input[name=text]"))
          .isFocused();
      page.keyboard().type(SEED);
      page.keyboard().press("Enter");
      browserUser.sees(page.locator("#confirm-choice"));
      browserUser.tabsTo("#confirm-choice");
      page.keyboard().press("Enter");
      browserUser.sees(page.locator("a[id^=pay-]"));
      browserUser.tabsTo("a[id^=pay-]");
      page.keyboard().press("Enter");
      PlaywrightAssertions.assertThat(page.locator("#pin")).isFocused();
      page.keyboard().type(BrowserUser.PIN);
      page.keyboard().press("Enter");
      browserUser.sees(browserUser.heading("^Paid$"));
    }
  }

  /**
   * The focus is always on what to do next, so that a reader without a mouse never looks for it.
   */
  @ParameterizedTest
  @ValueSource(strings = {"en", "zh"})
  void theSeedStoryNeedsFewKeys(String lang) {
    var world = server.newWorld("few-keys-" + lang);
    try (var browserUser = browsers.loggedIn(lang)) {
      var page = browserUser.page();
      var keys = new KeyPresses(page);
      browserUser.opens("/?world=" + world.name());
      for (var next : List.of("#wish", "#confirm-choice", "a[id^=pay-]")) {
        PlaywrightAssertions.assertThat(page.locator(next).first()).isFocused();
        keys.press("Enter");
      }
      PlaywrightAssertions.assertThat(page.locator("#pin")).isFocused();
      BrowserUser.PIN.chars().mapToObj(Character::toString).forEach(keys::press);
      keys.press("Enter");
      PlaywrightAssertions.assertThat(page.locator("main a.btn.primary")).isFocused();
      keys.press("Enter");
      browserUser.sees(page.locator(".ticket"));
      PlaywrightAssertions.assertThat(page.locator("#offers-title")).isFocused();
      assertThat(keys.count()).isLessThanOrEqualTo(30);
    }
  }

  /** What a reader types is not interrupted by offers that arrive. */
  @Test
  void offersThatArriveLeaveTheFocusWithAReaderWhoTypes() {
    var world = server.newWorld("types-on");
    server
        .bean(ConsoleApiClient.class)
        .callControlApi(
            "POST",
            world,
            "/faults",
            Map.of(
                "name", "delay", "operation", "POST /intents", "parameters", Map.of("ms", 1_200)));
    try (var browserUser = browsers.loggedIn("en")) {
      var page = browserUser.page();
      var field = page.locator("form.message-form input[name=text]");
      browserUser.opens("/console/" + world.name() + "/try");
      browserUser.says(SEED);
      PlaywrightAssertions.assertThat(page.locator("#agent-status"))
          .hasText("The agent is at work");
      field.click();
      page.keyboard().type("a later");
      browserUser.sees(page.locator("#confirm-choice"));
      PlaywrightAssertions.assertThat(field).isFocused();
      PlaywrightAssertions.assertThat(field).hasValue("a later");
    }
  }

  /** Presses keys and counts them. */
  private static final class KeyPresses {

    private final Page page;
    private int count;

    KeyPresses(Page page) {
      this.page = page;
    }

    void press(String key) {
      page.keyboard().press(key);
      count++;
    }

    int count() {
      return count;
    }
  }
}
