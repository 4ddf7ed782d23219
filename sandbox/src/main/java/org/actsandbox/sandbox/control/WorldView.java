package org.actsandbox.sandbox.control;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.agent.model.ModelSettings;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.sandbox.world.PrincipalSettings;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;

/**
 * A world as its operator sees it.
 *
 * @param seed a secret: every key of the world follows from it
 * @param base address of its participants
 * @param principals those besides the first; absent where it is the only one
 * @param model configured | built-in, as it was ordered
 * @param merchants ids of those who take part; absent where all do
 * @param proofVerification online | offline
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
    @Nullable List<Principal> principals,
    Agent agent,
    String model,
    @Nullable List<String> merchants,
    String proofVerification,
    List<String> mutants,
    Instant createdAt) {

  /**
   * @param principal the first principal's
   * @param principals of those besides the first, by name; absent where it is the only one
   * @param merchants of those who take part, by merchant id
   */
  record Keys(
      String principal,
      @Nullable Map<String, String> principals,
      String agent,
      String operator,
      Map<String, String> merchants) {}

  /**
   * @param kind platform | dedicated
   * @param model that speaks: built-in, or provider and name of the one the server is configured
   *     with
   */
  record Agent(String agentId, String kind, String model) {}

  /**
   * @param name absent for the first, who has the same one in every world
   * @param askEveryPayment as the world began; the wallet says what holds now
   */
  record Principal(
      @Nullable String name,
      @Nullable String principalId,
      String language,
      String homeCity,
      String shipTo,
      BigDecimal balance,
      BigDecimal cardLimit,
      BigDecimal priceDeviationTolerance,
      PriceTolerance.Action priceDeviationAction,
      boolean askEveryPayment) {

    static Principal of(PrincipalSettings settings) {
      boolean further = !settings.did().equals(World.PRINCIPAL);
      return new Principal(
          further ? settings.name() : null,
          further ? settings.did().value() : null,
          settings.language(),
          settings.homeCity(),
          settings.shipTo(),
          settings.balance(),
          settings.cardLimit(),
          settings.tolerance().percent(),
          settings.tolerance().beyond(),
          settings.asksEveryPayment());
    }
  }

  /**
   * @param server what it is configured with
   */
  static WorldView of(World world, ModelSettings server) {
    var merchants = new LinkedHashMap<String, String>();
    var settings = world.settings();
    settings
        .roster()
        .forEach(each -> merchants.put(each.id(), world.roleKey(Role.MERCHANT, each.did())));
    var further = settings.further();
    return new WorldView(
        world.name(),
        world.name(),
        world.seed(),
        new Keys(
            world.roleKey(Role.PRINCIPAL, null),
            further.isEmpty() ? null : keys(world, further),
            world.roleKey(Role.AGENT, null),
            world.roleKey(Role.OPERATOR, null),
            merchants),
        world.base().toString(),
        ClockView.of(world.clock()),
        Principal.of(settings.principals().getFirst()),
        further.isEmpty() ? null : further.stream().map(Principal::of).toList(),
        new Agent(world.agent().value(), settings.agentKind().code(), settings.model().on(server)),
        settings.model().code(),
        settings.merchants().isEmpty() ? null : settings.merchants(),
        settings.proofVerification().code(),
        settings.mutants(),
        world.createdAt());
  }

  private static Map<String, String> keys(World world, List<PrincipalSettings> principals) {
    var keys = new LinkedHashMap<String, String>();
    principals.forEach(each -> keys.put(each.name(), world.roleKey(Role.PRINCIPAL, each.did())));
    return keys;
  }
}
