package org.actsandbox.agent.language;

import org.actsandbox.protocol.money.Money;

/** Says what everything together may cost: {@code {"amount": "2000.00", "currency": "CNY"}}. */
public record Budget(String amount, String currency) {

  public static Budget of(Money money) {
    return new Budget(money.decimal(), money.currency().getCurrencyCode());
  }

  /**
   * @throws IllegalArgumentException if the amount is not a decimal or the currency is unknown
   */
  public Money money() {
    return Money.of(amount, currency);
  }
}
