package org.actsandbox.merchants.shop;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.protocol.commerce.Text;

/**
 * Represents a product; it is the same in every world.
 *
 * @param id the item id of the catalog, such as {@code P0123}
 * @param days the days from order to door by standard shipping
 * @param rating the rating in tenths, 10 to 50
 * @param words the words of its name, in both languages
 * @param descriptionWords the words of its description
 */
record Product(
    String id,
    ProductType type,
    Text brand,
    Text name,
    Text description,
    long baseFen,
    int rating,
    int days,
    List<Variant> variants,
    Set<String> words,
    Set<String> descriptionWords) {

  Optional<Variant> variant(int number) {
    return number >= 1 && number <= variants.size()
        ? Optional.of(variants.get(number - 1))
        : Optional.empty();
  }

  String key(Variant variant) {
    return id + "." + variant.number();
  }

  /**
   * Says whether the product and this variant have all of the words, in the name, the label or the
   * description.
   */
  boolean has(Variant variant, Set<String> wantedWords) {
    return wantedWords.stream()
        .allMatch(
            word ->
                variant.words().contains(word)
                    || (!isLabel(word)
                        && (words.contains(word) || descriptionWords.contains(word))));
  }

  /** Returns whether the word tells variants of this product from each other, as colours do. */
  private boolean isLabel(String word) {
    return variants.stream().anyMatch(variant -> variant.words().contains(word));
  }

  /** Counts the words that the product's name or this variant's label has. */
  int countNamed(Variant variant, Set<String> wantedWords) {
    return (int)
        wantedWords.stream()
            .filter(word -> words.contains(word) || variant.words().contains(word))
            .count();
  }
}
