package org.actsandbox.sandbox.world;

import java.math.BigDecimal;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.protocol.identity.Did;

/**
 * Holds a principal's name, preferences and property at the start of a world.
 *
 * @param name last part of its DID
 * @param language {@code en} or {@code zh}
 * @param homeCity start of trips for which the sentence names none
 * @param shipTo delivery address of parcels
 * @param balance start balance of the wallet in CNY
 * @param cardLimit limit of the bound card in CNY
 * @param tolerance accepted rise of prices before a cart is confirmed
 * @param asksEveryPayment whether delegated payments need a confirmation, too, until the principal
 *     changes it
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
