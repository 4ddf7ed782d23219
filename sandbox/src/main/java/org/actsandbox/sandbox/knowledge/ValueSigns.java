package org.actsandbox.sandbox.knowledge;

import java.util.BitSet;

/**
 * Holds signs of the values to look for, so that a text in which none can be is told from the
 * others in one pass, without a copy of any part of it. A sign may be in a text that has no value;
 * a text that has a value has its sign.
 */
final class ValueSigns {

  /** Ours: so many signs that a sentence rarely has one by chance; eight kilobytes each. */
  private static final int SIGNS = 1 << 16;

  /** The first characters of a phrase that make its sign, if it has so many. */
  private static final int START = 4;

  private final BitSet tokens = new BitSet(SIGNS);
  private final BitSet starts = new BitSet(SIGNS);
  private final BitSet pairs = new BitSet(SIGNS);

  /** Adds a token in lower case. */
  void addToken(String token) {
    if (!token.isEmpty()) {
      tokens.set(token(token, 0, token.length()));
    }
  }

  /** Says whether the part of the text, in any case, may be a token. */
  boolean mayBeToken(String text, int from, int to) {
    return tokens.get(token(text, from, to));
  }

  private static int token(String text, int from, int to) {
    int sign = (to - from) * 31 + lower(text.charAt(from));
    sign = sign * 31 + lower(text.charAt(from + (to - from) / 2));
    return sign(sign * 31 + lower(text.charAt(to - 1)));
  }

  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }

  /** Adds a phrase of two characters at least, as {@link TextNormalizer#normalize} writes it. */
  void addPhrase(String phrase) {
    int sign = 1;
    for (int i = 0; i < Math.min(START, phrase.length()); i++) {
      sign = sign * 31 + phrase.charAt(i);
    }
    starts.set(sign(sign));
  }

  /** Says whether a normalized text may have a phrase. */
  boolean mayHavePhrase(String normal) {
    for (int i = 0; i + 1 < normal.length(); i++) {
      int end = Math.min(i + START, normal.length());
      int sign = 31 + normal.charAt(i);
      for (int next = i + 1; next < end; next++) {
        sign = sign * 31 + normal.charAt(next);
        if (starts.get(sign(sign))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Adds the first two words of a row of words, which blanks separate. */
  void addRow(String row) {
    int first = row.indexOf(' ');
    int second = row.indexOf(' ', first + 1);
    pairs.set(sign(word(row, 0, first) * 31 + word(row, first + 1, second)));
  }

  private static int word(String text, int from, int to) {
    int word = 0;
    for (int i = from; i < to; i++) {
      word = word * 31 + text.charAt(i);
    }
    return word;
  }

  /** Says whether a normalized text may have a row of words; every Chinese character is a word. */
  boolean mayHaveRow(String normal) {
    int before = 0;
    int word = 0;
    boolean isWord = false;
    for (int i = 0; i <= normal.length(); i++) {
      char c = i < normal.length() ? normal.charAt(i) : ' ';
      boolean chinese = TextNormalizer.isChinese(c);
      if (c != ' ' && !chinese) {
        word = word * 31 + c;
        isWord = true;
        continue;
      }
      if (isWord) {
        if (pairs.get(sign(before * 31 + word))) {
          return true;
        }
        before = word;
        word = 0;
        isWord = false;
      }
      if (chinese) {
        if (pairs.get(sign(before * 31 + c))) {
          return true;
        }
        before = c;
      }
    }
    return false;
  }

  /** Spreads the bits, so that similar texts have different signs. */
  private static int sign(int mixed) {
    int spread = mixed * 0x9E3779B1;
    return spread >>> 16;
  }
}
