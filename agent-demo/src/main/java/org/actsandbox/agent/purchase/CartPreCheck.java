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
 * What must hold before a cart is confirmed (CID-6): single and cumulative amount, merchant,
 * category, fulfilment time and price. On failure the purchase pauses and the principal hears why
 * (CID-7's default).
 */
final class CartPreCheck {

  private CartPreCheck() {}

  /** The first rule that is broken, by name. */
  static Optional<String> firstViolation(
      AgentWorld world, Purchase purchase, List<Purchase> together, @Nullable Money limit) {
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
    if (!inTime(shown, world.now())) {
      return Optional.of("fulfilment_time");
    }
    if (limit != null && committedAmount(together).plus(purchase.agreedMaximum()).moreThan(limit)) {
      return Optional.of("cumulative_amount");
    }
    return Optional.empty();
  }

  /** Reserved and committed so far, of those bought together. */
  static Money committedAmount(List<Purchase> together) {
    return together.stream()
        .filter(purchase -> purchase.state().takesBudget())
        .map(Purchase::total)
        .reduce(Money.zero(Money.CNY), Money::plus);
  }

  private static boolean inTime(RankedOffer shown, Instant now) {
    return switch (shown.offer().details()) {
      case OfferDetails.Train train -> train.departs().toInstant().isAfter(now);
      case OfferDetails.Hotel _, OfferDetails.Service _ -> true;
      case OfferDetails.Shop shop ->
          !(shown.need() instanceof Need.Shop wish)
              || wish.deliverBy() == null
              || !shop.promisedBy().toLocalDate().isAfter(wish.deliverBy());
    };
  }
}
