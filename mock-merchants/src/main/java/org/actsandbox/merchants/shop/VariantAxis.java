package org.actsandbox.merchants.shop;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.actsandbox.merchants.shelf.DataFileReader;
import org.actsandbox.protocol.commerce.Text;

/**
 * Represents a property in which the variants of a product differ.
 *
 * @param name the name of the property: colour, size, capacity or length
 * @param priced whether each further value costs more
 */
record VariantAxis(String name, List<Text> values, boolean priced) {

  private static final Map<String, String> CHINESE =
      DataFileReader.read(VariantAxis.class, "labels.txt").stream()
          .map(row -> DataFileReader.text(row[0]))
          .collect(Collectors.toUnmodifiableMap(Text::en, Text::zh));

  private static final Pattern CLOTHES_SIZE =
      Pattern.compile("[SMLX]{1,2}|[0-9]{2}(-[0-9]{2})?|[57]");

  /** Reads axes such as {@code colour:black,white;size:S,M}, or {@code none}. */
  static List<VariantAxis> read(String cell) {
    return cell.equals("none")
        ? List.of()
        : DataFileReader.parts(cell, ";").stream().map(VariantAxis::of).toList();
  }

  private static VariantAxis of(String cell) {
    var parts = DataFileReader.parts(cell, ":");
    var values = DataFileReader.parts(parts.get(1), ",");
    boolean isMeasure = values.stream().allMatch(value -> value.indexOf(' ') > 0);
    return new VariantAxis(
        parts.get(0), values.stream().map(VariantAxis::label).toList(), isMeasure);
  }

  private static Text label(String value) {
    if (CLOTHES_SIZE.matcher(value).matches()) {
      return new Text("size " + value, value + " 码");
    }
    return new Text(value, inChinese(value));
  }

  /** Translates the words of a value other than a size. */
  static String inChinese(String value) {
    return DataFileReader.parts(value, " ").stream()
        .map(word -> CHINESE.getOrDefault(word, word))
        .collect(Collectors.joining(" "));
  }
}
