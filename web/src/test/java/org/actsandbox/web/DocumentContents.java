package org.actsandbox.web;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes the contents list of a document: a line for each section, below the paragraph that says
 * what the document is. A document with fewer than three sections of the second level lists those
 * of the third, too.
 */
public final class DocumentContents {

  /** A section: {@code ##} or {@code ###} and its title. */
  private static final Pattern SECTION = Pattern.compile("(##|###) (.+)");

  private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

  /** Matches what an address leaves out of a title: all but letters of any language and digits. */
  private static final Pattern NOT_IN_ADDRESS = Pattern.compile("[^\\p{L}\\p{M}\\p{N}_ -]");

  private static final int FEW = 3;

  /**
   * Represents a section.
   *
   * @param at number of its line, from 0
   */
  private record Section(int at, int level, String title) {}

  private DocumentContents() {}

  /** Returns the text with its contents list, in place of the list that it has. */
  public static String in(String text, Path document) {
    var name = document.toString().endsWith(".zh-CN.md") ? "**目录**" : "**Contents**";
    var lines = without(text.lines().toList(), name);
    var sections = sections(lines);
    if (sections.size() < 2) {
      return String.join("\n", lines) + '\n';
    }
    int at = belowIntroduction(lines, sections.getFirst().at());
    var all = new ArrayList<>(lines.subList(0, at));
    all.add(name);
    all.add("");
    all.addAll(list(sections));
    all.add("");
    all.addAll(lines.subList(at, lines.size()));
    return String.join("\n", all) + '\n';
  }

  /**
   * Returns the line after the first paragraph of several lines, because one of a single line may
   * be no more than a link; the first section where there is none.
   */
  private static int belowIntroduction(List<String> lines, int firstSection) {
    for (int at = 1; at + 1 < firstSection; at++) {
      if (lines.get(at).isBlank() && isText(lines.get(at + 1)) && isText(lines.get(at + 2))) {
        int end = at + 1;
        while (end < firstSection && !lines.get(end).isBlank()) {
          end++;
        }
        return Math.min(end + 1, firstSection);
      }
    }
    return firstSection;
  }

  private static boolean isText(String line) {
    return !line.isBlank() && "#|`<!-> ".indexOf(line.charAt(0)) < 0;
  }

  /** Returns the lines without the contents list and the empty line after it. */
  private static List<String> without(List<String> lines, String name) {
    int start = lines.indexOf(name);
    if (start < 0) {
      return lines;
    }
    int end = start + 2;
    while (lines.get(end).strip().startsWith("- [")) {
      end++;
    }
    var rest = new ArrayList<>(lines.subList(0, start));
    rest.addAll(lines.subList(end + 1, lines.size()));
    return rest;
  }

  private static List<Section> sections(List<String> lines) {
    var all = new ArrayList<Section>();
    boolean inCode = false;
    for (int at = 0; at < lines.size(); at++) {
      var line = lines.get(at);
      inCode ^= line.strip().startsWith("```");
      var section = SECTION.matcher(line);
      if (!inCode && section.matches()) {
        all.add(new Section(at, section.group(1).length(), section.group(2)));
      }
    }
    var upper = all.stream().filter(section -> section.level() == 2).toList();
    return upper.size() < FEW ? all : upper;
  }

  private static List<String> list(List<Section> sections) {
    var seen = new HashMap<String, Integer>();
    return sections.stream()
        .map(
            section ->
                "  ".repeat(section.level() - 2)
                    + "- [%s](#%s)".formatted(words(section.title()), address(section, seen)))
        .collect(Collectors.toList());
  }

  private static String words(String title) {
    return LINK.matcher(title).replaceAll("$1");
  }

  /** Returns the address that GitHub gives a section; a title that occurs again gets a number. */
  private static String address(Section section, Map<String, Integer> seen) {
    var words = words(section.title()).toLowerCase(Locale.ROOT);
    var address = NOT_IN_ADDRESS.matcher(words).replaceAll("").replace(' ', '-');
    int before = seen.merge(address, 1, Integer::sum) - 1;
    return before == 0 ? address : address + "-" + before;
  }
}
