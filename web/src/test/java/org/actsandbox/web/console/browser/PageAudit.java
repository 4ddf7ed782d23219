package org.actsandbox.web.console.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Examines one page: it answers, it fits a phone and a large screen, and it is accessible. With
 * {@code -Dact.photographs=true} it photographs what it examines, which takes a third of the time.
 */
final class PageAudit {

  private static final Path SHOTS = Path.of("target", "screenshots");

  private static final boolean PHOTOGRAPHS = Boolean.getBoolean("act.photographs");

  /** The widths of a phone and of a large screen, in pixels. */
  private static final List<Integer> WIDTHS = List.of(360, 1920);

  /**
   * The script of the accessibility rules. The browser gets it once for all pages and keeps it
   * compiled: {@link AxeBuilder} sends it with every page, which takes a third of the time of all
   * rules.
   */
  private static final String AXE = script();

  private PageAudit() {}

  /** A page is at most this long: 150 KB, as the browser shows its source. */
  private static final int MOST_CHARS = 150 * 1024;

  /** Pages that may be longer: a shared run has all its messages on one page. */
  private static final Set<String> LONGER = Set.of("shared");

  /** Higher pages on a large screen are folded. */
  private static final int MOST_HEIGHT = 3_000;

  /**
   * Opens a page and returns its problems; empty for a page that answers, fits and is accessible.
   */
  static List<String> of(
      Page page, String name, String path, String lang, int width, ColorScheme scheme) {
    var shot = shot(name, lang, width, scheme);
    var problems = opened(page, name, path, shot, width);
    problems.addAll(ofShown(page, shot));
    return problems;
  }

  /** Returns the name of a page in one look, which is also the name of its photograph. */
  static String shot(String name, String lang, int width, ColorScheme scheme) {
    return "%s-%s-%d-%s.jpg".formatted(name, lang, width, scheme.name().toLowerCase(Locale.ROOT));
  }

  /** Opens a page and returns the problems of its answer and its size. */
  static List<String> opened(Page page, String name, String path, String shot, int width) {
    var problems = new ArrayList<String>();
    var answer = page.navigate(path);
    if (answer.status() >= 500) {
      problems.add(shot + " answers " + answer.status());
    }
    int length = page.content().length();
    if (length > MOST_CHARS && !LONGER.contains(name)) {
      problems.add(shot + " has " + length + " characters");
    }
    problems.addAll(FirstView.problems(page, shot));
    if (width == WIDTHS.getLast()) {
      var height = (Integer) page.evaluate("() => document.documentElement.scrollHeight");
      if (height > MOST_HEIGHT) {
        problems.add(shot + " is " + height + " pixels high");
      }
    }
    return problems;
  }

  /**
   * Returns the problems of the page that the browser shows now. The rules of accessibility are
   * applied to the width that it has; that it fits is checked at all widths.
   */
  static List<String> ofShown(Page page, String shot) {
    var shown = page.viewportSize();
    var problems = fit(page, shot);
    page.setViewportSize(shown.width, shown.height);
    accessibilityProblems(page).forEach(what -> problems.add(shot + ": " + what));
    return problems;
  }

  /**
   * Returns what does not fit into the widths of a phone and of a large screen. The page keeps the
   * width that was looked at last, because to lay it out once more takes time.
   */
  static List<String> fit(Page page, String shot) {
    var problems = new ArrayList<String>();
    photograph(page, shot);
    overflow(page).forEach(what -> problems.add(shot + " overflows: " + what));
    unfindable(page).forEach(id -> problems.add(shot + " is not found by htmx: " + id));
    var shown = page.viewportSize();
    for (int width : WIDTHS) {
      if (width != shown.width) {
        page.setViewportSize(width, shown.height);
        photograph(page, shot.replace(".jpg", "-at-" + width + ".jpg"));
        overflow(page).forEach(what -> problems.add(shot + " at " + width + " overflows: " + what));
      }
    }
    return problems;
  }

  /** Returns ids of preserved parts that are no selector: htmx would put the part elsewhere. */
  @SuppressWarnings("unchecked") // the script returns texts
  private static List<String> unfindable(Page page) {
    return (List<String>)
        page.evaluate(
            "() => [...document.querySelectorAll('[hx-preserve]')].map(e => e.id)"
                + ".filter(id => !/^[A-Za-z][\\w-]*$/.test(id))");
  }

  /**
   * Photographs a page, when photographs are asked for, as JPEG, because a long page as PNG would
   * take longer to write than to draw.
   */
  static void photograph(Page page, String shot) {
    if (!PHOTOGRAPHS) {
      return;
    }
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(SHOTS.resolve(shot))
            .setType(ScreenshotType.JPEG)
            .setQuality(80)
            .setFullPage(true));
  }

  /**
   * Lists the elements that extend over the right edge of the window, or of the card in which they
   * stand; what scrolls or is clipped on the way to the card is not counted.
   */
  @SuppressWarnings("unchecked")
  private static List<String> overflow(Page page) {
    return (List<String>)
        page.evaluate(
            """
            () => {
              const width = document.documentElement.clientWidth;
              const edge = e => e.getBoundingClientRect().right;
              const told = e => e.tagName + '.' + (e.className.baseVal ?? e.className) + ' '
                + e.textContent.trim().slice(0, 30) + ' ' + Math.round(edge(e));
              const clips = e => getComputedStyle(e).overflowX !== 'visible';
              // What stands around it is asked only of the few that reach over the edge.
              const sticksOut = (e, card) => {
                if (edge(e) <= edge(card) + 1) return false;
                for (let up = e.parentElement; up !== card; up = up.parentElement) {
                  if (clips(up) && !(up instanceof SVGElement)) return false;
                }
                return true;
              };
              const beyond = document.documentElement.scrollWidth <= width ? []
                : [...document.querySelectorAll('body *')].filter(e => edge(e) > width + 1);
              const outside = [...document.querySelectorAll('.card, .pane, .bill')]
                .filter(card => card.getBoundingClientRect().width > 0 && !clips(card))
                .flatMap(card => [...card.querySelectorAll('*')]
                  .filter(e => e.getBoundingClientRect().width > 1 && sticksOut(e, card)));
              return [...beyond, ...outside].slice(0, 5).map(told);
            }
            """);
  }

  /** Lists accessibility problems of any impact. */
  static List<String> accessibilityProblems(Page page) {
    startRules(page);
    return rulesBroken(page);
  }

  /**
   * Starts the rules of accessibility and does not wait for them, so that the next page can be
   * opened in another tab meanwhile.
   */
  static void startRules(Page page) {
    if (Boolean.FALSE.equals(page.evaluate("() => 'axe' in window"))) {
      page.evaluate(AXE);
      page.addInitScript(AXE);
    }
    page.evaluate(
        """
        () => {
          window.rulesRun = new Promise((resolve, reject) => setTimeout(() =>
            axe.run(document, {resultTypes: ['violations'], preload: false}).then(resolve, reject)));
        }
        """);
  }

  /** Waits for the rules that {@link #startRules} started, and lists those that are broken. */
  @SuppressWarnings("unchecked")
  static List<String> rulesBroken(Page page) {
    return (List<String>)
        page.evaluate(
            """
            async () => {
              const {violations} = await window.rulesRun;
              return violations
                .map(violation => violation.id + ' '
                  + violation.nodes.slice(0, 3).map(node => node.target + ' ' + node.html).join(', '));
            }
            """);
  }

  private static String script() {
    try (var script = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
      return new String(
          Objects.requireNonNull(script, "axe.min.js").readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
