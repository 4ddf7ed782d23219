package org.actsandbox.merchants;

import java.time.Duration;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.identity.Did;

/**
 * Describes a merchant; the profile is the same in every world.
 *
 * @param id the path segment in addresses, and the name in the DID
 * @param twoWay whether payment is negotiated two-way, otherwise one-way (CID-4)
 * @param holdFor how long a confirmed cart keeps price and stock
 */
public record MerchantProfile(
    String id, Text name, Text about, MerchantKind kind, boolean twoWay, Duration holdFor) {

  public Did did() {
    return Did.of(id);
  }
}
