package org.actsandbox.web.console.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Is the plan of a page in one look: what its parts are, where each stands among twelve columns,
 * and in which colours. Two fonts, and two runs with other data, give the same plan.
 *
 * @param parts what is seen of each part, by its path from the page down, in the page's order
 */
record PagePlan(Map<String, String> parts) {

  private static final String SCRIPT = script();

  /** Columns that a part may move by, because the width of text moves its neighbours. */
  private static final int TOLERANCE = 1;

  /** The same for a part whose width follows the data. */
  private static final int TOLERANCE_BY_DATA = 3;

  /**
   * An offer is as wide as its words, and a reduced price has more of them. The diagram takes its
   * width from its neighbour when more participants took part, and prices of the day decide which
   * of them an agent pays.
   */
  private static final Pattern AS_WIDE_AS_ITS_DATA =
      Pattern.compile("label\\.offer|section\\.pane\\.(?:choosing|wire)");

  /** Reads the plan of the page that the browser shows now. */
  @SuppressWarnings("unchecked")
  static PagePlan of(Page page) {
    var parts = new LinkedHashMap<String, String>();
    var above = new ArrayList<String>();
    for (var line : (List<String>) page.evaluate(SCRIPT)) {
      var cells = line.split(" \\| ", 2);
      parts.put(path(above, cells[0]), cells[1]);
    }
    return new PagePlan(parts);
  }

  /**
   * Returns the path of a part whose name is indented by its depth.
   *
   * @param above names of the parts around the part before; is brought up to this part
   */
  static String path(List<String> above, String indented) {
    // The day of the test decides which railway is the cheapest.
    var name = indented.strip().replaceFirst("#party-(?:gotrip-rail|raileast)\\b", "#party-rail");
    int depth = (indented.length() - indented.stripLeading().length()) / 2;
    above.subList(Math.min(depth, above.size()), above.size()).clear();
    above.add(name);
    return String.join(" > ", above);
  }

  /** Lists what a reader of the page sees otherwise than in the approved plan. */
  List<String> differencesTo(PagePlan approved) {
    var differences = new ArrayList<String>();
    approved.parts.forEach(
        (path, seen) -> {
          var now = parts.get(path);
          if (now == null) {
            differences.add("is gone: " + path);
          } else if (!isLike(seen, now, tolerance(path))) {
            differences.add("was “%s” and is “%s”: %s".formatted(seen, now, path));
          }
        });
    parts.keySet().stream()
        .filter(path -> !approved.parts.containsKey(path))
        .forEach(path -> differences.add("is new: " + path));
    if (differences.isEmpty()
        && !List.copyOf(parts.keySet()).equals(List.copyOf(approved.parts.keySet()))) {
      differences.add("has its parts in another order: " + parts.keySet());
    }
    return differences;
  }

  private static int tolerance(String path) {
    return AS_WIDE_AS_ITS_DATA.matcher(path).find() ? TOLERANCE_BY_DATA : TOLERANCE;
  }

  private static boolean isLike(String one, String other, int tolerance) {
    var a = one.split(" ", -1);
    var b = other.split(" ", -1);
    if (a.length != b.length) {
      return false;
    }
    for (int i = 0; i < a.length; i++) {
      if (!a[i].equals(b[i]) && !(i == 0 && isNear(a[i], b[i], tolerance))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNear(String one, String other, int tolerance) {
    var columns = "-?[0-9]+-[0-9]+";
    if (!one.matches(columns) || !other.matches(columns)) {
      return false;
    }
    var a = one.split("(?<=[0-9])-", 2);
    var b = other.split("(?<=[0-9])-", 2);
    return Math.abs(Integer.parseInt(a[0]) - Integer.parseInt(b[0])) <= tolerance
        && Math.abs(Integer.parseInt(a[1]) - Integer.parseInt(b[1])) <= tolerance;
  }

  private static String script() {
    try (var script = PagePlan.class.getResourceAsStream("page-plan.js")) {
      var text =
          new String(
              Objects.requireNonNull(script, "page-plan.js").readAllBytes(),
              StandardCharsets.UTF_8);
      return text.substring(text.indexOf("() =>")).strip().replaceFirst(";$", "");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
