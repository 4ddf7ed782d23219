package org.actsandbox.merchants.shop;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.merchants.shelf.Rows;
import org.actsandbox.merchants.shelf.Words;
import org.actsandbox.protocol.commerce.Text;

/**
 * A department of the shops.
 *
 * @param keys its names in the form of {@link Words#normal}
 * @param brands invented ones
 * @param closings sentences that end a description
 */
record Category(String code, Text name, Set<String> keys, List<Text> brands, List<Text> closings) {

  static List<Category> read() {
    return Rows.of(Category.class, "categories.txt").stream().map(Category::of).toList();
  }

  boolean isCalled(String wished) {
    return keys.contains(Words.normal(wished));
  }

  private static Category of(String[] row) {
    var name = Rows.text(row[1]);
    var keys =
        Stream.concat(Stream.of(row[0], name.en(), name.zh()), Rows.parts(row[2], ",").stream())
            .map(Words::normal)
            .collect(Collectors.toUnmodifiableSet());
    return new Category(row[0], name, keys, Rows.texts(row[3]), Rows.texts(row[4]));
  }
}
