package org.actsandbox.web.console.glassbox;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.actsandbox.protocol.commerce.Kind;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.web.console.picture.PricePicture;
import org.actsandbox.web.console.picture.SeatPicture;
import org.jspecify.annotations.Nullable;

/**
 * What the reader has picked from the shelf.
 *
 * @param seat {@code 05-11F}; null leaves it to the merchant
 * @param seats of the picked train; null where there is none
 */
record Pick(
    Set<String> offerIds,
    List<Offer> offers,
    @Nullable String seat,
    @Nullable SeatPicture seats,
    List<PricePicture> prices,
    String total,
    String currency) {

  /** The picked offers, or the agent's recommendation where nothing of a search is picked. */
  static List<Offer> offers(List<Search> searches, Set<String> wanted) {
    var picked = new ArrayList<Offer>();
    for (var search : searches) {
      search.offers().stream()
          .filter(candidate -> wanted.contains(candidate.offer().offerId()))
          .findFirst()
          .or(() -> search.offers().stream().filter(Search.Candidate::recommended).findFirst())
          .or(() -> search.offers().stream().findFirst())
          .ifPresent(candidate -> picked.add(candidate.offer()));
    }
    return List.copyOf(picked);
  }

  static Pick of(
      List<Search> searches,
      List<Offer> offers,
      @Nullable String seat,
      @Nullable SeatPicture seats) {
    var total =
        offers.stream()
            .map(o -> new BigDecimal(o.total()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    var prices =
        searches.stream()
            .filter(search -> search.offers().size() > 1)
            .map(search -> search.offers().stream().map(Search.Candidate::offer).limit(6).toList())
            .map(PricePicture::of)
            .toList();
    return new Pick(
        Set.copyOf(offers.stream().map(Offer::offerId).toList()),
        offers,
        seat,
        seats,
        prices,
        total.toPlainString(),
        offers.isEmpty() ? "CNY" : offers.getFirst().currency());
  }

  static @Nullable Offer train(List<Offer> offers) {
    return offers.stream().filter(o -> o.kind() == Kind.TRAIN).findFirst().orElse(null);
  }
}
