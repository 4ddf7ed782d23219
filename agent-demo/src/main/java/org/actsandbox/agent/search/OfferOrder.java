package org.actsandbox.agent.search;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.search.OfferRanking.Candidate;

/** Orders offers by what the principal asked for, and by what is sensible otherwise. */
final class OfferOrder {

  /** Ours: with "cheap" and "near", this distance is near: a walk of twenty minutes. */
  private static final int NEAR_METRES = 1_500;

  /** Ours: a principal who must arrive by a time wants to have this many minutes left. */
  private static final int ARRIVAL_MARGIN_MINUTES = 15;

  static final LocalTime DAY_BEGINS = LocalTime.of(6, 0);
  private static final LocalTime DAY_ENDS = LocalTime.of(23, 0);
  private static final LocalTime NIGHT_ENDS = LocalTime.of(2, 0);

  private OfferOrder() {}

  static Comparator<Candidate> order(Wish wish, List<Candidate> candidates) {
    return switch (wish) {
      case TrainWish train when train.byDay() ->
          comparing(OfferOrder::departsAtNight)
              .thenComparing(OfferOrder::ridesThroughNight)
              .thenComparing(trains(train));
      case TrainWish train when train.meansDaytime() ->
          comparing(OfferOrder::ridesThroughNight).thenComparing(trains(train));
      case TrainWish train -> trains(train);
      case HotelWish hotel -> hotels(hotel, candidates);
      case ShopWish shop ->
          comparing(
                  (Candidate c) ->
                      GoodsText.isForChildren(c.offer()) != GoodsText.isForChildren(shop))
              .thenComparing(
                  goods(Objects.requireNonNullElse(shop.sort(), "relevant"), candidates));
    };
  }

  /** Ours: a principal who does not name an hour does not mean to leave at night. */
  static boolean departsAtNight(Candidate candidate) {
    return isNight(OfferRanking.departs(candidate).toLocalTime());
  }

  static boolean isNight(LocalTime departs) {
    return departs.isBefore(DAY_BEGINS) || !departs.isBefore(DAY_ENDS);
  }

  /** Returns whether the train arrives on a later day, and not just after midnight. */
  static boolean ridesThroughNight(Candidate candidate) {
    var train = OfferRanking.train(candidate);
    return train.arrives().toLocalDate().isAfter(train.departs().toLocalDate())
        && !train.arrives().toLocalTime().isBefore(NIGHT_ENDS);
  }

  private static Comparator<Candidate> trains(TrainWish wish) {
    if ("closest".equals(wish.sort())
        && wish.departAfter() != null
        && wish.departBefore() != null) {
      int middle = (wish.departAfter().toSecondOfDay() + wish.departBefore().toSecondOfDay()) / 2;
      return comparingInt(
              (Candidate c) ->
                  Math.abs(OfferRanking.departs(c).toLocalTime().toSecondOfDay() - middle))
          .thenComparing(trains("earliest"));
    }
    var by = wish.arriveBefore();
    if (wish.sort() == null && by != null) {
      return comparing((Candidate c) -> isTight(c, by)).thenComparing(trains("latest"));
    }
    return trains(Objects.requireNonNullElse(wish.sort(), "earliest"));
  }

  private static boolean isTight(Candidate candidate, LocalTime by) {
    return OfferRanking.train(candidate)
        .arrives()
        .toLocalTime()
        .plusMinutes(ARRIVAL_MARGIN_MINUTES)
        .isAfter(by);
  }

  private static Comparator<Candidate> trains(String sort) {
    Comparator<Candidate> price = comparing(Candidate::total);
    Comparator<Candidate> departs = comparing(candidate -> OfferRanking.train(candidate).departs());
    Comparator<Candidate> minutes =
        comparingInt(candidate -> OfferRanking.train(candidate).minutes());
    return switch (sort) {
      case "cheapest" -> price.thenComparing(OfferOrder::departsAtNight).thenComparing(departs);
      case "fastest" -> minutes.thenComparing(price).thenComparing(departs);
      case "latest" -> departs.reversed().thenComparing(price);
      case "quietest" ->
          comparingInt((Candidate candidate) -> -free(candidate))
              .thenComparing(departs)
              .thenComparing(price);
      default -> departs.thenComparing(price).thenComparing(minutes);
    };
  }

