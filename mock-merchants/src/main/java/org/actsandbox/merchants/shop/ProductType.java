package org.actsandbox.merchants.shop;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.actsandbox.merchants.shelf.DataFileReader;
import org.actsandbox.merchants.shelf.SearchWords;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.vocabulary.GoodsVocabulary;

/**
 * Represents a kind of product, such as "power bank".
 *
 * @param synonyms all names of the kind, in both languages
 * @param phrases the words of each synonym
 * @param models what distinguishes the products of the kind; for books the titles
 */
record ProductType(
    ProductCategory category,
    Text name,
    List<String> synonyms,
    List<Set<String>> phrases,
    long lowestYuan,
    long highestYuan,
    int grams,
    List<VariantAxis> axes,
    List<Text> models,
    Text benefit) {

  static List<ProductType> read(List<ProductCategory> categories) {
    return DataFileReader.read(ProductType.class, "types.txt").stream()
        .map(row -> of(row, categories))
        .toList();
  }

  /**
   * Returns how many of the words name this kind of product: the size of the longest synonym that
   * the words contain.
   */
  int namedBy(Set<String> words) {
    int longest = 0;
    for (var phrase : phrases) {
      if (phrase.size() > longest && words.containsAll(phrase)) {
        longest = phrase.size();
      }
    }
    return longest;
  }

  /** Returns whether the kind, one of its synonyms or its category has one of the words. */
  boolean mentions(Set<String> words) {
    return Stream.concat(phrases.stream(), Stream.of(category.words()))
        .flatMap(Set::stream)
        .anyMatch(own -> words.stream().anyMatch(word -> own.equals(word) || isPart(word, own)));
  }

  /** Returns whether a Chinese word is a part of another one, as 书 is of 图书. */
  private static boolean isPart(String word, String own) {
    return word.codePoints().allMatch(Character::isIdeographic) && own.contains(word);
  }

  private static ProductType of(String[] row, List<ProductCategory> categories) {
    var goods = GoodsVocabulary.require(row[0]);
    var productCategory =
        categories.stream()
            .filter(one -> one.code().equals(goods.category()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no category " + goods.category()));
    var price = DataFileReader.parts(row[1], "-");
    var phrases =
        goods.allNames().stream()
            .map(SearchWords::queryWords)
            .filter(words -> !words.isEmpty())
            .map(Set::copyOf)
            .toList();
    return new ProductType(
        productCategory,
        goods.name(),
        goods.allNames(),
        phrases,
        Long.parseLong(price.get(0)),
        Long.parseLong(price.get(1)),
        Integer.parseInt(row[2]),
        VariantAxis.read(row[3]),
        DataFileReader.texts(row[4]),
        DataFileReader.text(row[5]));
  }
}
