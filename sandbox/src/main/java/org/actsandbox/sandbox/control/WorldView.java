package org.actsandbox.sandbox.control;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.agent.model.ModelSettings;
import org.actsandbox.protocol.http.CallerAddress;
import org.actsandbox.sandbox.world.PrincipalSettings;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Represents a world as its operator sees it.
 *
 * @param seed seed of all random choices; absent in a world of an earlier version, in which keys
 *     follow from it as well
 * @param keys answered only when the world is created; absent when it is read again
 * @param base address of its participants, as the caller reaches it
 * @param principals principals besides the first; absent where there are none
 * @param model configured | built-in, as requested
 * @param merchants ids of the merchants that take part; absent where all do
 * @param proofVerification online | offline
 * @param signingHelper whether the world signs for clients of its agent, as requested; absent where
 *     that follows from the address that the server is bound to
 * @param mutants defective participants; empty in an honest world
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
    @Nullable Boolean signingHelper,
    List<String> mutants,
    Instant createdAt) {

  /**
   * Represents the buyer agent.
   *
   * @param kind platform | dedicated
   * @param model the model in use: built-in, or provider and name of the server's model
   */
  record Agent(String agentId, String kind, String model) {}

  /**
   * Represents a principal.
   *
   * @param name absent for the first principal, which has the same name in every world
   * @param balance decimal string, CNY, at the start of the world
   * @param cardLimit decimal string, CNY
   * @param askEveryPayment value at the start of the world; the wallet has the present one
   */
  record Principal(
      @Nullable String name,
      @Nullable String principalId,
      String language,
      String homeCity,
      String shipTo,
      String balance,
      String cardLimit,
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
          settings.balance().toPlainString(),
          settings.cardLimit().toPlainString(),
          settings.tolerance().percent(),
          settings.tolerance().beyond(),
          settings.asksEveryPayment());
    }
  }

  /**
   * Returns the view of a world.
   *
   * @param server model settings of the server
   */
  static WorldView of(World world, ModelSettings server, CallerAddress address) {
    return of(world, server, null, address);
  }

  /** Returns the view of a new world with its keys. */
  static WorldView ofNew(World world, ModelSettings server, CallerAddress address) {
    return of(world, server, WorldKeys.of(world), address);
  }

  private static WorldView of(
      World world, ModelSettings server, @Nullable WorldKeys keys, CallerAddress address) {
    var settings = world.settings();
    var further = settings.further();
    return new WorldView(
        world.name(),
        world.name(),
        world.isSeedSecret() ? null : world.seed(),
        keys,
        address.of(world.base().toString()),
        ClockView.of(world.clock()),
        Principal.of(settings.principals().getFirst()),
        further.isEmpty() ? null : further.stream().map(Principal::of).toList(),
        new Agent(world.agent().value(), settings.agentKind().code(), settings.model().on(server)),
        settings.model().code(),
        settings.merchants().isEmpty() ? null : settings.merchants(),
        settings.proofVerification().code(),
        settings.signingHelper(),
        settings.mutants(),
        world.createdAt());
  }
}
