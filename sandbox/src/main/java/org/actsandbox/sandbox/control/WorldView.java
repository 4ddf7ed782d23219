package org.actsandbox.sandbox.control;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.merchants.Roster;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;

/**
 * A world as its operator sees it.
 *
 * @param seed a secret: every key of the world follows from it
 * @param base address of its participants
 * @param mutants defective stand-ins; empty in an honest world
 */
record WorldView(
    String world,
    String name,
    String seed,
    Keys keys,
    String base,
    ClockView clock,
    Principal principal,
    Agent agent,
    List<String> mutants,
    Instant createdAt) {

  /**
   * @param merchants by merchant id
   */
  record Keys(String principal, String agent, String operator, Map<String, String> merchants) {}

  /**
   * @param kind platform | dedicated
   */
  record Agent(String agentId, String kind) {}

  record Principal(
      String language,
      String homeCity,
      String shipTo,
      BigDecimal balance,
      BigDecimal cardLimit,
      BigDecimal priceDeviationTolerance,
      PriceTolerance.Action priceDeviationAction) {

    static Principal of(WorldSettings settings) {
      return new Principal(
          settings.language(),
          settings.homeCity(),
          settings.shipTo(),
          settings.balance(),
          settings.cardLimit(),
          settings.tolerance().percent(),
          settings.tolerance().beyond());
    }
  }

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
        Principal.of(world.settings()),
        new Agent(world.agent().value(), world.settings().agentKind().code()),
        world.settings().mutants(),
        world.createdAt());
  }
}
