package org.actsandbox.web.console.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Keeps the approved looks of every page as files of text, one page each, that a reviewer reads in
 * a diff. {@code -Dact.looks=write} writes what the pages look like now.
 */
final class ApprovedLooks {

  private static final Path FOLDER = Path.of("src", "test", "resources", "looks");

  private static final boolean WRITES = "write".equals(System.getProperty("act.looks"));

  /** Says that a part does not exist in a look. */
  private static final String NONE = "none";

  /** Is one of the four looks in which every page is approved. */
  enum Look {
    DESKTOP_LIGHT(1280, 720, "en", ColorScheme.LIGHT),
    PHONE_DARK(390, 844, "en", ColorScheme.DARK),
    DESKTOP_DARK(1280, 720, "zh", ColorScheme.DARK),
    PHONE_LIGHT(390, 844, "zh", ColorScheme.LIGHT);

    private final int width;
    private final int height;
    private final String language;
    private final ColorScheme scheme;

    Look(int width, int height, String language, ColorScheme scheme) {
      this.width = width;
      this.height = height;
      this.language = language;
      this.scheme = scheme;
    }

    /** Reads the plan of a loaded page in this look; the page keeps the look. */
    PagePlan of(Page page) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      page.setViewportSize(width, height);
      return PagePlan.of(page);
    }
  }

  private final Map<String, Map<Look, PagePlan>> seen = new LinkedHashMap<>();

  /**
   * Looks at a loaded page on a desktop and on a phone, and returns what is not as it was approved.
   *
   * @param language language of the page
   */
  List<String> differences(Page page, String name, String language) {
    var problems = new ArrayList<String>();
    for (var look : Look.values()) {
      if (look.language.equals(language)) {
        var plan = look.of(page);
        seen.computeIfAbsent(name, any -> new EnumMap<>(Look.class)).put(look, plan);
        if (!WRITES) {
          plan.differencesTo(approved(name).getOrDefault(look, new PagePlan(Map.of()))).stream()
              .limit(6)
              .forEach(each -> problems.add(name + " in " + look + " " + each));
        }
      }
    }
    return problems;
  }

  /** Writes what was seen, if that is wanted. */
  void keep() {
    if (WRITES) {
      seen.forEach((name, looks) -> write(FOLDER.resolve(name + ".txt"), text(looks)));
    }
  }

  /** Writes the plans beside each other: a look that is as the look before it says "=". */
  static String text(Map<Look, PagePlan> looks) {
    var text =
        new StringBuilder("part | desktop light | phone dark | desktop dark | phone light\n");
    for (var path : paths(looks)) {
      var steps = path.split(" > ", -1);
      text.append("  ".repeat(steps.length - 1)).append(steps[steps.length - 1]);
      var before = "";
      for (var look : Look.values()) {
        var told = plan(looks, look).parts().getOrDefault(path, NONE);
        text.append(" | ").append(told.equals(before) ? "=" : told);
        before = told;
      }
      text.append('\n');
    }
    return text.toString();
  }

  /** Reads what {@link #text} wrote. */
  static Map<Look, PagePlan> read(List<String> lines) {
    var looks = new EnumMap<Look, PagePlan>(Look.class);
    for (var look : Look.values()) {
      looks.put(look, new PagePlan(new LinkedHashMap<>()));
    }
    var above = new ArrayList<String>();
    for (var line : lines.subList(1, lines.size())) {
      var cells = line.split(" \\| ", -1);
      var path = PagePlan.path(above, cells[0]);
      var told = "";
      int column = 0;
      for (var look : Look.values()) {
        var cell = cells[++column];
        told = cell.equals("=") ? told : cell;
        if (!told.equals(NONE)) {
          plan(looks, look).parts().put(path, told);
        }
      }
    }
    return looks;
  }

  /** Returns the parts of all looks, each after the part that it follows in its look. */
  private static List<String> paths(Map<Look, PagePlan> looks) {
    var paths = new ArrayList<String>();
    for (var look : Look.values()) {
      int at = 0;
      for (var path : plan(looks, look).parts().keySet()) {
        int there = paths.indexOf(path);
        if (there < 0) {
          there = at;
          while (there < paths.size() && !staysBelowItsParent(paths.get(there), path)) {
            there++;
          }
          paths.add(there, path);
        }
        at = there + 1;
      }
    }
    return paths;
  }

  /**
   * Tells whether indentation still leads from a part to its parent with another part before it.
   */
  private static boolean staysBelowItsParent(String part, String before) {
    var own = part.split(" > ", -1);
    var other = before.split(" > ", -1);
    return own.length - 1 <= other.length
        && Arrays.equals(own, 0, own.length - 1, other, 0, own.length - 1);
  }

  private static PagePlan plan(Map<Look, PagePlan> looks, Look look) {
    return Objects.requireNonNull(looks.get(look), look.name());
  }

  private static Map<Look, PagePlan> approved(String name) {
    var file = FOLDER.resolve(name + ".txt");
    try {
      return Files.exists(file) ? read(Files.readAllLines(file)) : Map.of();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(file, text);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
