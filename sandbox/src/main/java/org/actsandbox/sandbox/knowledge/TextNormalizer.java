package org.actsandbox.sandbox.knowledge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Cuts texts into what is compared. */
final class TextNormalizer {

  /** Fewer in a row are common ground of any two texts about the same goods. */
  private static final int IN_A_ROW = 5;

  private static final int CHINESE_IN_A_ROW = 8;

  private TextNormalizer() {}

  /** Lower case, one blank for whatever is neither letter nor digit. */
  static String normalize(String text) {
    var plain = new StringBuilder(text.length());
    boolean gap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        if (gap && !plain.isEmpty()) {
          plain.append(' ');
        }
        plain.append(Character.toLowerCase(c));
        gap = false;
      } else {
        gap = true;
      }
    }
    return plain.toString();
  }

  /** Runs of letters, digits, and what joins them in identifiers, numbers and times. */
  static List<String> tokens(String text) {
    var tokens = new ArrayList<String>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean inside = i < text.length() && isInside(text.charAt(i));
      if (inside && start < 0) {
        start = i;
      } else if (!inside && start >= 0) {
        add(tokens, text.substring(start, i));
        start = -1;
      }
    }
    return tokens;
  }

  private static void add(List<String> tokens, String run) {
    int end = run.length();
    while (end > 0 && ".,:-".indexOf(run.charAt(end - 1)) >= 0) {
      end--;
    }
    int begin = 0;
    while (begin < end && ".,:-".indexOf(run.charAt(begin)) >= 0) {
      begin++;
    }
    if (begin < end) {
      tokens.add(run.substring(begin, end).toLowerCase(Locale.ROOT));
    }
  }

  private static boolean isInside(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == '.'
        || c == ','
        || c == ':';
  }

  /** Windows of the sentence long enough to tell it from any other; none for a short one. */
  static Set<String> windows(String text) {
    return windows(normalize(text), _ -> true);
  }

  /**
   * Likewise, of a text in normal form.
   *
   * @param first whether a window beginning with the word is of interest
   */
  static Set<String> windows(String normal, Predicate<String> first) {
    var words = words(normal);
    boolean chinese = words.stream().anyMatch(word -> isChinese(word.charAt(0)));
    int row = chinese ? CHINESE_IN_A_ROW : IN_A_ROW;
    Set<String> windows = Set.of();
    for (int i = 0; i + row <= words.size(); i++) {
      if (first.test(words.get(i))) {
        windows = windows.isEmpty() ? new HashSet<>() : windows;
        windows.add(String.join(" ", words.subList(i, i + row)));
      }
    }
    return windows;
  }

  /** The first word of a window. */
  static String firstOf(String window) {
    return window.substring(0, window.indexOf(' '));
  }

  /** Every Chinese character is one. */
  private static List<String> words(String normal) {
    var words = new ArrayList<String>();
    int start = 0;
    for (int i = 0; i <= normal.length(); i++) {
      char c = i < normal.length() ? normal.charAt(i) : ' ';
      if (c == ' ' || isChinese(c)) {
        if (start < i) {
          words.add(normal.substring(start, i));
        }
        if (c != ' ') {
          words.add(String.valueOf(c));
        }
        start = i + 1;
      }
    }
    return words;
  }

  static boolean isChinese(char c) {
    return c >= '\u3400' && c <= '\u9fff';
  }
}
