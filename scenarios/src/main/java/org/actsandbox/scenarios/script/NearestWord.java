package org.actsandbox.scenarios.script;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The word somebody probably meant. */
public final class NearestWord {

  private static final int FURTHEST = 3;

  private NearestWord() {}

  /** The nearest of the known words by edits, if one is near enough. */
  public static Optional<String> find(String word, Collection<String> known) {
    return known.stream()
        .filter(each -> edits(word, each) <= Math.min(FURTHEST, Math.max(1, each.length() / 2)))
        .min(
            Comparator.comparingInt((String each) -> edits(word, each))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Levenshtein distance. */
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
