package org.actsandbox.agent.language.text;

import java.util.ArrayList;
import java.util.List;

/** Takes regular expressions apart into alternatives and these into elements. */
final class RegexParts {

  private RegexParts() {}

  /** Returns what the bars outside all groups part. */
  static List<String> alternatives(String regex) {
    var all = new ArrayList<String>();
    int start = 0;
    for (int at = 0; at < regex.length(); at = elementEnd(regex, at)) {
      if (regex.charAt(at) == '|') {
        all.add(regex.substring(start, at));
        start = at + 1;
      }
    }
    all.add(regex.substring(start));
    return all;
  }

  /** Returns where the character, escape, class or group ends that starts there. */
  static int elementEnd(String regex, int start) {
    return switch (regex.charAt(start)) {
      case '\\' ->
          start + 2 < regex.length()
                  && "pP".indexOf(regex.charAt(start + 1)) >= 0
                  && regex.charAt(start + 2) == '{'
              ? regex.indexOf('}', start) + 1
              : start + 2;
      case '[' -> classEnd(regex, start);
      case '(' -> groupEnd(regex, start);
      case '{' -> regex.indexOf('}', start) + 1;
      default -> start + 1;
    };
  }

  private static int classEnd(String regex, int start) {
    int at = start + 1;
    while (regex.charAt(at) != ']') {
      at += regex.charAt(at) == '\\' ? 2 : 1;
    }
    return at + 1;
  }

  private static int groupEnd(String regex, int start) {
    int at = start + 1;
    while (regex.charAt(at) != ')') {
      at = elementEnd(regex, at);
    }
    return at + 1;
  }

  /** Returns what stands in a group, without the sign of its kind. */
  static String inner(String group) {
    return group.substring(1, group.length() - 1).replaceFirst("^\\?(?:[:=>]|<=|<\\w+>)", "");
  }

  /** Returns whether the group says what must not stand there. */
  static boolean isNegative(String group) {
    return group.startsWith("(?!") || group.startsWith("(?<!");
  }
}
