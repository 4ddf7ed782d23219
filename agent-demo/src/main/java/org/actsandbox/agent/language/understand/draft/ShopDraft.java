package org.actsandbox.agent.language.understand.draft;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.jspecify.annotations.Nullable;

/**
 * Holds goods to buy while the interpreter still fills the wish; a field that was not mentioned is
 * null.
 */
public final class ShopDraft extends WishDraft {

  public @Nullable String terms;
  public @Nullable String category;
  public @Nullable String brand;
  public final Set<String> features = new LinkedHashSet<>();
  public final Set<String> avoid = new LinkedHashSet<>();

  /** The number of pieces of each colour, where several were said: "one black and one red". */
  final Map<String, Integer> piecesByColour = new LinkedHashMap<>();

  public @Nullable String minPrice;
  public @Nullable Integer quantity;
  public @Nullable String maxPrice;
  public @Nullable LocalDate deliverBy;
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

  /** Returns whether both name the same product. */
  public boolean isSame(ShopDraft other) {
    return terms != null && terms.equals(other.terms);
  }

  void update(ShopDraft changes) {
    if (changes.terms != null) {
      if (category != null && changes.category != null && !category.equals(changes.category)) {
        features.clear();
        avoid.clear();
        brand = null;
      }
      terms = changes.terms;
      category = changes.category;
    }
    brand = changes.brand != null ? changes.brand : brand;
    features.removeIf(old -> isReplaced(old, changes.features));
    features.removeAll(changes.avoid);
    features.addAll(changes.features);
    avoid.removeAll(changes.features);
    avoid.addAll(changes.avoid);
    if (changes.maxPrice != null) {
      minPrice = changes.minPrice;
    }
    if (!changes.piecesByColour.isEmpty() && !piecesByColour.isEmpty()) {
      features.addAll(piecesByColour.keySet());
    }
    piecesByColour.putAll(changes.piecesByColour);
    quantity = changes.quantity != null ? changes.quantity : quantity;
    maxPrice = changes.maxPrice != null ? changes.maxPrice : maxPrice;
    deliverBy = changes.deliverBy != null ? changes.deliverBy : deliverBy;
    sort = changes.sort != null ? changes.sort : sort;
  }

  @Override
  ShopWish plainWish() {
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
        minPrice,
        null);
  }

  /** Returns one draft for each colour if each has a number of pieces of its own, or else this. */
  @Override
  public List<WishDraft> split() {
    if (piecesByColour.size() == 1 && features.containsAll(piecesByColour.keySet())) {
      return splitRest();
    }
    if (piecesByColour.size() < 2 || !features.containsAll(piecesByColour.keySet())) {
      return List.of(this);
    }
    return piecesByColour.entrySet().stream()
        .<WishDraft>map(
            each -> {
              var one = (ShopDraft) WishDraft.of(wish());
              one.features.removeAll(piecesByColour.keySet());
              one.features.add(each.getKey());
              one.quantity = each.getValue();
              return one;
            })
        .toList();
  }

  /** "Two shirts, one in white": the other one has another colour. */
  private List<WishDraft> splitRest() {
    var pieces = piecesByColour.entrySet().iterator().next();
    int coloured = pieces.getValue();
    if (quantity == null || coloured >= quantity) {
      return List.of(this);
    }
    var some = (ShopDraft) WishDraft.of(wish());
    some.quantity = coloured;
    var rest = (ShopDraft) WishDraft.of(wish());
    rest.features.remove(pieces.getKey());
    rest.avoid.add(pieces.getKey());
    rest.quantity = quantity - coloured;
    return List.of(some, rest);
  }

  /**
   * Returns whether a change replaces the old feature: a new colour or size does, others add up.
   */
  private static boolean isReplaced(String old, Set<String> changes) {
    boolean colour = ShopWish.isColour(old) && changes.stream().anyMatch(ShopWish::isColour);
    return colour
        || (old.startsWith("size ") && changes.stream().anyMatch(f -> f.startsWith("size ")));
  }
}
