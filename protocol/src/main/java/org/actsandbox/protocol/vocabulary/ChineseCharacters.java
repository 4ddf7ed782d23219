package org.actsandbox.protocol.vocabulary;

/** Turns traditional Chinese characters into simplified ones, one for one. */
public final class ChineseCharacters {

  private static final char FIRST_HAN = 0x3400;
  private static final char LAST_HAN = 0x9FFF;

  private static final char[] SIMPLIFIED = read();

  private ChineseCharacters() {}

  public static char simplified(char c) {
    return c >= FIRST_HAN && c <= LAST_HAN ? SIMPLIFIED[c - FIRST_HAN] : c;
  }

  public static String simplified(String text) {
    var simplified = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      simplified.append(simplified(text.charAt(i)));
    }
    return simplified.toString();
  }

  public static boolean isHan(int c) {
    return (c >= FIRST_HAN && c <= LAST_HAN) || c == 0x3007;
  }

  private static char[] read() {
    var simplified = new char[LAST_HAN - FIRST_HAN + 1];
    for (int i = 0; i < simplified.length; i++) {
      simplified[i] = (char) (FIRST_HAN + i);
    }
    for (var pairs : WordLists.lines(ChineseCharacters.class, "simplified.txt")) {
      for (int i = 0; i < pairs.length(); i += 2) {
        simplified[pairs.charAt(i) - FIRST_HAN] = pairs.charAt(i + 1);
      }
    }
    return simplified;
  }
}
