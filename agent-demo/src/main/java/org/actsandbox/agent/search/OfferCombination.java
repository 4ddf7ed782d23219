package org.actsandbox.agent.search;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Picks one offer per wish so that all offers together fit one budget and stand as high in their
 * rankings as possible.
 */
final class OfferCombination {

  /**
   * Ours: the number of candidates per wish; twelve wishes with the best offers of one platform are
   * still computed quickly.
   */
  private static final int CANDIDATES = 8;

  /** Ours: this bounds the work for many wishes; the cheapest combination is always tried first. */
  private static final int MAX_STEPS = 200_000;

  private final List<List<RankedOffer>> candidates;
  private final long limit;
  private final long[] cheapestRest;
  private List<RankedOffer> best = List.of();
  private long bestLoss = Long.MAX_VALUE;
  private int steps;

  /**
   * The chosen combination.
   *
   * @param fits false when not even the cheapest combination fits the budget; the cheapest one is
   *     chosen then
   */
  record Pick(List<RankedOffer> offers, Money total, boolean fits) {}

  private OfferCombination(List<List<RankedOffer>> candidates, long limit) {
    this.candidates = candidates;
    this.limit = limit;
    this.cheapestRest = new long[candidates.size() + 1];
    for (int i = candidates.size() - 1; i >= 0; i--) {
      cheapestRest[i] = Math.addExact(cheapestRest[i + 1], cheapest(candidates.get(i)));
    }
  }

  static Pick best(List<SearchResult> searches, @Nullable Money budget) {
    var candidates = new ArrayList<List<RankedOffer>>();
    for (var searchResult : searches) {
      var trustedOffers =
          searchResult.offers().stream().filter(offer -> !offer.suspicious()).toList();
      if (!trustedOffers.isEmpty()) {
        candidates.add(candidates(trustedOffers));
      }
    }
    long limit = budget == null ? Long.MAX_VALUE : budget.minorUnits();
    var offerCombination = new OfferCombination(candidates, limit);
    boolean fits = offerCombination.cheapestRest[0] <= limit;
    if (fits) {
      offerCombination.search(0, 0, 0, new ArrayList<>());
    } else {
      offerCombination.best = candidates.stream().map(OfferCombination::cheapestOf).toList();
    }
    var total =
        offerCombination.best.stream()
            .map(RankedOffer::total)
            .reduce(Money.zero(Money.CNY), Money::plus);
    return new Pick(offerCombination.best, total, fits);
  }

  /**
   * Returns the best offers and always the cheapest one, so that a combination for a tight budget
   * is never missed.
   */
  private static List<RankedOffer> candidates(List<RankedOffer> offers) {
    var selected = new ArrayList<>(offers.stream().limit(CANDIDATES).toList());
    var cheapest = cheapestOf(offers);
    if (!selected.contains(cheapest)) {
      selected.add(cheapest);
    }
    return selected;
  }

  private void search(int place, long spent, long loss, List<RankedOffer> chosen) {
    if (loss >= bestLoss
        || Math.addExact(spent, cheapestRest[place]) > limit
        || (++steps > MAX_STEPS && !best.isEmpty())) {
      return;
    }
    if (place == candidates.size()) {
      best = List.copyOf(chosen);
      bestLoss = loss;
      return;
    }
    var offers = candidates.get(place);
    for (int rank = 0; rank < offers.size(); rank++) {
      chosen.add(offers.get(rank));
      search(place + 1, spent + offers.get(rank).total().minorUnits(), loss + rank, chosen);
      chosen.removeLast();
    }
  }

  private static RankedOffer cheapestOf(List<RankedOffer> offers) {
    return offers.stream().min(java.util.Comparator.comparing(RankedOffer::total)).orElseThrow();
  }

  private static long cheapest(List<RankedOffer> offers) {
    return cheapestOf(offers).total().minorUnits();
  }
}
