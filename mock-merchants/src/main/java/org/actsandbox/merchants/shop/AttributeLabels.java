package org.actsandbox.merchants.shop;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Translates the values of catalog attributes, which the protocol carries in one language, by the
 * shops' own word lists.
 */
public final class AttributeLabels {

  private static final Map<String, String> CHINESE = read();

  private AttributeLabels() {}

  /** Returns the values in Chinese; one that is in no list stays as it is. */
  public static String inChinese(String values) {
    return Arrays.stream(values.split(", ", -1))
        .map(value -> CHINESE.getOrDefault(value, VariantAxis.inChinese(value)))
        .collect(Collectors.joining("、"));
  }

  private static Map<String, String> read() {
    var chinese = new HashMap<String, String>();
    var categories = ProductCategory.read();
    for (var category : categories) {
      category.brands().forEach(brand -> chinese.put(brand.en(), brand.zh()));
    }
    for (var type : ProductType.read(categories)) {
      chinese.put(type.name().en(), type.name().zh());
    }
    return Map.copyOf(chinese);
  }
}
