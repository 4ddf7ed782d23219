package org.actsandbox.web.console.frame;

import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.key.Principals;
import org.actsandbox.sandbox.world.World;
import org.springframework.web.server.ServerWebExchange;

/**
 * Finds the principal for whom the reader looks at a world with several principals, from a cookie
 * per world.
 */
final class ActingPrincipal {

  private ActingPrincipal() {}

  static String cookieName(String world) {
    return "act_principal_" + world;
  }

  /**
   * Returns the chosen principal, or the first one if none was chosen or the chosen one no longer
   * exists.
   */
  static Caller of(World world, ServerWebExchange exchange) {
    var cookie = exchange.getRequest().getCookies().getFirst(cookieName(world.name()));
    var chosen =
        cookie == null
            ? Principals.FIRST
            : world.principals().dids().stream()
                .filter(each -> each.name().equals(cookie.getValue()))
                .findFirst()
                .orElse(Principals.FIRST);
    return new Caller(Role.PRINCIPAL, chosen);
  }
}
