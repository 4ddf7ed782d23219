package org.actsandbox.agent.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.MeasureLimit;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.Slots;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.language.read.KnownWords;
import org.actsandbox.protocol.commerce.Need;
import org.jspecify.annotations.Nullable;

/** Decides what a platform is asked for a wish: which needs, how many offers, which features. */
final class SearchNeeds {

  /** Ours: the number of offers that one platform may contribute to one wish. */
  private static final int OFFERS_PER_PLATFORM = 10;

  /** Ours: the same number where the agent itself must select by what merchants cannot sort by. */
  private static final int MANY_OFFERS = 40;

  private static final String CHEAPEST = "cheapest";

  private SearchNeeds() {}

  /**
   * Drops the features that only the principal's words know, and volumes: no merchant has to match
   * a word that the agent itself did not understand, and a flask of nearly the wished size is
   * better than none; few shops say of a toy that it is for children. The offer then says that they
   * are not mentioned.
   */
  static @Nullable Need withKnownFeatures(Need need) {
    if (!(need instanceof Need.Shop shop)) {
      return null;
    }
    var known = shop.features().stream().filter(SearchNeeds::isRequired).toList();
    return known.size() == shop.features().size() ? null : Slots.with(shop, "features", known);
  }

  private static boolean isRequired(String feature) {
    return KnownWords.isFeature(feature)
        && !feature.equals("kids")
        && !feature.matches("\\d+(?:\\.\\d+)?m?l");
  }

  /** Returns how many offers one platform may contribute to the wish. */
  static int limit(Wish wish, boolean budgeted) {
    boolean many =
        budgeted
            || wish.limit() != null
            || switch (wish) {
              case TrainWish train ->
                  "closest".equals(train.sort()) || train.arriveBefore() != null;
              case HotelWish hotel -> hotel.near() != null;
              case ShopWish shop ->
                  !Objects.requireNonNull(shop.avoid()).isEmpty()
                      || shop.features().stream().anyMatch(f -> MeasureLimit.of(f).isPresent());
            };
    return many ? MANY_OFFERS : OFFERS_PER_PLATFORM;
  }

  /**
   * Returns the needs of the wish. With a price limit it asks by price as well, so that "nothing"
   * is true for all offers.
   *
   * @param budgeted whether there is a limit for everything together
   */
  static List<Need> of(Wish wish, boolean budgeted) {
    var needs = new ArrayList<>(wish.needs());

    if ((budgeted || wish.limit() != null) && wish.sort() == null) {
      wish.needs().stream().map(SearchNeeds::byPrice).forEach(needs::add);
    }
    return needs;
  }

  private static Need byPrice(Need need) {
    return (Need) Slots.with((Record) need, "sort", CHEAPEST);
  }
}
