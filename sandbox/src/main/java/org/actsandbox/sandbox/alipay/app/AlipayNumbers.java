package org.actsandbox.sandbox.alipay.app;

import java.util.Optional;
import java.util.stream.Stream;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.world.World;

/**
 * Gives participants of a world the numbers by which Alipay's messages name them. They follow from
 * the world's seed, so a run repeats (AIP-310).
 */
public final class AlipayNumbers {

  private static final long TWELVE_DIGITS = 1_000_000_000_000L;

  private AlipayNumbers() {}

  /** Returns the 16 digits of an account, which begin with 2088. */
  public static String account(World world, Did owner) {
    return "2088" + digits(world, "alipay account " + owner);
  }

  /**
   * Returns the 16 digits of an application, which begin with 9021 as in Alipay's own sandbox.
   *
   * @param attempt another number where an application of any world has the first one
   */
  static String application(World world, Did owner, int attempt) {
    return "9021" + digits(world, "alipay app " + owner + " " + attempt);
  }

  private static String digits(World world, String purpose) {
    return "%012d".formatted(Math.floorMod(world.derivedSeed(purpose), TWELVE_DIGITS));
  }

  /** Finds the principal that has the account. */
  public static Optional<Did> principal(World world, String account) {
    return world.principals().dids().stream()
        .filter(did -> account(world, did).equals(account))
        .findFirst();
  }

  /** Finds the merchant of the world, its own or one from outside, by its id or its DID. */
  public static Optional<Did> merchant(World world, String owner) {
    return Stream.concat(
            world.settings().roster().stream().map(MerchantProfile::did),
            world.externalMerchants().all().stream().map(ExternalMerchant::did))
        .filter(did -> did.value().equals(owner) || did.name().equals(owner))
        .findFirst();
  }

  /** Finds the agent platform of the world: its buyer agent, or an agent from outside. */
  public static Optional<Did> agent(World world, String owner) {
    return Stream.concat(Stream.of(world.agent()), world.externalAgents().everRegistered().stream())
        .filter(did -> did.value().equals(owner) || did.name().equals(owner))
        .filter(did -> !world.externalAgents().isDeregistered(did))
        .findFirst();
  }
}
