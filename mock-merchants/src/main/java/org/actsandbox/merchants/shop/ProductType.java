package org.actsandbox.merchants.shop;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.actsandbox.merchants.shelf.Rows;
import org.actsandbox.merchants.shelf.Words;
import org.actsandbox.protocol.commerce.Text;

/**
 * A kind of product, such as "power bank".
 *
 * @param synonyms what people call it, in both languages
 * @param phrases the synonyms cut into words
 * @param models what tells its products apart; for books the titles
 */
record ProductType(
    Category category,
    Text name,
    String synonyms,
    List<Set<String>> phrases,
    long lowestYuan,
    long highestYuan,
    int grams,
    List<Axis> axes,
    List<Text> models,
    Text benefit) {

  static List<ProductType> read(List<Category> categories) {
    return Rows.of(ProductType.class, "types.txt").stream()
        .map(row -> of(row, categories))
        .toList();
  }

  /** How many of the words name this kind of product: those of the longest synonym among them. */
  int namedBy(Set<String> words) {
    return phrases.stream().filter(words::containsAll).mapToInt(Set::size).max().orElse(0);
  }

  private static ProductType of(String[] row, List<Category> categories) {
    var category =
        categories.stream()
            .filter(one -> one.code().equals(row[0]))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no category " + row[0]));
    var name = Rows.text(row[1]);
    var price = Rows.parts(row[3], "-");
    var phrases =
        Stream.concat(Stream.of(name.en(), name.zh()), Rows.parts(row[2], ",").stream())
            .map(Words::wanted)
            .filter(words -> !words.isEmpty())
            .map(Set::copyOf)
            .toList();
    return new ProductType(
        category,
        name,
        row[2],
        phrases,
        Long.parseLong(price.get(0)),
        Long.parseLong(price.get(1)),
        Integer.parseInt(row[4]),
        Axis.read(row[5]),
        Rows.texts(row[6]),
        Rows.text(row[7]));
  }
}
