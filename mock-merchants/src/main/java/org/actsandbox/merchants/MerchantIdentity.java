package org.actsandbox.merchants;

import java.net.URI;
import java.util.function.Supplier;
import org.actsandbox.protocol.identity.Signer;

/**
 * What makes a merchant itself in one world.
 *
 * @param signer signs orders, bills, confirmations and refunds in the merchant's name
 * @param base public address, such as {@code http://localhost:8080/w/demo/merchants/raileast}
 * @param apiKey the merchant's key at the PSP; asked for per call, so that it may change
 */
public record MerchantIdentity(Signer signer, URI base, Supplier<String> apiKey) {

  public String at(String path) {
    return base + path;
  }
}
