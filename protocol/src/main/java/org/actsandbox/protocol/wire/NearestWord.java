package org.actsandbox.protocol.wire;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known word that a misspelt one probably means, so that a message can suggest it. */
public final class NearestWord {

  private static final int MAX_EDITS = 3;

  /**
   * Ours: a word of which more than two letters in five are changed is another word; wishes is no
   * misspelt nights.
   */
  private static final long EDITS_OF_FIVE_LETTERS = 2;

  /** Longer words are not compared: the names of fields and options are short. */
  private static final int MAX_LENGTH = 64;

  private static final int MIN_PREFIX = 3;

  private NearestWord() {}

  /**
   * Returns the known word with the fewest edits, or else a known word that the given one begins
   * ({@code lang} begins {@code language}); empty when none is near enough.
   */
  public static Optional<String> find(String word, Collection<String> known) {
    if (word.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    return known.stream()
        .filter(
            candidate ->
                edits(word, candidate)
                    <= Math.clamp(candidate.length() * EDITS_OF_FIVE_LETTERS / 5, 1, MAX_EDITS))
        .min(
            Comparator.comparingInt((String candidate) -> edits(word, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .or(() -> known.stream().filter(candidate -> begins(word, candidate)).sorted().findFirst());
  }

  private static boolean begins(String word, String candidate) {
    return word.length() >= MIN_PREFIX && candidate.startsWith(word);
  }

  /** Computes the Levenshtein distance. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
