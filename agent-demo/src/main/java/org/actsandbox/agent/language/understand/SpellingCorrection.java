package org.actsandbox.agent.language.understand;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.read.KnownWords;

/**
 * Corrects typing errors in English words that no list knows. Names of places stay as they are; for
 * those the agent asks.
 *
 * @param changed the written words and the words that they were read as
 */
record SpellingCorrection(String text, Map<String, String> changed) {

  private static final Pattern WORD =
      Pattern.compile("(?<![\\p{L}\\d'-])[A-Za-z]{5,16}(?![\\p{L}\\d'-])");

  /**
   * Two errors are corrected from this length on, because shorter words have too many neighbours.
   */
  private static final int MIN_CHARS_FOR_TWO_ERRORS = 8;

  static SpellingCorrection of(String text) {
    var changed = new LinkedHashMap<String, String>();
    var corrected =
        WORD.matcher(text)
            .replaceAll(
                match -> {
                  var written = match.group();
                  var correction = correct(written);
                  if (correction.equals(written)) {
                    return written;
                  }
                  changed.put(written, correction);
                  return correction;
                });
    return new SpellingCorrection(corrected, changed);
  }

  private static String correct(String written) {
    var word = written.toLowerCase(Locale.ROOT);
    // A capital letter inside a sentence marks a name.
    if (KnownWords.knows(word) || Character.isUpperCase(written.charAt(0))) {
      return written;
    }
    Set<String> near = new HashSet<>();
    for (var known : KnownWords.corrections()) {
      int allowed =
          word.length() >= MIN_CHARS_FOR_TWO_ERRORS && known.length() >= MIN_CHARS_FOR_TWO_ERRORS
              ? 2
              : 1;
      if (known.charAt(0) == word.charAt(0)
          && Math.abs(known.length() - word.length()) <= allowed
          && KnownWords.distance(word, known) <= allowed) {
        near.add(known);
      }
    }
    return near.size() == 1 ? near.iterator().next() : written;
  }
}
