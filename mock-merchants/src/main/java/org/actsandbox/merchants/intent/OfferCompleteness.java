package org.actsandbox.merchants.intent;

import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;
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
        && isCurrency(offer.currency());
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

  private static boolean isCurrency(String text) {
    return text.length() == 3 && text.chars().allMatch(c -> c >= 'A' && c <= 'Z');
  }

  private static boolean isAmount(String text) {
    return present(text) && Money.isDecimal(text);
  }
}
