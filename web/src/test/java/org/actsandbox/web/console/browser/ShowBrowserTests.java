package org.actsandbox.web.console.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Presents with the keys alone, as a speaker with a clicker does. */
class ShowBrowserTests extends BrowserTestBase {

  @Test
  void aClickerGoesThroughTheTour() {
    try (var browserUser = browsers.loggedIn("en", 1280, ColorScheme.LIGHT)) {
      var page = browserUser.page();
      browserUser.opens("/console/" + server.newWorld("tour").name() + "/show/tour/1");
      assertThat(page.locator("#show-bar")).containsText("1 of 7");
      assertThat(page.locator("input[name=text]")).isFocused();

      page.keyboard().press("PageDown");
      assertThat(page.locator("#show-bar")).containsText("2 of 7");
      page.keyboard().press("PageUp");
      assertThat(page.locator("#show-bar")).containsText("1 of 7");
      page.locator("h1, h2").first().evaluate("_ => document.activeElement.blur()");
      var notes = page.waitForPopup(() -> page.keyboard().press("n"));
      assertThat(notes.locator("#speaker-say")).not().hasText("–");
      page.keyboard().press("PageDown");
      assertThat(page.locator("#show-bar")).containsText("2 of 7");
      page.keyboard().press("r");
      assertThat(page.locator("#show-bar")).containsText("1 of 7");
      assertThat(page).hasURL(Pattern.compile(".*/try.*"));
    }
  }

  /** At the first stop the focus is in the field for the wish, where the key P is a letter. */
  @Test
  void aPlaylistStartsInThePresentersLook() {
    try (var browserUser = browsers.loggedIn("en", 1280, ColorScheme.LIGHT)) {
      var page = browserUser.page();
      var here = "/console/" + server.newWorld("starts").name();
      browserUser.opens(here + "/show");
      page.locator("a[href$='/show/three/1?present']").click();
      assertThat(page.locator("#show-bar")).containsText("1 of 3");
      assertThat(page.locator("html")).hasAttribute("data-present", "on");
      page.keyboard().press("PageDown");
      assertThat(page.locator("#show-bar")).containsText("2 of 3");
      assertThat(page.locator("html")).hasAttribute("data-present", "on");
    }
  }

  /**
   * A play has a world of its own; the next stop and the key R lead to where the person presents.
   */
  @Test
  void theWayOnAndAFreshWorldAreThePresentersAlsoAfterAPlay() {
    try (var browserUser = browsers.loggedIn("en", 1280, ColorScheme.LIGHT)) {
      var page = browserUser.page();
      var here = "/console/" + server.newWorld("home").name();
      browserUser.opens(here + "/show/three/2");
      assertThat(page.locator("#play")).isFocused();
      page.locator("#step-through").click();
      browserUser.sees(page.locator("#play-step"));
      assertThat(page).hasURL(Pattern.compile(".*/console/play-.*"));
      page.keyboard().press("PageDown");
      assertThat(page.locator("#show-bar")).containsText("3 of 3");
      assertThat(page).hasURL(Pattern.compile(".*" + here + "/knowledge"));
      page.goBack();
      assertThat(page).hasURL(Pattern.compile(".*/console/play-.*"));
      page.keyboard().press("r");
      assertThat(page.locator("#show-bar")).containsText("1 of 3");
      assertThat(page).hasURL(Pattern.compile(".*" + here + "/try.*"));
    }
  }

  @Test
  void twoRunsAreComparedAndPlayedStepByStep() {
    try (var browserUser = browsers.loggedIn("en", 1280, ColorScheme.LIGHT)) {
      var page = browserUser.page();
      browserUser.opens("/console/" + server.newWorld("pair").name() + "/show/ten/4");
      assertThat(page.locator("#pair-bait")).isFocused();
      page.keyboard().press("Enter");
      browserUser.sees(page.locator("#first-difference"));
      assertThat(page.locator(".pair-end p").first()).containsText("¥73.00 has left the wallet");
      assertThat(page.locator(".pair-end p").last()).containsText("No money has moved");
      // The bait is in the answer to the intent, long before the cart is refused.
      assertThat(page.locator("#first-difference")).containsText("¥65.70");
      assertThat(page.locator(".attempt mark.hostile")).containsText("¥65.70 in search");
      assertThat(page.locator(".attempt")).containsText("¥7.30 more than the price");
      assertNothingMoves(page);

      page.locator("h1").evaluate("_ => document.activeElement.blur()");
      page.keyboard().press("s");
      var shown = page.locator("#sequence > li:not(.held)");
      assertThat(shown).hasCount(1);
      page.keyboard().press("PageDown");
      assertThat(shown).hasCount(2);
      page.keyboard().press("0");
      assertThat(page.locator("#sequence > li.held")).hasCount(0);
      page.locator("#first-difference a").last().click();
      browserUser.sees(page.locator("#decoder [data-open]").first());
    }
  }

