package org.actsandbox.sandbox.control;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.actsandbox.merchants.Roster;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;

/**
 * A world as its operator sees it.
 *
 * @param seed a secret: every key of the world follows from it
 * @param base address of its participants
 */
record WorldView(
    String world,
    String name,
    String seed,
    Keys keys,
    String base,
    ClockView clock,
    WorldSettings principal,
    Instant createdAt) {

  /**
   * @param merchants by merchant id
   */
  record Keys(String principal, String agent, String operator, Map<String, String> merchants) {}

  static WorldView of(World world) {
    var merchants = new LinkedHashMap<String, String>();
    Roster.all()
        .forEach(each -> merchants.put(each.id(), world.roleKey(Role.MERCHANT, each.did())));
    return new WorldView(
        world.name(),
        world.name(),
        world.seed(),
        new Keys(
            world.roleKey(Role.PRINCIPAL, null),
            world.roleKey(Role.AGENT, null),
            world.roleKey(Role.OPERATOR, null),
            merchants),
        world.base().toString(),
        ClockView.of(world.clock()),
        world.settings(),
        world.createdAt());
  }
}
