package org.actsandbox.agent;

import java.net.URI;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.MerchantLevel;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.identity.Did;

/**
 * Represents a merchant platform that the agent may ask.
 *
 * @param id the {@code merchant_id} of its offers
 * @param name the name by which people know it; what a merchant says of itself cannot change it
 * @param base {@code http://localhost:8080/w/demo/merchants/raileast}, without a slash at the end
 * @param level how much of the protocol it speaks
 * @param resource path of the paid resource of a gate, such as {@code /report}; empty for others
 */
public record Platform(
    String id,
    Did did,
    MerchantKind kind,
    Text name,
    URI base,
    MerchantLevel level,
    String resource) {

  /** Makes a platform that answers intents. */
  public Platform(String id, Did did, MerchantKind kind, Text name, URI base) {
    this(id, did, kind, name, base, MerchantLevel.SHOP, "");
  }

  public URI at(String path) {
    return URI.create(base + path);
  }

  /**
   * Returns whether {@code address} is one of this platform's own, so that the agent may call it.
   */
  public boolean owns(URI address) {
    return address.normalize().toString().startsWith(base + "/") && address.getUserInfo() == null;
  }
}
