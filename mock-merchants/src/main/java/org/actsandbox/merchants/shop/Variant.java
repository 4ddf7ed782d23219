package org.actsandbox.merchants.shop;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.merchants.shelf.SearchWords;
import org.actsandbox.protocol.commerce.Text;

/**
 * Represents a variant of a product, the unit that is sold and shipped.
 *
 * @param number the number within the product, from 1
 * @param values the value of each axis, in English
 * @param percent the price in percent of the product's base price
 * @param oddness how far it is from the most common choice; 0 is the most common
 * @param words the words of its label, in both languages
 */
record Variant(
    int number,
    Text label,
    Map<String, String> values,
    int percent,
    int oddness,
    Set<String> words) {

  private static final Text SINGLE_VARIANT = new Text("standard", "标准款");

  static List<Variant> of(ProductType type) {
    List<Variant> variants = List.of(plain());
    int stepPercent = type.category().code().equals("food") ? 110 : 30;
    for (VariantAxis variantAxis : type.axes()) {
      var next = new ArrayList<Variant>();
      for (Variant variant : variants) {
        for (int i = 0; i < variantAxis.values().size(); i++) {
          next.add(variant.with(variantAxis, i, next.size() + 1, stepPercent));
        }
      }
      variants = next;
    }
    return List.copyOf(variants);
  }

  private static Variant plain() {
    return new Variant(1, SINGLE_VARIANT, Map.of(), 100, 0, Set.of());
  }

  private Variant with(VariantAxis variantAxis, int position, int number, int stepPercent) {
    var value = variantAxis.values().get(position);
    var text =
        values.isEmpty()
            ? value
            : new Text(label.en() + ", " + value.en(), label.zh() + "，" + value.zh());
    var all = new LinkedHashMap<>(values);
    all.put(variantAxis.name(), value.en());
    // Most people take the first colour or measure, but the middle size of clothes.
    boolean isClothesSize = !variantAxis.priced() && variantAxis.name().equals("size");
    int usual = isClothesSize ? (variantAxis.values().size() - 1) / 2 : 0;
    return new Variant(
        number,
        text,
        Map.copyOf(all),
        percent + (variantAxis.priced() ? position * stepPercent : 0),
        oddness + Math.abs(position - usual),
        SearchWords.offerWords(text.en() + " " + text.zh()));
  }
}
