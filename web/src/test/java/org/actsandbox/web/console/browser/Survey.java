package org.actsandbox.web.console.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One page photographed and examined. */
final class Survey {

  private static final Path SHOTS = Path.of("target", "screenshots");
  private static final List<String> GRAVE = List.of("serious", "critical");

  private Survey() {}

  /** What is wrong with it; empty for a page that answers, fits and is accessible. */
  static List<String> of(
      Page page, String name, String path, String lang, int width, ColorScheme scheme) {
    var problems = new ArrayList<String>();
    var answer = page.navigate(path);
    var shot =
        "%s-%s-%d-%s.jpg".formatted(name, lang, width, scheme.name().toLowerCase(Locale.ROOT));
    if (answer.status() >= 500) {
      problems.add(shot + " answers " + answer.status());
    }
    problems.addAll(ofShown(page, shot));
    return problems;
  }

  /** Of a page as it stands now. */
  static List<String> ofShown(Page page, String shot) {
    var problems = new ArrayList<String>();
    photograph(page, shot);
    overflow(page).forEach(what -> problems.add(shot + " overflows: " + what));
    graves(page).forEach(what -> problems.add(shot + ": " + what));
    return problems;
  }

  /** A long page as PNG would take longer to write down than to draw. */
  static void photograph(Page page, String shot) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(SHOTS.resolve(shot))
            .setType(ScreenshotType.JPEG)
            .setQuality(80)
            .setFullPage(true));
  }

  /** What sticks out of the window at the right, by name. */
  @SuppressWarnings("unchecked")
  private static List<String> overflow(Page page) {
    return (List<String>)
        page.evaluate(
            """
            () => {
              const width = document.documentElement.clientWidth;
              if (document.documentElement.scrollWidth <= width) return [];
              return [...document.querySelectorAll('body *')]
                .filter(e => e.getBoundingClientRect().right > width + 1)
                .slice(0, 5)
                .map(e => e.tagName + '.' + (e.className.baseVal ?? e.className) + ' ' + Math.round(e.getBoundingClientRect().right));
            }
            """);
  }

  /** Serious and critical faults in accessibility. */
  static List<String> graves(Page page) {
    // No page has frames, so the rules run in it alone: otherwise every survey opens another page.
    var examined = new AxeBuilder(page).setLegacyMode(true).options(violationsOnly()).analyze();
    assertThat(examined.getErrorMessage()).as("what the examination failed with").isNull();
    return examined.getViolations().stream()
        .filter(violation -> GRAVE.contains(violation.getImpact()))
        .map(
            violation ->
                violation.getId()
                    + " "
                    + violation.getNodes().stream()
                        .limit(3)
                        .map(node -> node.getTarget() + " " + node.getHtml())
                        .toList())
        .toList();
  }

  /** Of everything that is right, one example comes back instead of all. */
  private static AxeRunOptions violationsOnly() {
    var options = new AxeRunOptions();
    options.setResultTypes(List.of("violations"));
    return options;
  }
}
