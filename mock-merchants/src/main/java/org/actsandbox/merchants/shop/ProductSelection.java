package org.actsandbox.merchants.shop;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.actsandbox.protocol.commerce.LineFacts;
import org.actsandbox.protocol.commerce.MerchantKind;

/**
 * Describes what a shop offer is for. The offer id encodes all of it, such as {@code
 * luma-mart.P0123.2.std.1} (merchant, product, variant, shipping, quantity), so that nothing is
 * stored per search.
 */
record ProductSelection(Product product, Variant variant, Shipping shipping, int quantity) {

  static final int MAX_QUANTITY = 99;

  private static final Pattern FORM =
      Pattern.compile("([a-z0-9-]{1,40})\\.(P[0-9]{4})\\.([0-9]{1,3})\\.(std|exp)\\.([1-9][0-9]?)");

  /**
   * Reads an offer id; empty if it is not the id of an offer of this merchant.
   *
   * @param express whether the merchant offers express shipping
   */
  static Optional<ProductSelection> of(String offerId, String merchant, boolean express) {
    var form = FORM.matcher(offerId);
    if (!form.matches() || !form.group(1).equals(merchant)) {
      return Optional.empty();
    }
    var shipping = Shipping.of(form.group(4));
    if (shipping == Shipping.EXPRESS && !express) {
      return Optional.empty();
    }
    return Products.ALL
        .byId(form.group(2))
        .flatMap(
            product ->
                product
                    .variant(Integer.parseInt(form.group(3)))
                    .map(
                        variant ->
                            new ProductSelection(
                                product, variant, shipping, Integer.parseInt(form.group(5)))));
  }

  /**
   * Returns the facts that an authority is checked against: the names of the product, its kind and
   * its department, and what distinguishes this variant.
   */
  LineFacts facts() {
    var type = product.type();
    var category = type.category().name();
    var names =
        Stream.concat(
            Stream.of(product.name(), type.name(), category)
                .flatMap(name -> Stream.of(name.en(), name.zh())),
            type.synonyms().stream());
    var attributes =
        Stream.concat(
            Stream.of(variant.label(), product.brand())
                .flatMap(label -> Stream.of(label.en(), label.zh())),
            variant.values().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(axis -> axis.getKey() + " " + axis.getValue()));
    return LineFacts.named(
        MerchantKind.SHOP, names.distinct().toList(), attributes.distinct().toList());
  }

  String offerId(String merchant) {
    return "%s.%s.%s.%d".formatted(merchant, key(), shipping.code(), quantity);
  }

  /** Returns the key under which stock and price changes of the variant are kept. */
  String key() {
    return product.key(variant);
  }
}
