package org.actsandbox.sandbox.evidence;

import java.util.ArrayList;
import org.actsandbox.protocol.attestation.Identities;
import org.actsandbox.protocol.attestation.Identities.Identity;
import org.actsandbox.protocol.attestation.Identities.Role;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.trust.Trust;
import org.actsandbox.sandbox.world.World;

/** Who is who in a world, and with which keys: what evidence is verified against. */
public final class WorldIdentities {

  private WorldIdentities() {}

  public static Identities of(World world) {
    var trust = world.part(Trust.class);
    var all = new ArrayList<Identity>();
    for (var did : world.keys().participants()) {
      all.add(new Identity(did, role(world, did), trust.keys(did)));
    }
    for (var did : world.externalAgents().dids()) {
      all.add(new Identity(did, Role.AGENT, trust.keys(did)));
    }
    return new Identities(world.name(), all);
  }

  private static Role role(World world, Did did) {
    if (world.principals().has(did)) {
      return Role.PRINCIPAL;
    }
    if (did.equals(World.PSP)) {
      return Role.PAYMENT;
    }
    if (did.equals(World.DELEGATIONS)) {
      return Role.DELEGATION;
    }
    if (did.equals(World.TRUST)) {
      return Role.TRUST;
    }
    return did.equals(world.agent()) ? Role.AGENT : Role.MERCHANT;
  }
}
