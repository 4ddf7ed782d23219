package org.actsandbox.merchants.shelf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds documents by words. It is an inverted index that is built once and never changed, so that
 * threads share it without locks.
 */
public final class TextIndex {

  /**
   * Represents a document that was found.
   *
   * @param document the number of the document
   * @param score higher is better; comparable within one answer only
   * @param coverage the share of the query's weight that the document has, 0 to 1
   */
  public record Hit(int document, double score, double coverage) {}

  private static final class Postings {
    final int[] documents;
    final float[] weights;

    Postings(int[] documents, float[] weights) {
      this.documents = documents;
      this.weights = weights;
    }
  }

  private final Map<String, Postings> byWord;
  private final int size;

  private TextIndex(Map<String, Postings> byWord, int size) {
    this.byWord = byWord;
    this.size = size;
  }

  /**
   * Returns the documents with at least one of the query's words, best first, and by document
   * number if they are equally good.
   */
  public List<Hit> find(String query) {
    var scores = new double[size];
    var covered = new double[size];
    double total = 0;
    for (String word : SearchWords.queryWords(query)) {
      var postings = byWord.get(word);
      double rarity = rarity(word, postings);
      total += rarity;
      if (postings == null) {
        continue;
      }
      for (int i = 0; i < postings.documents.length; i++) {
        scores[postings.documents[i]] += rarity * postings.weights[i];
        covered[postings.documents[i]] += rarity;
      }
    }
    var hits = new ArrayList<Hit>();
    for (int document = 0; document < size; document++) {
      if (scores[document] > 0) {
        hits.add(new Hit(document, scores[document], covered[document] / total));
      }
    }
    hits.sort(Comparator.comparingDouble(Hit::score).reversed());
    return hits;
  }

  /**
   * Returns how much a word says about a document: a rare word says more. A pair of characters that
   * is not in the index usually lies across two words that are, so it counts less.
   */
  private double rarity(String word, @Nullable Postings postings) {
    if (postings == null) {
      return Math.log(1 + size) * (SearchWords.isChinese(word) ? 0.4 : 1);
    }
    return Math.log(1 + (double) size / postings.documents.length);
  }

  /** Collects the fields of the documents for an index. */
  public static final class Builder {

    private final Map<String, Map<Integer, Float>> byWord = new HashMap<>();
    private int size;

    /** Adds a field of a document. If several fields have a word, the highest weight counts. */
    public Builder add(int document, String text, float weight) {
      size = Math.max(size, document + 1);
      for (String word : SearchWords.offerWords(text)) {
        byWord.computeIfAbsent(word, _ -> new HashMap<>()).merge(document, weight, Math::max);
      }
      return this;
    }

    public TextIndex build() {
      var built = new HashMap<String, Postings>();
      byWord.forEach(
          (word, documents) -> {
            var numbers = documents.keySet().stream().mapToInt(i -> i).sorted().toArray();
            var weights = new float[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
              weights[i] = documents.getOrDefault(numbers[i], 0f);
            }
            built.put(word, new Postings(numbers, weights));
          });
      return new TextIndex(Map.copyOf(built), size);
    }
  }
}
