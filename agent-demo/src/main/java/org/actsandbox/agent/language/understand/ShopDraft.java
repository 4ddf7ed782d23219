package org.actsandbox.agent.language.understand;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/** Something to buy while it is being understood: whatever was not said is null. */
final class ShopDraft implements WishDraft {

  @Nullable String terms;
  @Nullable String category;
  @Nullable String brand;
  final Set<String> features = new LinkedHashSet<>();
  final Set<String> avoid = new LinkedHashSet<>();
  @Nullable String minPrice;
  @Nullable Integer quantity;
  @Nullable String maxPrice;
  @Nullable LocalDate deliverBy;
  @Nullable String sort;

  static ShopDraft of(ShopWish wish) {
    var draft = new ShopDraft();
    draft.terms = wish.terms();
    draft.category = wish.category();
    draft.brand = wish.brand();
    draft.features.addAll(wish.features());
    draft.quantity = wish.quantity();
    draft.maxPrice = wish.maxPrice();
    draft.deliverBy = wish.deliverBy();
    draft.sort = wish.sort();
    if (wish.avoid() != null) {
      draft.avoid.addAll(wish.avoid());
    }
    draft.minPrice = wish.minPrice();
    return draft;
  }

  @Override
  public MerchantKind kind() {
    return MerchantKind.SHOP;
  }

  /** Whether both name the same product. */
  boolean isSame(ShopDraft other) {
    return terms != null && terms.equals(other.terms);
  }

  void update(ShopDraft news) {
    if (news.terms != null) {
      terms = news.terms;
      category = news.category;
    }
    brand = news.brand != null ? news.brand : brand;
    features.removeIf(old -> Colours.areBoth(old, news.features));
    features.removeAll(news.avoid);
    features.addAll(news.features);
    avoid.removeAll(news.features);
    avoid.addAll(news.avoid);
    if (news.maxPrice != null) {
      minPrice = news.minPrice;
    }
    quantity = news.quantity != null ? news.quantity : quantity;
    maxPrice = news.maxPrice != null ? news.maxPrice : maxPrice;
    deliverBy = news.deliverBy != null ? news.deliverBy : deliverBy;
    sort = news.sort != null ? news.sort : sort;
  }

  @Override
  public ShopWish wish() {
    return new ShopWish(
        terms,
        category,
        brand,
        List.copyOf(features),
        quantity == null ? 1 : Math.clamp(quantity, 1, 999),
        maxPrice,
        deliverBy,
        sort,
        List.copyOf(avoid),
        minPrice);
  }

  static boolean isColour(String feature) {
    return Colours.ALL.contains(feature);
  }

  /** A new colour or size replaces the old one; other features add up. */
  private static final class Colours {

    private static final Set<String> ALL =
        Set.of(
            "black", "white", "red", "blue", "green", "yellow", "pink", "grey", "silver", "gold",
            "purple", "brown", "orange", "navy", "beige");

    static boolean areBoth(String old, Set<String> news) {
      boolean colour = ALL.contains(old) && news.stream().anyMatch(ALL::contains);
      return colour
          || (old.startsWith("size ") && news.stream().anyMatch(f -> f.startsWith("size ")));
    }
  }
}
