package org.actsandbox.agent;

import java.math.BigDecimal;
import org.actsandbox.protocol.money.Money;

/**
 * How much dearer than it was shown something may be when its cart is confirmed, and what happens
 * beyond (ACT CID-6, CID-7). Merchants never hear of it: they would use it up.
 *
 * @param percent of what was shown, 0 to 100
 */
public record PriceTolerance(BigDecimal percent, Action beyond) {

  /** Any rise needs a new choice of the principal. */
  public static final PriceTolerance NONE =
      new PriceTolerance(BigDecimal.ZERO, Action.PAUSE_AND_NOTIFY);

  private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

  /** The words of {@code ext.agent_behavior.price_deviation_action}. */
  public enum Action {
    /** Says so, searches again and offers: the default of CID-7. */
    PAUSE_AND_NOTIFY,
    /** Gives up what was chosen and records why. */
    AUTO_CANCEL
  }

  /** Exact: a hundredth of a fen too much is too much. */
  public boolean allows(Money shown, Money now) {
    var most = BigDecimal.valueOf(shown.minorUnits()).multiply(WHOLE.add(percent));
    return BigDecimal.valueOf(now.minorUnits()).multiply(WHOLE).compareTo(most) <= 0;
  }
}
