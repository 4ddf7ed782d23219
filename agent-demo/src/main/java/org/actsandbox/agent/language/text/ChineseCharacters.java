package org.actsandbox.agent.language.text;

import java.util.HashMap;
import java.util.Map;

/** Traditional characters to simplified ones, as far as this agent's vocabulary needs them. */
final class ChineseCharacters {

  private static final Map<Character, Character> SIMPLIFIED = read();

  private ChineseCharacters() {}

  static char simplified(char c) {
    return SIMPLIFIED.getOrDefault(c, c);
  }

  static boolean isHan(int c) {
    return (c >= 0x3400 && c <= 0x9FFF) || c == 0x3007;
  }

  private static Map<Character, Character> read() {
    var pairs = new HashMap<Character, Character>();
    for (var line : WordLists.lines(ChineseCharacters.class, "traditional.txt")) {
      for (var pair : line.split(" ", -1)) {
        pairs.put(pair.charAt(0), pair.charAt(1));
      }
    }
    return Map.copyOf(pairs);
  }
}
