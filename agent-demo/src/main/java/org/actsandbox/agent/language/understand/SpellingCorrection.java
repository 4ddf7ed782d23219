package org.actsandbox.agent.language.understand;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.read.KnownWords;

/**
 * Mends slips of the pen in English words that no list knows. Names of places are left alone: there
 * the agent asks.
 *
 * @param changed what was written and what it was read as
 */
record SpellingCorrection(String text, Map<String, String> changed) {

  private static final Pattern WORD =
      Pattern.compile("(?<![\\p{L}\\d'-])[A-Za-z]{5,16}(?![\\p{L}\\d'-])");

  /** Shorter words have too many neighbours. */
  private static final int TWO_SLIPS_FROM = 8;

  static SpellingCorrection of(String text) {
    var changed = new LinkedHashMap<String, String>();
    var mended =
        WORD.matcher(text)
            .replaceAll(
                match -> {
                  var written = match.group();
                  var right = right(written);
                  if (right.equals(written)) {
                    return written;
                  }
                  changed.put(written, right);
                  return right;
                });
    return new SpellingCorrection(mended, changed);
  }

  private static String right(String written) {
    var word = written.toLowerCase(Locale.ROOT);
    // A capital inside a sentence is a name.
    if (KnownWords.knows(word) || Character.isUpperCase(written.charAt(0))) {
      return written;
    }
    Set<String> near = new HashSet<>();
    for (var known : KnownWords.mended()) {
      int allowed = word.length() >= TWO_SLIPS_FROM && known.length() >= TWO_SLIPS_FROM ? 2 : 1;
      if (known.charAt(0) == word.charAt(0)
          && Math.abs(known.length() - word.length()) <= allowed
          && KnownWords.distance(word, known) <= allowed) {
        near.add(known);
      }
    }
    return near.size() == 1 ? near.iterator().next() : written;
  }
}
