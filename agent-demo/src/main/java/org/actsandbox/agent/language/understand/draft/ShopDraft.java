package org.actsandbox.agent.language.understand.draft;

import java.lang.reflect.Field;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.Slots;
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

  private static final Map<String, Field> SLOTS = slots(ShopDraft.class, ShopWish.class);

  @Override
  Map<String, Field> slots() {
    return SLOTS;
  }

  @Override
  public MerchantKind kind() {
    return MerchantKind.SHOP;
  }

  /** Returns whether both name the same product. */
  public boolean isSame(ShopDraft other) {
    return terms != null && terms.equals(other.terms);
  }

  /** Other goods have features of their own, and a new feature replaces its contrary. */
  @Override
  void prepare(WishDraft changes) {
    if (changes instanceof ShopDraft shop) {
      if (shop.terms != null) {
        if (category != null && shop.category != null && !category.equals(shop.category)) {
          features.clear();
          avoid.clear();
          brand = null;
        }
        category = null;
      } else {
        // A category alone, as that of "something to keep coffee warm", is not of these goods.
        shop.category = category;
      }
      features.removeIf(old -> isReplaced(old, shop.features));
      features.removeAll(shop.avoid);
      avoid.removeAll(shop.features);
      avoid.remove(String.valueOf(shop.brand));
      brand = shop.avoid.contains(String.valueOf(brand)) ? null : brand;
      minPrice = shop.maxPrice == null ? minPrice : null;
      if (!shop.piecesByColour.isEmpty() && !piecesByColour.isEmpty()) {
        features.addAll(shop.features);
        features.addAll(piecesByColour.keySet());
      }
      piecesByColour.putAll(shop.piecesByColour);
    }
  }

  @Override
  ShopWish plainWish() {
    return Slots.make(
        ShopWish.class,
        slot ->
            slot.equals("quantity")
                ? (Integer) (quantity == null ? 1 : Math.clamp(quantity, 1, 999))
                : wished(slot));
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
