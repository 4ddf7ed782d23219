package org.actsandbox.agent.language;

import java.time.LocalDate;
import java.util.List;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Need;
import org.jspecify.annotations.Nullable;

/**
 * Something to buy in a shop.
 *
 * @param terms the product in the principal's own words
 * @param features such as wireless, black, 20000mah, size m: English, lower case
 * @param maxPrice yuan apiece, decimal
 * @param sort cheapest | fastest | best
 */
public record ShopWish(
    @Nullable String terms,
    @Nullable String category,
    @Nullable String brand,
    List<String> features,
    int quantity,
    @Nullable String maxPrice,
    @Nullable LocalDate deliverBy,
    @Nullable String sort)
    implements Wish {

  public ShopWish {
    features = List.copyOf(features);
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
    return List.of(new Need.Shop(terms, category, brand, features, quantity, deliverBy, sort));
  }
}
