package org.actsandbox.scenarios.script;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the known word that a misspelt one probably means, so that a message can suggest it. */
public final class NearestWord {

  private static final int MAX_EDITS = 3;

  private NearestWord() {}

  /** Returns the known word with the fewest edits; empty when none is near enough. */
  public static Optional<String> find(String word, Collection<String> known) {
    return known.stream()
        .filter(
            candidate ->
                edits(word, candidate) <= Math.min(MAX_EDITS, Math.max(1, candidate.length() / 2)))
        .min(
            Comparator.comparingInt((String candidate) -> edits(word, candidate))
                .thenComparing(Comparator.naturalOrder()));
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
