package org.actsandbox.merchants;

import java.net.URI;
import java.util.function.Supplier;

/**
 * Holds the address of a merchant in one world and its access to the payment service.
 *
 * @param base the merchant's public address, such as {@code
 *     http://localhost:8080/w/demo/merchants/raileast}
 * @param apiKey the merchant's API key at the payment service; read for each call, because it may
 *     change
 */
public record MerchantIdentity(URI base, Supplier<String> apiKey) {

  /** Returns the address of a path of this merchant; the path begins with a slash. */
  public String at(String path) {
    return base + path;
  }
}
