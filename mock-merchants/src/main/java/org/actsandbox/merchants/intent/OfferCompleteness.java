package org.actsandbox.merchants.intent;

import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/** Checks that an offer is complete (ACT CID-1); incomplete offers are neither shown nor sold. */
public final class OfferCompleteness {

  private OfferCompleteness() {}

  public static boolean isComplete(Offer offer) {
    return present(offer.offerId())
        && present(offer.itemId())
        && present(offer.title())
        && present(offer.category())
        && isAmount(offer.total())
        && offer.currency() != null
        && offer.currency().matches("[A-Z]{3}");
  }

  /**
   * Returns the offer if it is complete.
   *
   * @throws Refusal {@code offer_incomplete}
   */
  public static Offer requireComplete(Offer offer) {
    if (!isComplete(offer)) {
      throw new Refusal(Problem.OFFER_INCOMPLETE, "the offer lacks what a catalog entry must have")
          .at("lines.offer_id")
          .observed(String.valueOf(offer.offerId()))
          .expected("id, name, category, price and currency")
          .remedy("Choose another offer.");
    }
    return offer;
  }

  // Other people write verticals, so their offers may hold nulls that the annotations exclude.
  @SuppressWarnings("ConstantValue")
  private static boolean present(String text) {
    return text != null && !text.isBlank();
  }

  @SuppressWarnings("ConstantValue")
  private static boolean present(Text text) {
    return text != null && present(text.en()) && present(text.zh());
  }

  private static boolean isAmount(String text) {
    return present(text) && text.matches("(0|[1-9][0-9]*)(\\.[0-9]{1,18})?");
  }
}
