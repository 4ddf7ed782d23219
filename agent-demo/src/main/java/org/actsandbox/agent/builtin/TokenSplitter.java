package org.actsandbox.agent.builtin;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits text into tokens as hosted models stream it: words with the blank before them, and single
 * Chinese characters.
 */
final class TokenSplitter {

  private TokenSplitter() {}

  /** Returns the tokens; joined, they are the text again. */
  static List<String> of(String text) {
    var tokens = new ArrayList<String>();
    int start = 0;
    for (int at = text.offsetByCodePoints(0, text.isEmpty() ? 0 : 1);
        at < text.length();
        at = text.offsetByCodePoints(at, 1)) {
      if (startsToken(text, at)) {
        tokens.add(text.substring(start, at));
        start = at;
      }
    }
    if (start < text.length()) {
      tokens.add(text.substring(start));
    }
    return tokens;
  }

  private static boolean startsToken(String text, int at) {
    char c = text.charAt(at);
    return Character.isWhitespace(c) || c > 0x2E80 || text.charAt(at - 1) > 0x2E80;
  }
}
