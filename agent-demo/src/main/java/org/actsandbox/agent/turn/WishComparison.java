package org.actsandbox.agent.turn;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.agent.language.read.KnownWords;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a model searches for with what the rules read in the principal's own words, because
 * a model may say one thing and search for another.
 */
final class WishComparison {

  /** The class of a ticket when the principal names none. */
  private static final String PLAIN_CLASS = "second";

  private int differences;

  private WishComparison() {}

  /**
   * Returns each difference in the principal's language; it is empty where the rules read no wish.
   */
  static List<String> of(
      List<Wish> expectedWishes, List<Wish> searched, ConversationNarrator narrator) {
    return expectedWishes.isEmpty()
        ? List.of()
        : searched.stream().flatMap(wish -> of(expectedWishes, wish, narrator).stream()).toList();
  }

  /**
   * Compares a search with the closest wish of its kind: only a search that fits none of the wishes
   * differs.
   */
  private static Optional<String> of(
      List<Wish> expectedWishes, Wish searched, ConversationNarrator narrator) {
    var closest =
        expectedWishes.stream()
            .filter(each -> each.kindOf() == searched.kindOf())
            .min(Comparator.comparingInt(each -> differences(each, searched)));
    if (closest.isEmpty()) {
      return Optional.of(
          narrator.phrase("misread.unsaid", WishDescription.describe(searched, narrator.lang())));
    }
    return differences(closest.get(), searched) == 0
        ? Optional.empty()
        : Optional.of(
            narrator.phrase(
                "misread.value",
                WishDescription.describe(closest.get(), narrator.lang()),
                WishDescription.describe(searched, narrator.lang())));
  }

  private static int differences(Wish wish, Wish searched) {
    var comparison = new WishComparison();
    switch (wish) {
      case TrainWish expected when searched instanceof TrainWish train ->
          comparison.train(expected, train);
      case HotelWish expected when searched instanceof HotelWish hotel ->
          comparison.hotel(expected, hotel);
      case ShopWish expected when searched instanceof ShopWish shop ->
          comparison.shop(expected, shop);
      default -> throw new IllegalStateException(wish.kindOf() + " beside " + searched.kindOf());
    }
    return comparison.differences;
  }

  private void train(TrainWish expected, TrainWish searched) {
    place(expected.from(), searched.from());
    place(expected.to(), searched.to());
    day(expected.date(), expected.latestDate(), searched.date());
    count(expected.passengers(), searched.passengers());
    differs(!seatClass(expected).equals(seatClass(searched)));
    limit(expected.maxPrice(), searched.maxPrice());
  }

  private static String seatClass(TrainWish wish) {
    return wish.seatClass() == null ? PLAIN_CLASS : wish.seatClass();
  }

  private void hotel(HotelWish expected, HotelWish searched) {
    place(expected.city(), searched.city());
    day(expected.checkIn(), expected.checkIn(), searched.checkIn());
    count(expected.nights(), searched.nights());
    count(expected.rooms(), searched.rooms());
    limit(expected.maxPerNight(), searched.maxPerNight());
  }

  private void shop(ShopWish expected, ShopWish searched) {
    var category = KnownWords.categories(String.valueOf(expected.terms()));
    var other = KnownWords.categories(String.valueOf(searched.terms()));
    differs(
        !category.isEmpty() && !other.isEmpty() && category.stream().noneMatch(other::contains));
    count(expected.quantity(), searched.quantity());
    limit(expected.maxPrice(), searched.maxPrice());
  }

  /**
   * A station of the city that the principal named is no difference; another station than the named
   * one is.
   */
  private void place(@Nullable String expected, @Nullable String searched) {
    if (expected == null || searched == null || expected.equals(searched)) {
      return;
    }
    boolean isCity = city(expected).equals(expected);
    differs(
        isCity ? !city(searched).equals(expected) : !station(expected).equals(station(searched)));
  }

  private static String city(String name) {
    return PlaceNames.china().find(name).map(Place::city).orElse(name);
  }

  private static String station(String name) {
    return PlaceNames.china().find(name).map(place -> place.name().en()).orElse(name);
  }

  /** Each day within the days that the principal named is no difference. */
  private void day(
      @Nullable LocalDate first, @Nullable LocalDate last, @Nullable LocalDate searched) {
    if (first != null && searched != null) {
      differs(searched.isBefore(first) || searched.isAfter(last == null ? first : last));
    }
  }

  private void count(int expected, int searched) {
    differs(expected != searched);
  }

  /** A stricter limit is allowed: it is the model's own advice. */
  private void limit(@Nullable String expected, @Nullable String searched) {
    if (expected != null) {
      differs(searched == null || new BigDecimal(searched).compareTo(new BigDecimal(expected)) > 0);
    }
  }

  private void differs(boolean differs) {
    if (differs) {
      differences++;
    }
  }
}
