package org.actsandbox.sandbox.mutant.merchant;

import java.time.Instant;
import java.util.function.UnaryOperator;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.money.Money;

/** A defect of a merchant: a cancellation returns another amount than the schedule says. */
final class AlteredRefund extends AlteredVertical {

  private static final long FEN_PER_YUAN = 100;

  private final UnaryOperator<Money> change;

  private AlteredRefund(Vertical honest, UnaryOperator<Money> change) {
    super(honest);
    this.change = change;
  }

  static VerticalDefect by(UnaryOperator<Money> change) {
    return (honest, _, _) -> new AlteredRefund(honest, change);
  }

  @Override
  public Money refundable(Order order, Instant now) {
    var refund = super.refundable(order, now);
    return refund.isZero() ? refund : change.apply(refund);
  }

  static Money lessOneFen(Money refund) {
    return refund.minus(new Money(1, refund.currency()));
  }

  static Money inWholeYuan(Money refund) {
    return new Money(refund.minorUnits() / FEN_PER_YUAN * FEN_PER_YUAN, refund.currency());
  }
}
