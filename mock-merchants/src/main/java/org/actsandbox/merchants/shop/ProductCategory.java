package org.actsandbox.merchants.shop;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.merchants.shelf.DataFileReader;
import org.actsandbox.merchants.shelf.SearchWords;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.vocabulary.GoodsVocabulary;

/**
 * Represents a department of the shops.
 *
 * @param keys the names of the category in the form of {@link SearchWords#normalize}
 * @param words the words of these names
 * @param brands invented brands
 * @param closings sentences that can end a description
 */
record ProductCategory(
    String code,
    Text name,
    Set<String> keys,
    Set<String> words,
    List<Text> brands,
    List<Text> closings) {

  static List<ProductCategory> read() {
    return DataFileReader.read(ProductCategory.class, "categories.txt").stream()
        .map(ProductCategory::of)
        .toList();
  }

  boolean isCalled(String wantedName) {
    return keys.contains(SearchWords.normalize(wantedName));
  }

  private static ProductCategory of(String[] row) {
    var name = DataFileReader.text(row[1]);
    var keys =
        Stream.concat(
                Stream.of(row[0], name.en(), name.zh()), DataFileReader.parts(row[2], ",").stream())
            .map(SearchWords::normalize)
            .collect(Collectors.toUnmodifiableSet());
    var words =
        keys.stream()
            .flatMap(key -> SearchWords.queryWords(key).stream())
            .collect(Collectors.toUnmodifiableSet());
    var brands =
        GoodsVocabulary.brands().stream()
            .filter(brand -> brand.category().equals(row[0]))
            .map(GoodsVocabulary.Brand::name)
            .toList();
    return new ProductCategory(row[0], name, keys, words, brands, DataFileReader.texts(row[3]));
  }
}
