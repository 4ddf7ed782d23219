package org.actsandbox.sandbox.mutant.merchant;

import java.util.List;
import java.util.function.UnaryOperator;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;

/**
 * A defect of a merchant: it alters offers in searches, and in some mutants also when a cart is
 * confirmed.
 */
final class AlteredOffers extends AlteredVertical {

  private final UnaryOperator<Offer> change;
  private final boolean atConfirmation;

  private AlteredOffers(Vertical honest, UnaryOperator<Offer> change, boolean atConfirmation) {
    super(honest);
    this.change = change;
    this.atConfirmation = atConfirmation;
  }

  static VerticalDefect everywhere(UnaryOperator<Offer> change) {
    return (honest, _, _) -> new AlteredOffers(honest, change, true);
  }

  static VerticalDefect inSearch(UnaryOperator<Offer> change) {
    return (honest, _, _) -> new AlteredOffers(honest, change, false);
  }

  @Override
  public List<Offer> match(Need need, int limit) {
    return super.match(need, limit).stream().map(change).toList();
  }

  @Override
  public Offer offer(String offerId) {
    var offer = super.offer(offerId);
    return atConfirmation ? change.apply(offer) : offer;
  }
}
