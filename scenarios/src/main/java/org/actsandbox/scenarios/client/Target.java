package org.actsandbox.scenarios.client;

import java.net.URI;

/**
 * One world of a running sandbox.
 *
 * @param origin such as {@code http://localhost:8080}, without a trailing slash
 */
public record Target(URI origin, String world, Keys keys) {

  /** An address inside the world: {@code at("/psp/payments")}. */
  public URI at(String path) {
    return URI.create(origin + "/w/" + world + path);
  }

  /** The same world, on behalf of another of its principals. */
  public Target on(String principal) {
    return new Target(origin, world, keys.forPrincipal(principal));
  }

  public URI api(String path) {
    return URI.create(origin + "/api/worlds/" + world + path);
  }
}
