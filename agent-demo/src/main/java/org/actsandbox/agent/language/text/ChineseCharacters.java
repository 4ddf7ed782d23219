package org.actsandbox.agent.language.text;

import com.ibm.icu.text.Transliterator;
import java.util.concurrent.ConcurrentHashMap;

/** Turns traditional Chinese characters into simplified ones, one for one. */
final class ChineseCharacters {

  private static final Transliterator SIMPLIFIER =
      Transliterator.getInstance("Traditional-Simplified");

  /** The whole script has some 27,000 characters, so this map stays small. */
  private static final ConcurrentHashMap<Character, Character> SIMPLIFIED =
      new ConcurrentHashMap<>();

  private ChineseCharacters() {}

  static char simplified(char c) {
    return isHan(c) ? SIMPLIFIED.computeIfAbsent(c, ChineseCharacters::simplify) : c;
  }

  static boolean isHan(int c) {
    return (c >= 0x3400 && c <= 0x9FFF) || c == 0x3007;
  }

  private static char simplify(char c) {
    var simple = SIMPLIFIER.transliterate(String.valueOf(c));
    return simple.length() == 1 ? simple.charAt(0) : c;
  }
}
