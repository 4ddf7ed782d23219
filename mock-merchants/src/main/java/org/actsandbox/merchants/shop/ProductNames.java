package org.actsandbox.merchants.shop;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.actsandbox.protocol.commerce.Text;

/**
 * Builds the name of a product from brand, model and kind so that it reads naturally in each
 * language.
 */
final class ProductNames {

  /** Words that stay in lower case inside an English name. */
  private static final Set<String> LOWER_CASE_WORDS =
      Set.of("with", "and", "for", "of", "the", "in", "mm", "cm", "g", "kg", "ml", "m");

  private ProductNames() {}

  static Text of(Text brand, Text model, ProductType type) {
    if (type.category().code().equals("books")) {
      return new Text(
          "%s, %s (%s)".formatted(model.en(), type.name().en(), brand.en()),
          "《%s》%s（%s）".formatted(model.zh(), type.name().zh(), brand.zh()));
    }
    return new Text(
        brand.en() + " " + english(model.en(), type.name().en()),
        brand.zh() + " " + joinChinese(model.zh(), type.name().zh()));
  }

  private static String english(String model, String type) {
    return titleCase(model.startsWith("with ") ? type + " " + model : model + " " + type);
  }

  private static String titleCase(String words) {
    return Arrays.stream(words.split(" "))
        .map(
            word ->
                LOWER_CASE_WORDS.contains(word) || !Character.isLowerCase(word.charAt(0))
                    ? word
                    : Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining(" "));
  }

  /**
   * Joins Chinese words without a space; a space stands only between Latin letters or digits and
   * Chinese.
   */
  private static String joinChinese(String model, String type) {
    boolean latin = model.charAt(model.length() - 1) < 0x2e80 || type.charAt(0) < 0x2e80;
    return model + (latin ? " " : "") + type;
  }
}
