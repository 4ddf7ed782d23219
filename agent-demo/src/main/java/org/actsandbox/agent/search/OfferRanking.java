package org.actsandbox.agent.search;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/** Orders the offers of all platforms by what the principal asked for, and says why. */
final class OfferRanking {

  /** Ours: nobody reads more, and it bounds what a conversation stores. */
  private static final int SHOWN = 12;

  static final LocalTime DAY_BEGINS = LocalTime.of(6, 0);
  private static final LocalTime DAY_ENDS = LocalTime.of(23, 0);

  private OfferRanking() {}

  /**
   * @param need what this offer answers
   */
  record Candidate(Offer offer, Need need) {

    Money total() {
      return Money.of(offer.total(), offer.currency());
    }
  }

  static List<RankedOffer> rank(int search, Wish wish, List<Candidate> candidates) {
    var suitable = candidates.stream().filter(candidate -> suits(wish, candidate)).toList();
    var ordered =
        suitable.stream().sorted(order(wish, candidates)).filter(new Once()).limit(SHOWN).toList();
    var offerReasons = new OfferReasons(wish, ordered, suitable);
    var shown = new ArrayList<RankedOffer>();
    for (int i = 0; i < ordered.size(); i++) {
      var candidate = ordered.get(i);
      shown.add(
          new RankedOffer(
              search,
              candidate.offer(),
              candidate.need(),
              offerReasons.reasonFor(i),
              false,
              offerReasons.isSuspiciouslyDear(candidate)));
    }
    return List.copyOf(shown);
  }

  static Optional<Offer> cheapest(List<Candidate> candidates) {
    return candidates.stream().min(Comparator.comparing(Candidate::total)).map(Candidate::offer);
  }

  /** What merchants were not told, or need not have heeded. */
  private static boolean suits(Wish wish, Candidate candidate) {
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
                  || details.cancellableUntil() != null);
      case ShopWish shop ->
          candidate.offer().details() instanceof OfferDetails.Shop details
              && within(shop.maxPrice(), candidate.total(), shop.quantity())
              && (shop.deliverBy() == null
                  || !details.promisedBy().toLocalDate().isAfter(shop.deliverBy()));
    };
  }

  private static boolean within(@Nullable String limit, Money total, long pieces) {
    return limit == null || !total.moreThan(Money.yuan(limit).times(pieces));
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

  /** A wished position is a must: the principal asked for a window, not for any seat. */
  private static boolean hasPosition(
      TrainWish wish, Candidate candidate, OfferDetails.Train train) {
    if (wish.position() != null) {
      return train.seatsLeft().getOrDefault(wish.position(), 0) > 0;
    }
    // Asked for instead of the unwanted ones: a merchant keeps it for everybody, or not at all.
    var promised = ((Need.Train) candidate.need()).position();
    return promised == null || train.seatsLeft().getOrDefault(promised, 0) >= wish.passengers();
  }

  /** The same seats of a train, asked for by several needs, stand in the list once. */
  private static final class Once implements Predicate<Candidate> {

    private final Set<List<?>> seen = new HashSet<>();

    @Override
    public boolean test(Candidate candidate) {
      var offer = candidate.offer();
      return !(offer.details() instanceof OfferDetails.Train train)
          || seen.add(
              List.of(offer.merchantId(), train.trainNo(), train.departs(), train.seatClass()));
    }
  }

  private static Comparator<Candidate> order(Wish wish, List<Candidate> candidates) {
    return switch (wish) {
      case TrainWish train when train.atAnyHour() ->
          comparing(OfferRanking::atNight).thenComparing(trains("earliest"));
      case TrainWish train -> trains(Objects.requireNonNullElse(train.sort(), "earliest"));
      case HotelWish hotel ->
          hotels(
              Objects.requireNonNullElse(hotel.sort(), hotel.near() == null ? "best" : "nearest"));
      case ShopWish shop -> goods(Objects.requireNonNullElse(shop.sort(), "relevant"), candidates);
    };
  }

  /** Ours: whoever says nothing of the hour does not mean to leave while others sleep. */
  static boolean atNight(Candidate candidate) {
    var departs = departs(candidate).toLocalTime();
    return departs.isBefore(DAY_BEGINS) || !departs.isBefore(DAY_ENDS);
  }

  private static Comparator<Candidate> trains(String sort) {
    Comparator<Candidate> price = comparing(Candidate::total);
    Comparator<Candidate> departs = comparing(candidate -> train(candidate).departs());
    Comparator<Candidate> minutes = comparingInt(candidate -> train(candidate).minutes());
    return switch (sort) {
      case "cheapest" -> price.thenComparing(departs);
      case "fastest" -> minutes.thenComparing(price).thenComparing(departs);
      case "latest" -> departs.reversed().thenComparing(price);
      case "quietest" ->
          comparingInt((Candidate candidate) -> -free(candidate))
              .thenComparing(departs)
              .thenComparing(price);
      default -> departs.thenComparing(price).thenComparing(minutes);
    };
  }

  private static Comparator<Candidate> hotels(String sort) {
    Comparator<Candidate> price = comparing(Candidate::total);
    Comparator<Candidate> score = comparing(candidate -> score(hotel(candidate).score()).negate());
    Comparator<Candidate> distance = comparingInt(candidate -> hotel(candidate).metresToNear());
    return switch (sort) {
      case "cheapest" -> price.thenComparing(score);
      case "quietest" ->
          comparingInt((Candidate candidate) -> -hotel(candidate).quietness()).thenComparing(price);
      case "nearest" -> distance.thenComparing(price);
      default -> score.thenComparing(price);
    };
  }

  private static Comparator<Candidate> goods(String sort, List<Candidate> candidates) {
    Comparator<Candidate> price = comparing(Candidate::total);
    Comparator<Candidate> rating = comparing(candidate -> score(shop(candidate).rating()).negate());
    Comparator<Candidate> promised =
        comparingLong(candidate -> shop(candidate).promisedBy().toEpochSecond());
    return switch (sort) {
      case "cheapest" -> price.thenComparing(rating);
      case "fastest" -> promised.thenComparing(price);
      case "best" -> rating.thenComparing(price);
      default -> comparingInt((Candidate c) -> rankAtMerchant(c, candidates)).thenComparing(price);
    };
  }

  /** Each merchant's own order says how well it matches; the platforms' lists are interleaved. */
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

  static OfferDetails.Train train(Candidate candidate) {
    return (OfferDetails.Train) candidate.offer().details();
  }

  static OfferDetails.Hotel hotel(Candidate candidate) {
    return (OfferDetails.Hotel) candidate.offer().details();
  }

  static OfferDetails.Shop shop(Candidate candidate) {
    return (OfferDetails.Shop) candidate.offer().details();
  }

  static OffsetDateTime departs(Candidate candidate) {
    return train(candidate).departs();
  }

  private static int free(Candidate candidate) {
    return train(candidate).seatsLeft().values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Scores are merchants' text; what is no number counts as none. */
  static BigDecimal score(String score) {
    return score.matches("[0-9]{1,3}(\\.[0-9]{1,3})?") ? new BigDecimal(score) : BigDecimal.ZERO;
  }
}
