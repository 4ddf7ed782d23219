package org.actsandbox.merchants;

import java.time.Duration;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.identity.Did;

/**
 * Who a merchant is, the same in every world.
 *
 * @param id path segment and DID name
 * @param twoWay two-way payment negotiation, else one-way (CID-4)
 * @param holdFor how long a confirmed cart keeps price and stock
 */
public record MerchantProfile(
    String id, Text name, Text about, MerchantKind kind, boolean twoWay, Duration holdFor) {

  public Did did() {
    return Did.of(id);
  }
}
