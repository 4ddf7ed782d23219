package org.actsandbox.sandbox.knowledge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Normalizes texts and splits them into the tokens and word windows that are compared. */
final class TextNormalizer {

  /** Fewer words in a row occur in any two texts about the same goods. */
  private static final int WINDOW_WORDS = 5;

  private static final int WINDOW_CHINESE = 8;

  private TextNormalizer() {}

  /**
   * Returns the text in lower case, with one blank for each run of characters that are no letters
   * or digits.
   */
  static String normalize(String text) {
    var plain = new StringBuilder(text.length());
    boolean gap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char lower = lower(c);
      if (lower != 0) {
        if (gap && !plain.isEmpty()) {
          plain.append(' ');
        }
        plain.append(lower);
        gap = false;
      } else {
        gap = true;
      }
    }
    return plain.toString();
  }

  /** Returns a letter in lower case or a digit; 0 for any other character. */
  private static char lower(char c) {
    if (c >= 128) {
      return Character.isLetterOrDigit(c) ? Character.toLowerCase(c) : 0;
    }
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      return c;
    }
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : 0;
  }

  /** Receives the place of a token: where it begins, and where it has ended. */
  @FunctionalInterface
  interface TokenListener {
    void on(int from, int to);
  }

  /**
   * Finds the runs of letters, digits and the characters that join them in identifiers, numbers and
   * times.
   */
  static void eachToken(String text, TokenListener tokenListener) {
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean inside = i < text.length() && isInside(text.charAt(i));
      if (inside && start < 0) {
        start = i;
      } else if (!inside && start >= 0) {
        tell(text, start, i, tokenListener);
        start = -1;
      }
    }
  }

  private static void tell(String text, int start, int end, TokenListener tokenListener) {
    int to = end;
    while (to > start && ".,:-".indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    int from = start;
    while (from < to && ".,:-".indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    if (from < to) {
      tokenListener.on(from, to);
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

  /** Returns the windows of words that identify the sentence; none for a short sentence. */
  static Set<String> windows(String text) {
    return windows(normalize(text), _ -> true);
  }

  /**
   * Returns the windows of a normalized text.
   *
   * @param first accepts the first word of the windows that are wanted
   */
  static Set<String> windows(String normal, Predicate<String> first) {
    var words = words(normal);
    boolean chinese = words.stream().anyMatch(word -> isChinese(word.charAt(0)));
    int size = chinese ? WINDOW_CHINESE : WINDOW_WORDS;
    Set<String> windows = Set.of();
    for (int i = 0; i + size <= words.size(); i++) {
      if (first.test(words.get(i))) {
        windows = windows.isEmpty() ? new HashSet<>() : windows;
        windows.add(String.join(" ", words.subList(i, i + size)));
      }
    }
    return windows;
  }

  /** Returns the first word of a window. */
  static String firstOf(String window) {
    return window.substring(0, window.indexOf(' '));
  }

  /** Splits the text into words; every Chinese character is a word. */
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
