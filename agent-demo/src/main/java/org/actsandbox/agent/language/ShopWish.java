package org.actsandbox.agent.language;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Need;
import org.jspecify.annotations.Nullable;

/**
 * Goods to buy in a shop.
 *
 * @param terms the product in the principal's own words
 * @param features such as wireless, black, 20000mah, size m: English, lower case
 * @param maxPrice yuan per piece, decimal
 * @param sort cheapest | fastest | best
 * @param avoid features that the goods must not have
 * @param minPrice yuan per piece, decimal
 */
public record ShopWish(
    @Nullable String terms,
    @Nullable String category,
    @Nullable String brand,
    List<String> features,
    int quantity,
    @Nullable String maxPrice,
    @Nullable LocalDate deliverBy,
    @Nullable String sort,
    @Nullable List<String> avoid,
    @Nullable String minPrice)
    implements Wish {

  private static final List<String> COLOURS =
      List.of("black", "white", "grey", "silver", "blue", "green", "red", "pink");
  private static final List<String> SORTS = List.of("cheapest", "fastest", "best");

  /** Makes a wish without unwanted features and without a lowest price. */
  public ShopWish(
      @Nullable String terms,
      @Nullable String category,
      @Nullable String brand,
      List<String> features,
      int quantity,
      @Nullable String maxPrice,
      @Nullable LocalDate deliverBy,
      @Nullable String sort) {
    this(terms, category, brand, features, quantity, maxPrice, deliverBy, sort, List.of(), null);
  }

  public ShopWish {
    features = List.copyOf(features);
    avoid = avoid == null ? List.of() : List.copyOf(avoid);
    if (quantity < 1 || quantity > 999) {
      throw new IllegalArgumentException("quantity must be 1 to 999, was " + quantity);
    }
  }

  @Override
  public MerchantKind kindOf() {
    return MerchantKind.SHOP;
  }

  @Override
  public List<String> missing() {
    return terms == null ? List.of("product") : List.of();
  }

  @Override
  public List<Need> needs() {
    if (terms == null) {
      throw new IllegalStateException("missing: product");
    }
    var needs = new ArrayList<Need>();
    needs.add(need(terms, features));
    if (avoid != null && avoid.stream().anyMatch(COLOURS::contains)) {
      // A merchant shows one variant of each product, so the other colours are asked for by name.
      for (var colour : COLOURS) {
        if (!avoid.contains(colour)) {
          var more = new ArrayList<>(features);
          more.add(colour);
          needs.add(need(terms, more));
        }
      }
    }
    return List.copyOf(needs);
  }

  private Need need(String words, List<String> wished) {
    return new Need.Shop(
        words,
        category,
        brand,
        wished,
        quantity,
        deliverBy,
        sort == null || !SORTS.contains(sort) ? null : sort);
  }
}
