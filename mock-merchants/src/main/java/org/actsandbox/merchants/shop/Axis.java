package org.actsandbox.merchants.shop;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.actsandbox.merchants.shelf.Rows;
import org.actsandbox.protocol.commerce.Text;

/**
 * What the variants of a product differ in.
 *
 * @param name colour, size, capacity or length
 * @param priced whether each further value costs more
 */
record Axis(String name, List<Text> values, boolean priced) {

  private static final Map<String, String> CHINESE =
      Rows.of(Axis.class, "labels.txt").stream()
          .map(row -> Rows.text(row[0]))
          .collect(Collectors.toUnmodifiableMap(Text::en, Text::zh));

  private static final Pattern WORN = Pattern.compile("[SMLX]{1,2}|[0-9]{2}(-[0-9]{2})?|[57]");

  /** {@code colour:black,white;size:S,M}, or {@code none}. */
  static List<Axis> read(String cell) {
    return cell.equals("none") ? List.of() : Rows.parts(cell, ";").stream().map(Axis::of).toList();
  }

  private static Axis of(String cell) {
    var parts = Rows.parts(cell, ":");
    var values = Rows.parts(parts.get(1), ",");
    boolean measured = values.stream().allMatch(value -> value.indexOf(' ') > 0);
    return new Axis(parts.get(0), values.stream().map(Axis::label).toList(), measured);
  }

  private static Text label(String value) {
    if (WORN.matcher(value).matches()) {
      return new Text("size " + value, value + " 码");
    }
    var words = Rows.parts(value, " ");
    var chinese =
        words.stream()
            .map(word -> CHINESE.getOrDefault(word, word))
            .collect(Collectors.joining(" "));
    return new Text(value, chinese);
  }
}
