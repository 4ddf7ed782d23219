package org.actsandbox.sandbox.external;

import java.net.URI;
import java.time.Instant;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.MerchantLevel;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.identity.Did;

/**
 * Describes a merchant that runs outside the sandbox.
 *
 * @param id the path segment in addresses, and the name in the DID
 * @param url the merchant's own address, such as {@code http://127.0.0.1:9300}, without a slash at
 *     the end
 * @param resource path of the paid resource of a merchant at the level of a gate; begins with a
 *     slash
 * @param addedAt time by the world's clock
 */
public record ExternalMerchant(
    String id,
    URI url,
    MerchantKind kind,
    MerchantLevel level,
    String resource,
    Text name,
    Instant addedAt) {

  public Did did() {
    return Did.of(id);
  }

  /** Returns the address of a path of the merchant; the path begins with a slash. */
  public URI at(String path) {
    return URI.create(url + path);
  }

  /** Returns whether the address is one of the merchant's own. */
  public boolean owns(URI address) {
    return isSameServer(address)
        && address.getRawUserInfo() == null
        && pathOf(address).startsWith(pathOf(url) + "/");
  }

  private boolean isSameServer(URI address) {
    return url.getScheme().equalsIgnoreCase(address.getScheme())
        && url.getHost().equalsIgnoreCase(address.getHost())
        && url.getPort() == address.getPort();
  }

  private static String pathOf(URI address) {
    return address.getRawPath() == null ? "" : address.getRawPath();
  }

  /**
   * Returns path and query of one of the merchant's own addresses below {@link #url()}, beginning
   * with a slash.
   */
  public String pathBelow(URI address) {
    var query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    return pathOf(address).substring(pathOf(url).length()) + query;
  }
}
