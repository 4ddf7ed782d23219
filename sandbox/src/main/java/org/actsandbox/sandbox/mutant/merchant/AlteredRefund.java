package org.actsandbox.sandbox.mutant.merchant;

import java.time.Instant;
import java.util.function.UnaryOperator;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.money.Money;

/** Cancelling gives back another amount than the schedule says. */
final class AlteredRefund extends AlteredVertical {

  private static final long FEN_IN_A_YUAN = 100;

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
    var back = super.refundable(order, now);
    return back.isZero() ? back : change.apply(back);
  }

  static Money lessOneFen(Money back) {
    return back.minus(new Money(1, back.currency()));
  }

  static Money inWholeYuan(Money back) {
    return new Money(back.minorUnits() / FEN_IN_A_YUAN * FEN_IN_A_YUAN, back.currency());
  }
}
