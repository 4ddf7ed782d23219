package org.actsandbox.agent.search;

import static java.util.Comparator.comparingLong;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.actsandbox.agent.language.MeasureLimit;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/** Orders the offers of all platforms by what the principal asked for, and gives the reasons. */
public final class OfferRanking {

  /**
   * Ours: a principal does not read more offers, and the limit bounds what a conversation stores.
   */
  private static final int MAX_SHOWN = 12;

  /** The stations that timetables count to a city although they lie 25 km or more from it. */
  private static final Set<String> OUTLYING_STATIONS =
      Set.of("Songjiang South", "Wuqing", "Yongchuan East");

  private OfferRanking() {}

  /**
   * An offer to be ranked.
   *
   * @param need the need that this offer answers
   */
  record Candidate(Offer offer, Need need) {

    Money total() {
      return Money.of(offer.total(), offer.currency());
    }
  }

  static List<RankedOffer> rank(
      int search, Wish wish, List<Candidate> candidates, boolean complete) {
    var suitable =
        withMeasures(
            wish,
            withoutOutlyingStations(
                wish, candidates.stream().filter(c -> OfferSuitability.suits(wish, c)).toList()));
    var ordered =
        suitable.stream()
            .sorted(OfferOrder.order(wish, candidates))
            .filter(new FirstOfSameSeats())
            .limit(MAX_SHOWN)
            .toList();
    var offerReasons = new OfferReasons(wish, ordered, suitable, complete);
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
              offerReasons.isSuspiciouslyCheap(candidate)));
    }
    return List.copyOf(shown);
  }

  /**
   * A station far outside of the city counts when the principal named it, or when no other offer is
   * left.
   */
  private static List<Candidate> withoutOutlyingStations(Wish wish, List<Candidate> candidates) {
    if (!(wish instanceof TrainWish train)) {
      return candidates;
    }
    var inside =
        candidates.stream()
            .filter(
                candidate ->
                    serves(train.from(), train(candidate).from())
                        && serves(train.to(), train(candidate).to()))
            .toList();
    return inside.isEmpty() ? candidates : inside;
  }

  /** Goods that say their measure go before those that do not, when the wish limits one. */
  private static List<Candidate> withMeasures(Wish wish, List<Candidate> candidates) {
    if (!(wish instanceof ShopWish shop)) {
      return candidates;
    }
    // "Five pairs of socks" are not five packs of five pairs.
    var single =
        candidates.stream()
            .filter(
                candidate ->
                    shop.quantity() == 1 || GoodsPack.of(candidate.offer().title()).isEmpty())
            .toList();
    if (!single.isEmpty() && single.size() < candidates.size()) {
      return withMeasures(wish, single);
    }
    var limits = shop.features().stream().flatMap(each -> MeasureLimit.of(each).stream()).toList();
    var measured =
        candidates.stream()
            .filter(
                candidate ->
                    limits.stream()
                        .allMatch(
                            l ->
                                l.isKeptBy(GoodsText.description(candidate.offer())).orElse(false)))
            .toList();
    return measured.isEmpty() ? candidates : measured;
  }

  private static boolean serves(@Nullable String wished, Text station) {
    return wished == null
        || !OUTLYING_STATIONS.contains(station.en())
        || PlaceNames.china().findByWireName(wished).filter(Place::isCity).isEmpty();
  }

  /** Returns the offer that is nearest to the wished range of prices, else the cheapest. */
  static Optional<Offer> nearest(Wish wish, List<Candidate> candidates) {
    var least = wish instanceof ShopWish shop ? shop.minPrice() : null;
    long pieces = wish instanceof ShopWish shop ? shop.quantity() : 1;
    long wished = least == null ? 0 : Money.yuan(least).times(pieces).minorUnits();
    return candidates.stream()
        .min(
            comparingLong((Candidate each) -> Math.abs(wished - each.total().minorUnits()))
                .thenComparing(Candidate::total))
        .map(Candidate::offer);
  }

  /**
   * Keeps the first of several offers for the same seats of a train, because several needs may have
   * asked for them.
   */
  private static final class FirstOfSameSeats implements Predicate<Candidate> {

    private final Set<List<?>> seen = new HashSet<>();

    @Override
    public boolean test(Candidate candidate) {
      var offer = candidate.offer();
      return !(offer.details() instanceof OfferDetails.Train train)
          || seen.add(
              List.of(offer.merchantId(), train.trainNo(), train.departs(), train.seatClass()));
    }
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

  /** Reads a score. Scores are merchants' text; a text that is not a number counts as 0. */
  static BigDecimal score(String score) {
    return score.matches("[0-9]{1,3}(\\.[0-9]{1,3})?") ? new BigDecimal(score) : BigDecimal.ZERO;
  }
}
