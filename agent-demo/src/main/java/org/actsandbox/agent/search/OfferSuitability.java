package org.actsandbox.agent.search;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.MeasureLimit;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.search.OfferRanking.Candidate;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/** Checks what merchants were not told about a wish, and what they may have ignored. */
final class OfferSuitability {

  /** The names that merchants give to the categories of the agent's words. */
  private static final Map<String, List<String>> CATEGORY_WORDS =
      Map.of(
          "food", List.of("food", "tea", "snack"),
          "office", List.of("office", "stationery", "electronics"),
          "electronics", List.of("electronics", "charging", "office", "audio"),
          "beauty", List.of("beauty", "care", "home"),
          "home", List.of("home", "kitchen"),
          "kitchen", List.of("kitchen", "home"),
          "sports", List.of("sport", "outdoor", "clothing", "shoes"),
          "clothing", List.of("cloth", "apparel", "sport"),
          "travel", List.of("travel", "luggage", "office"));

  private OfferSuitability() {}

  /** Checks what merchants were not told, and what they may have ignored. */
  static boolean suits(Wish wish, Candidate candidate) {
    return switch (wish) {
      case TrainWish train ->
          candidate.offer().details() instanceof OfferDetails.Train details
              && within(train.maxPrice(), candidate.total(), train.passengers())
              && inTime(train, details)
              && (train.trainNo() == null || train.trainNo().equals(details.trainNo()))
              && (train.trainType() == null || details.trainNo().startsWith(train.trainType()))
              && train.avoid().stream().noneMatch(avoided -> details.trainNo().startsWith(avoided))
              && hasPosition(train, candidate, details);
      case HotelWish hotel ->
          candidate.offer().details() instanceof OfferDetails.Hotel details
              && within(
                  hotel.maxPerNight(), candidate.total(), (long) hotel.nights() * hotel.rooms())
              && (hotel.minStars() == null || details.stars() >= hotel.minStars())
              && (!Boolean.TRUE.equals(hotel.breakfast()) || details.breakfast())
              && (!Boolean.TRUE.equals(hotel.freeCancellation())
                  || details.cancellableUntil() != null)
              && (hotel.roomType() == null || isRoom(hotel.roomType(), details.room().en()));
      case ShopWish shop ->
          candidate.offer().details() instanceof OfferDetails.Shop details
              && atLeast(shop.minPrice(), candidate.total(), shop.quantity())
              && isOfCategory(shop, candidate.offer())
              && shop.features().stream()
                  .noneMatch(feature -> GoodsText.hasOtherColour(candidate.offer(), feature))
              && shop.features().stream()
                  .flatMap(feature -> MeasureLimit.of(feature).stream())
                  .allMatch(
                      limit ->
                          limit.isKeptBy(GoodsText.description(candidate.offer())).orElse(true))
              && shop.features().stream()
                  .noneMatch(
                      feature ->
                          MeasureLimit.contradicts(
                              feature, GoodsText.description(candidate.offer())))
              && Objects.requireNonNull(shop.avoid()).stream()
                  .noneMatch(avoided -> GoodsText.mentionsByAnyName(candidate.offer(), avoided))
              && within(shop.maxPrice(), candidate.total(), shop.quantity())
              && (shop.deliverBy() == null
                  || (details.promisedBy() != null
                      && !details.promisedBy().toLocalDate().isAfter(shop.deliverBy())));
    };
  }

  private static boolean within(@Nullable String limit, Money total, long pieces) {
    return limit == null || !total.moreThan(Money.yuan(limit).times(pieces));
  }

  private static boolean atLeast(@Nullable String least, Money total, long pieces) {
    return least == null || !Money.yuan(least).times(pieces).moreThan(total);
  }

  private static boolean isRoom(String type, String room) {
    return switch (type) {
      case "double" -> room.matches("(?i).*\\b(?:queen|king|double)\\b.*");
      default -> room.toLowerCase(Locale.ROOT).contains(type);
    };
  }

  /**
   * A merchant may match single words by chance: the offer must be of the category, or have the
   * terms in its name.
   */
  private static boolean isOfCategory(ShopWish wish, Offer offer) {
    var category = wish.category();
    var terms = wish.terms();
    if (terms == null) {
      return true;
    }
    if (category == null) {
      return mentionsSome(offer, terms);
    }
    var words = CATEGORY_WORDS.getOrDefault(category, List.of(category));
    var offered = offer.category().en().toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(offered::contains) || GoodsText.mentions(offer, terms);
  }

  /** For a product that no list knows, the offer must at least have one of its words. */
  private static boolean mentionsSome(Offer offer, String terms) {
    if (terms.charAt(0) > 0x2E80) {
      return terms.length() < 3
          ? GoodsText.mentions(offer, terms)
          : IntStream.range(0, terms.length() - 1)
              .anyMatch(i -> GoodsText.mentions(offer, terms.substring(i, i + 2)));
    }
    return Arrays.stream(terms.split(" ", -1))
        .anyMatch(word -> word.length() > 2 && GoodsText.mentions(offer, word));
  }

  private static boolean inTime(TrainWish wish, OfferDetails.Train train) {
    var departs = train.departs().toLocalTime();
    var arrives = train.arrives().toLocalTime();
    return (wish.departAfter() == null || !departs.isBefore(wish.departAfter()))
        && (wish.departBefore() == null || !departs.isAfter(wish.departBefore()))
        && (wish.arriveAfter() == null || !arrives.isBefore(wish.arriveAfter()))
        && (wish.arriveBefore() == null
            || (!arrives.isAfter(wish.arriveBefore())
                && train.arrives().toLocalDate().equals(train.departs().toLocalDate())));
  }

  /** A wished position is required: the principal asked for a window seat, not for any seat. */
  private static boolean hasPosition(
      TrainWish wish, Candidate candidate, OfferDetails.Train train) {
    if (wish.position() != null) {
      return train.seatsLeft().getOrDefault(wish.position(), 0) > 0;
    }
    // The position was asked for in place of the unwanted ones: a merchant keeps it for all
    // passengers, or not at all.
    var promised = ((Need.Train) candidate.need()).position();
    return promised == null || train.seatsLeft().getOrDefault(promised, 0) >= wish.passengers();
  }
}
