package org.actsandbox.sandbox.world;

import java.math.BigDecimal;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.protocol.identity.Did;

/**
 * Who a principal is and what it owns when the world begins.
 *
 * @param name last part of its DID
 * @param language {@code en} or {@code zh}
 * @param homeCity where trips start when the sentence does not say
 * @param shipTo where parcels go
 * @param balance start balance of the wallet in CNY
 * @param cardLimit what the bound card can pay in CNY
 * @param tolerance for prices that rise before a cart is confirmed
 * @param asksEveryPayment until it says otherwise: what was delegated is confirmed too
 */
public record PrincipalSettings(
    String name,
    String language,
    String homeCity,
    String shipTo,
    BigDecimal balance,
    BigDecimal cardLimit,
    PriceTolerance tolerance,
    boolean asksEveryPayment) {

  public Did did() {
    return Did.of(name);
  }
}
