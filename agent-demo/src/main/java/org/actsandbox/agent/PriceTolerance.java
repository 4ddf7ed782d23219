package org.actsandbox.agent;

import java.math.BigDecimal;
import org.actsandbox.protocol.money.Money;

/**
 * Says how far a price may rise between the offer and the cart, and what happens beyond (ACT CID-6,
 * CID-7). Merchants are never told it, because they would use it up.
 *
 * @param percent of the shown price, 0 to 100
 */
public record PriceTolerance(BigDecimal percent, Action beyond) {

  /** Any rise needs a new choice of the principal. */
  public static final PriceTolerance NONE =
      new PriceTolerance(BigDecimal.ZERO, Action.PAUSE_AND_NOTIFY);

  private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

  /** The values of {@code ext.agent_behavior.price_deviation_action}. */
  public enum Action {
    /** The agent tells the principal, searches again and offers: the default of CID-7. */
    PAUSE_AND_NOTIFY,
    /** The agent gives up the purchase and records why. */
    AUTO_CANCEL
  }

  /** Compares exactly: a hundredth of a fen above the limit is not allowed. */
  public boolean allows(Money shown, Money now) {
    var maximum = BigDecimal.valueOf(shown.minorUnits()).multiply(WHOLE.add(percent));
    return BigDecimal.valueOf(now.minorUnits()).multiply(WHOLE).compareTo(maximum) <= 0;
  }
}
