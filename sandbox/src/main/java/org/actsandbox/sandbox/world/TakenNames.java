package org.actsandbox.sandbox.world;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;

/**
 * Knows the names that a participant from outside cannot have, because it could be taken for
 * another one.
 */
public final class TakenNames {

  /**
   * Names that the journal uses for roles, and the names of every world's buyer agent and
   * principal.
   */
  private static final Set<String> RESERVED =
      Stream.concat(
              Stream.of(Role.values()).map(Role::code),
              Stream.of(World.AGENT.name(), World.PRINCIPAL.name(), "sandbox"))
          .collect(Collectors.toUnmodifiableSet());

  private TakenNames() {}

  /**
   * Says whether a participant inside has the name. Names of merchants that take no part here are
   * reserved as well.
   */
  public static boolean isInside(World world, Did did) {
    return world.keys().participants().contains(did)
        || MerchantRoster.find(did).isPresent()
        || RESERVED.contains(did.name());
  }
}
