package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Tests the seed story as people meet it who use a screen reader, a narrow window, large type or
 * the colours of their system.
 */
class AccessBrowserTests extends BrowserTestBase {

  private static final String SIDEWAYS =
      "() => document.documentElement.scrollWidth - document.documentElement.clientWidth";

  /** Whether the offers scroll in a box that is lower than four lines. */
  private static final String SLIT =
      """
      () => [...document.querySelectorAll('#offers > .body')].some(body =>
          body.clientHeight > 0 && body.clientHeight < 100 && body.scrollHeight > body.clientHeight)
      """;

  @Test
  void theSeedStoryFitsEveryReaderAndSaysWhatHasArrived() {
    var world = server.newWorld("access");
    try (var browserUser = browsers.loggedIn("en", 1280, ColorScheme.LIGHT)) {
      var page = browserUser.page();
      browserUser.opens("/console/" + world.name() + "/try");
      page.keyboard().type(SEED);
      page.keyboard().press("Enter");
      PlaywrightAssertions.assertThat(page.locator("#agent-status"))
          .hasText("12 offers. The agent recommends one and waits for your choice.");
      // The element that a screen reader listens to is the same one, with other words.
      page.locator("#agent-status").evaluate("status => { status.isKept = true; }");
      marksTheChoiceInForcedColours(page);
      fits(page);
      page.locator("#confirm-choice").focus();
      page.keyboard().press("Enter");
      browserUser.sees(page.locator("a[id^=pay-]"));
      PlaywrightAssertions.assertThat(page.locator("#agent-status"))
          .hasText("The agent waits for your decision.");
      assertThat(page.evaluate("() => document.getElementById('agent-status').isKept"))
          .isEqualTo(true);
      fits(page);
      page.locator("a[id^=pay-]").first().focus();
      page.keyboard().press("Enter");
      PlaywrightAssertions.assertThat(page.locator("#pin")).isFocused();
      fits(page);
      page.locator("#pin").focus();
      page.keyboard().type(BrowserUser.PIN);
      page.keyboard().press("Enter");
      browserUser.sees(browserUser.heading("^Paid$"));
      page.locator("a.btn.primary").first().focus();
      page.keyboard().press("Enter");
      browserUser.sees(page.locator(".ticket"));
      PlaywrightAssertions.assertThat(page.locator("#agent-status"))
          .hasText("It is bought and delivered.");
      assertThat(page.evaluate("() => document.getAnimations().length"))
          .as("movements although the reader wants none")
          .isEqualTo(0);
    }
  }

  /** The chosen offer has an edge that the system's colours keep, and its field is shown. */
  private static void marksTheChoiceInForcedColours(Page page) {
    page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
    var chosen = page.locator(".offer:has(:checked)").first();
    assertThat(chosen.evaluate("it => getComputedStyle(it).outlineStyle")).isEqualTo("solid");
    assertThat(chosen.locator("input").evaluate("it => getComputedStyle(it).opacity"))
        .isEqualTo("1");
    assertThat(
            page.locator("svg.seats .chosen rect")
                .first()
                .evaluate("it => getComputedStyle(it).fill"))
        .isNotEqualTo(
            page.locator("svg.seats a:not(.chosen) rect")
                .first()
                .evaluate("it => getComputedStyle(it).fill"));
    assertThat(PageAudit.accessibilityProblems(page)).isEmpty();
    page.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.NONE));
  }

  /**
   * The page does not scroll sideways on the narrowest phone and at twice the size of type, and the
   * main button can be pressed there.
   */
  private static void fits(Page page) {
    var problems = new ArrayList<String>();
    for (var size : List.of(List.of(320, 568), List.of(640, 360))) {
      page.setViewportSize(size.getFirst(), size.getLast());
      if (!Integer.valueOf(0).equals(page.evaluate(SIDEWAYS))) {
        problems.add(page.url() + " scrolls sideways at " + size);
      }
      var button = page.locator("main .btn.primary:visible").last();
      button.scrollIntoViewIfNeeded();
      PlaywrightAssertions.assertThat(button)
          .isInViewport(new LocatorAssertions.IsInViewportOptions().setRatio(0.9));
      if (Boolean.TRUE.equals(page.evaluate(SLIT))) {
        problems.add(page.url() + " shows its offers through a slit at " + size);
      }
    }
    page.setViewportSize(1280, 720);
    assertThat(problems).isEmpty();
  }
}
