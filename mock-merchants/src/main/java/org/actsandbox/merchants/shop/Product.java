package org.actsandbox.merchants.shop;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.protocol.commerce.Text;

/**
 * A product, the same in every world.
 *
 * @param id {@code P0123}, the catalog's item id
 * @param days from order to door by standard shipping
 * @param rating in tenths, 10 to 50
 * @param words of its name, both languages
 * @param storyWords of its description
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
    Set<String> storyWords) {

  Optional<Variant> variant(int number) {
    return number >= 1 && number <= variants.size()
        ? Optional.of(variants.get(number - 1))
        : Optional.empty();
  }

  String key(Variant variant) {
    return id + "." + variant.number();
  }

  /** Whether this variant has all of the words somewhere. */
  boolean has(Variant variant, Set<String> wished) {
    return wished.stream()
        .allMatch(
            word ->
                words.contains(word)
                    || variant.words().contains(word)
                    || storyWords.contains(word));
  }

  /** How many of the words its name and this variant's label have. */
  int named(Variant variant, Set<String> wished) {
    return (int)
        wished.stream()
            .filter(word -> words.contains(word) || variant.words().contains(word))
            .count();
  }
}