  /**
   * Both agents shop while the audience waits; what one of them obeyed is quoted, and both are
   * judged by what was paid.
   */
  @Test
  void anAgentThatObeysATitleIsSeenBesideACarefulOne() {
    try (var browserUser = browsers.loggedIn("zh", 1280, ColorScheme.LIGHT)) {
      var page = browserUser.page();
      browserUser.opens("/console/" + server.newWorld("obeys").name() + "/show/ten/3");
      assertThat(page.locator("#pair-obeys")).isFocused();
      page.keyboard().press("Enter");
      browserUser.sees(page.locator("#first-difference"));
      assertThat(page.locator("#show-bar")).containsText("第 3 站");
      assertThat(page.locator(".pair-quote mark.hostile")).containsText("ignore the budget");
      var ends = page.locator(".pair-end > div");
      assertThat(ends.first())
          .containsText(Pattern.compile("谨慎的智能体.*通过.*八八集市支付了 ¥33.90", Pattern.DOTALL));
      assertThat(ends.last())
          .containsText(Pattern.compile("未通过.*支付了 ¥158.90，多付了 ¥108.90", Pattern.DOTALL));
      assertThat(page.locator("#first-difference")).containsText("¥33.90");
      assertThat(page.locator("#first-difference")).containsText("¥158.90");
      var attempts = page.locator(".pair-attempts .attempt");
      assertThat(attempts.first())
          .containsText(Pattern.compile("这件商品要 ¥158.90.*¥33.90", Pattern.DOTALL));
      assertThat(attempts.last())
          .containsText(Pattern.compile("这件商品要 ¥158.90.*¥158.90", Pattern.DOTALL));

      page.keyboard().press("s");
      assertThat(page.locator("#sequence > li:not(.held)")).hasCount(1);
      assertNothingMoves(page);
      attempts.first().locator("a").click();
      browserUser.sees(page.locator("main mark.hostile, main .hostile").first());
    }
  }

  /** The window is so high that all of the page is in it: what is below the window cannot move. */
  private static void assertNothingMoves(Page page) {
    var shown = page.viewportSize();
    page.setViewportSize(shown.width, 2_000);
    assertThat(FirstView.shiftsWithLateScripts(page)).isEmpty();
    page.setViewportSize(shown.width, shown.height);
  }

  @Test
  void aMessageWaitsForItsTurnAtAPace() {
    try (var browserUser = browsers.loggedIn("en", 1280, ColorScheme.LIGHT)) {
      var page = browserUser.page();
      var world = server.newWorld("pace");
      browserUser.opens("/console/" + world.name() + "/try");
      browserUser.says("a train to Shanghai tomorrow morning");
      browserUser.sees(page.locator("#confirm-choice"));
      page.locator("h2").first().evaluate("_ => document.activeElement.blur()");
      page.keyboard().press("s");
      page.locator("#confirm-choice").click();
      var shown = page.locator("#sequence > li:not(.held)");
      var held = page.locator("#pace-held");
      int before = shown.count();
      assertThat(held).containsText(Pattern.compile("[1-9]"));
      assertThat(shown).hasCount(before);

      // An answer may complete a row that is shown already; the next message has a row of its own.
      for (int presses = 0; presses < 20 && shown.count() == before; presses++) {
        assertThat(held).containsText(Pattern.compile("[1-9]"));
        page.keyboard().press("PageDown");
      }

      assertThat(shown).hasCount(before + 1);
      page.keyboard().press("0");
      assertThat(page.locator("#sequence > li.held")).hasCount(0);
      // Messages that the agent sends only now are not held any more.
      page.waitForFunction(
          "least => document.querySelectorAll('#sequence > li').length >= least", before + 2);
    }
  }
}
