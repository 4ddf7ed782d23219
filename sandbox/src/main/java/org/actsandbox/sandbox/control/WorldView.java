package org.actsandbox.sandbox.control;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.agent.model.ModelSettings;
import org.actsandbox.sandbox.world.PrincipalSettings;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;

/**
 * A world as its operator sees it.
 *
 * @param seed chance follows from it; absent in a world of an earlier version, whose keys do as
 *     well
 * @param keys for the maker of the world alone: absent when it is read again
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
    @Nullable String seed,
    @Nullable WorldKeys keys,
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
    return of(world, server, null);
  }

  /** With its keys, as whoever makes it gets them once. */
  static WorldView ofNew(World world, ModelSettings server) {
    return of(world, server, WorldKeys.of(world));
  }

  private static WorldView of(World world, ModelSettings server, @Nullable WorldKeys keys) {
    var settings = world.settings();
    var further = settings.further();
    return new WorldView(
        world.name(),
        world.name(),
        world.isSeedSecret() ? null : world.seed(),
        keys,
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
}
