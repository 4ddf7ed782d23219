package org.actsandbox.agent.purchase;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.search.RankedOffer;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Checks what must hold before a cart is confirmed (CID-6): single and cumulative amount, merchant,
 * category, fulfilment time and price. When a check fails, the purchase pauses and the principal is
 * told the reason (the default of CID-7).
 */
final class CartPreCheck {

  private CartPreCheck() {}

  /** Returns the name of the first rule that is broken. */
  static Optional<String> firstViolation(
      AgentWorld world, Purchase purchase, List<Purchase> purchases, @Nullable Money limit) {
    var shown = purchase.shown();
    var offer = shown.offer();
    if (world.platform(offer.merchantId()).isEmpty()) {
      return Optional.of("merchant");
    }
    if (offer.kind() != shown.need().kindOf()) {
      return Optional.of("category");
    }
    if (!world.now().isBefore(offer.validUntil())) {
      return Optional.of("offer_expired");
    }
    if (!isInTime(shown, world.now())) {
      return Optional.of("fulfilment_time");
    }
    if (limit != null
        && committedAmount(purchases).plus(purchase.agreedMaximum()).moreThan(limit)) {
      return Optional.of("cumulative_amount");
    }
    return Optional.empty();
  }

  /** Returns what the purchases that belong together have reserved and committed so far. */
  static Money committedAmount(List<Purchase> purchases) {
    return purchases.stream()
        .filter(purchase -> purchase.state().takesBudget())
        .map(Purchase::total)
        .reduce(Money.zero(Money.CNY), Money::plus);
  }

  private static boolean isInTime(RankedOffer shown, Instant now) {
    return switch (shown.offer().details()) {
      case OfferDetails.Train train -> train.departs().toInstant().isAfter(now);
      case OfferDetails.Hotel _, OfferDetails.Service _ -> true;
      case OfferDetails.Shop shop ->
          !(shown.need() instanceof Need.Shop wish)
              || wish.deliverBy() == null
              || (shop.promisedBy() != null
                  && !shop.promisedBy().toLocalDate().isAfter(wish.deliverBy()));
    };
  }
}
