package org.actsandbox.web.console.glassbox;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.web.console.picture.SeatPicture;
import org.jspecify.annotations.Nullable;

/**
 * Holds the reader's selection of offers, seat and carriage.
 *
 * @param seat the seat, {@code 05-11F}; null lets the merchant choose
 * @param rest what it leaves of the wishes and of their limit
 * @param seats the seat map of the selected train; null without a train or a seat map
 */
record OfferSelection(
    Set<String> offerIds,
    List<Offer> offers,
    @Nullable String seat,
    @Nullable SeatPicture seats,
    String total,
    String currency,
    TripRest rest) {

  /**
   * Says what the selection leaves of the wishes and of their limit.
   *
   * @param missing the wishes that no offer answers, in words
   * @param limit what everything together may cost; empty for no limit
   */
  record TripRest(List<String> missing, String limit) {

    static TripRest of(List<SearchView> searches, String limit) {
      boolean some = searches.stream().anyMatch(search -> !search.offers().isEmpty());
      return new TripRest(
          some
              ? searches.stream()
                  .filter(search -> search.offers().isEmpty())
                  .map(SearchView::want)
                  .toList()
              : List.of(),
          limit);
    }
  }

  /** Returns what is left of the limit, negative beyond it. */
  public BigDecimal left() {
    return new BigDecimal(rest.limit()).subtract(new BigDecimal(total));
  }

  /**
   * Returns one offer per search: the selected one, else the agent's recommendation, else the first
   * one.
   */
  static List<Offer> offers(List<SearchView> searches, Set<String> wanted) {
    var selected = new ArrayList<Offer>();
    for (var searchView : searches) {
      searchView.offers().stream()
          .filter(candidate -> wanted.contains(candidate.offer().offerId()))
          .findFirst()
          .or(
              () ->
                  searchView.offers().stream()
                      .filter(SearchView.Candidate::recommended)
                      .findFirst())
          .or(() -> searchView.offers().stream().findFirst())
          .ifPresent(candidate -> selected.add(candidate.offer()));
    }
    return List.copyOf(selected);
  }

  static OfferSelection of(
      List<Offer> offers, @Nullable String seat, @Nullable SeatPicture seats, TripRest rest) {
    var total =
        offers.stream()
            .map(o -> new BigDecimal(o.total()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return new OfferSelection(
        Set.copyOf(offers.stream().map(Offer::offerId).toList()),
        offers,
        seat,
        seats,
        total.toPlainString(),
        offers.isEmpty() ? "CNY" : offers.getFirst().currency(),
        rest);
  }

  /** Returns the picture of the chosen seat; null if the merchant chooses. */
  public SeatPicture.@Nullable Seat chosenSeat() {
    return seats == null
        ? null
        : seats.seats().stream().filter(s -> s.name().equals(seat)).findFirst().orElse(null);
  }

  static @Nullable Offer train(List<Offer> offers) {
    return offers.stream().filter(o -> o.kind() == MerchantKind.TRAIN).findFirst().orElse(null);
  }
}
