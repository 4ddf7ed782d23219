package org.actsandbox.sandbox.journal;

/** Reads the digits of any script in a text that a person wrote. */
final class TextDigits {

  private static final String CHINESE_DIGITS = "〇一二三四五六七八九";

  private TextDigits() {}

  /** Returns the number of digits in a part of the text. */
  static int count(String text, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      count += valueOf(text.charAt(i)) >= 0 ? 1 : 0;
    }
    return count;
  }

  /** Returns all digits of the text as ASCII digits. */
  static String of(String text) {
    var digits = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      int digit = valueOf(text.charAt(i));
      if (digit >= 0) {
        digits.append((char) ('0' + digit));
      }
    }
    return digits.toString();
  }

  /**
   * Returns the value of a digit of any script, because people also read {@code ２} and {@code 二} as
   * 2; -1 for other characters.
   */
  static int valueOf(char c) {
    if (c < 128) {
      return c >= '0' && c <= '9' ? c - '0' : -1;
    }
    int chinese = CHINESE_DIGITS.indexOf(c);
    return chinese >= 0 ? chinese : Character.digit(c, 10);
  }
}
