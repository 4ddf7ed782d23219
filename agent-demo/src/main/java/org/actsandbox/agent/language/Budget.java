package org.actsandbox.agent.language;

import org.actsandbox.protocol.money.Money;

/** What everything together may cost: {@code {"amount": "2000.00", "currency": "CNY"}}. */
public record Budget(String amount, String currency) {

  public static Budget of(Money money) {
    return new Budget(money.decimal(), money.currency().getCurrencyCode());
  }

  /**
   * @throws IllegalArgumentException if the amount is no decimal or the currency unknown
   */
  public Money money() {
    return Money.of(amount, currency);
  }
}
