package org.actsandbox.web.console.frame;

import org.actsandbox.protocol.identity.Caller;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.key.Principals;
import org.actsandbox.sandbox.world.World;
import org.springframework.web.server.ServerWebExchange;

/** On whose behalf somebody looks at a world that has several principals; a cookie per world. */
final class ActingPrincipal {

  private ActingPrincipal() {}

  static String cookie(String world) {
    return "act_you_" + world;
  }

  /** The one that was chosen; the first where none was, or where it is not there any more. */
  static Caller of(World world, ServerWebExchange exchange) {
    var cookie = exchange.getRequest().getCookies().getFirst(cookie(world.name()));
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
