package org.actsandbox.client;

import java.net.URI;

/**
 * Represents one world of a running sandbox with its address and keys.
 *
 * @param origin such as {@code http://localhost:8080}, without a trailing slash
 */
public record TargetWorld(URI origin, String world, IssuedRoleKeys keys) {

  /** Returns an address inside the world, such as {@code at("/psp/payments")}. */
  public URI at(String path) {
    return URI.create(origin + "/w/" + world + path);
  }

  /** Returns the same world with the key of another principal in place of the first one's. */
  public TargetWorld forPrincipal(String principal) {
    return new TargetWorld(origin, world, keys.forPrincipal(principal));
  }

  /** Returns an address of the control API about this world, such as {@code api("/clock")}. */
  public URI api(String path) {
    return URI.create(origin + "/api/worlds/" + world + path);
  }
}
