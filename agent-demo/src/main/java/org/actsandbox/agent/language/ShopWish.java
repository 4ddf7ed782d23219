package org.actsandbox.agent.language;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Need;
import org.jspecify.annotations.Nullable;

/**
 * Goods to buy in a shop.
 *
 * @param terms the product in the principal's own words
 * @param features such as wireless, black, 20000mah, size m: English, lower case; one of several,
 *     as "black or white", is one feature with {@link #OR} between them; a {@link MeasureLimit} is
 *     compared by the agent itself
 * @param maxPrice yuan per piece, decimal
 * @param sort cheapest | fastest | best
 * @param avoid features that the goods must not have
 * @param minPrice yuan per piece, decimal
 * @param otherwise the goods that are wished only if these are not to be had
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
    @Nullable String minPrice,
    @Nullable ShopWish otherwise)
    implements Wish {

  /** Stands between features of which one suffices. */
  public static final String OR = " or ";

  /** Ours: so many searches for one wish. */
  private static final int MAX_NEEDS = 8;

  /** The colours that merchants are asked for by name where one is not wanted. */
  private static final List<String> COMMON_COLOURS =
      List.of("black", "white", "grey", "silver", "blue", "green", "red", "pink");

  private static final Set<String> COLOURS =
      Set.of(
          "black", "white", "red", "blue", "green", "yellow", "pink", "grey", "silver", "gold",
          "purple", "brown", "orange", "navy", "beige");

  private static final List<String> SORTS = List.of("cheapest", "fastest", "best");

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
    combinations().forEach(wished -> needs.add(need(terms, wished)));
    for (var limit : features.stream().flatMap(each -> MeasureLimit.of(each).stream()).toList()) {
      // A merchant shows one variant of each product, so measures within are asked for by name.
      for (var measure : limit.asFeatures()) {
        var more = new ArrayList<>(combinations().getFirst());
        more.add(measure);
        needs.add(need(terms, more));
      }
    }
    if (avoid != null && avoid.stream().anyMatch(COMMON_COLOURS::contains)) {
      // A merchant shows one variant of each product, so the other colours are asked for by name.
      for (var colour : COMMON_COLOURS) {
        if (!avoid.contains(colour)) {
          var more = new ArrayList<>(combinations().getFirst());
          more.add(colour);
          needs.add(need(terms, more));
        }
      }
    }
    return List.copyOf(needs);
  }

  /** Returns whether the feature is a colour, or a choice of colours. */
  public static boolean isColour(String feature) {
    return COLOURS.containsAll(alternatives(feature));
  }

  /** Returns the features of which one suffices; a feature without a choice alone. */
  public static List<String> alternatives(String feature) {
    return List.of(feature.split(OR, -1));
  }

  /** Returns the lists of features that the merchants are asked for, one from each choice. */
  private List<List<String>> combinations() {
    List<List<String>> combinations = List.of(List.of());
    for (var feature : features.stream().filter(each -> MeasureLimit.of(each).isEmpty()).toList()) {
      combinations =
          combinations.stream()
              .flatMap(
                  chosen ->
                      alternatives(feature).stream()
                          .map(each -> Stream.concat(chosen.stream(), Stream.of(each)).toList()))
              .limit(MAX_NEEDS)
              .toList();
    }
    return combinations;
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