  private static Comparator<Candidate> hotels(HotelWish wish, List<Candidate> candidates) {
    Comparator<Candidate> price = comparing(Candidate::total);
    Comparator<Candidate> score =
        comparing(candidate -> OfferRanking.score(OfferRanking.hotel(candidate).score()).negate());
    Comparator<Candidate> distance =
        comparingInt(candidate -> OfferRanking.hotel(candidate).metresToNear());
    Comparator<Candidate> far =
        comparing(
            candidate ->
                wish.near() != null && OfferRanking.hotel(candidate).metresToNear() > NEAR_METRES);
    return switch (wish.sort()) {
      case "cheapest" -> far.thenComparing(price).thenComparing(score);
      case "quietest" ->
          far.thenComparingInt(candidate -> -OfferRanking.hotel(candidate).quietness())
              .thenComparing(price);
      case "nearest" -> distance.thenComparing(price);
      case "best" -> far.thenComparing(score).thenComparing(price);
      case null, default ->
          wish.near() == null
              ? comparing((Candidate c) -> -scoreAndPrice(c, candidates)).thenComparing(price)
              : comparingLong((Candidate c) -> distanceAndPrice(c, wish)).thenComparing(price);
    };
  }

  /**
   * Ours: one kilometre less to walk is worth 100 yuan a night, so that both distance and price
   * count.
   */
  private static long distanceAndPrice(Candidate candidate, HotelWish wish) {
    long fenPerNight = candidate.total().minorUnits() / wish.nights() / wish.rooms();
    return fenPerNight + OfferRanking.hotel(candidate).metresToNear() * 10L;
  }

  /** Ours: one point of the score is worth a price that is lower by a fifth of the average. */
  private static double scoreAndPrice(Candidate candidate, List<Candidate> candidates) {
    double average = candidates.stream().mapToLong(c -> c.total().minorUnits()).average().orElse(1);
    return OfferRanking.score(OfferRanking.hotel(candidate).score()).doubleValue()
        - 5 * candidate.total().minorUnits() / Math.max(1, average);
  }

  private static Comparator<Candidate> goods(String sort, List<Candidate> candidates) {
    Comparator<Candidate> price = comparing(Candidate::total);
    Comparator<Candidate> rating =
        comparing(candidate -> OfferRanking.score(OfferRanking.shop(candidate).rating()).negate());
    Comparator<Candidate> promised =
        comparing(
            candidate -> OfferRanking.shop(candidate).promisedBy(),
            Comparator.nullsLast(comparing(OffsetDateTime::toInstant)));
    return switch (sort) {
      case "cheapest" -> price.thenComparing(rating);
      case "fastest" -> promised.thenComparing(price);
      case "best" -> rating.thenComparing(price);
      default -> comparingInt((Candidate c) -> rankAtMerchant(c, candidates)).thenComparing(price);
    };
  }

  /**
   * A merchant's own order says how well an offer matches; the lists of the platforms are
   * interleaved.
   */
  private static int rankAtMerchant(Candidate candidate, List<Candidate> candidates) {
    var own =
        candidates.stream()
            .filter(other -> other.offer().merchantId().equals(candidate.offer().merchantId()))
            .toList();
    return IntStream.range(0, own.size())
        .filter(i -> own.get(i).equals(candidate))
        .findFirst()
        .orElse(own.size());
  }

  private static int free(Candidate candidate) {
    return OfferRanking.train(candidate).seatsLeft().values().stream()
        .mapToInt(Integer::intValue)
        .sum();
  }
}
