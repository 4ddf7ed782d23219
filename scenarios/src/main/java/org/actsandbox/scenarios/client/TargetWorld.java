package org.actsandbox.scenarios.client;

import java.net.URI;

/**
 * One world of a running sandbox.
 *
 * @param origin such as {@code http://localhost:8080}, without a trailing slash
 */
public record TargetWorld(URI origin, String world, IssuedRoleKeys keys) {

  /** An address inside the world: {@code at("/psp/payments")}. */
  public URI at(String path) {
    return URI.create(origin + "/w/" + world + path);
  }

  /** The same world, on behalf of another of its principals. */
  public TargetWorld forPrincipal(String principal) {
    return new TargetWorld(origin, world, keys.forPrincipal(principal));
  }

  public URI api(String path) {
    return URI.create(origin + "/api/worlds/" + world + path);
  }
}
