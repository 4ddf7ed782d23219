package org.actsandbox.sandbox.evidence;

import java.util.ArrayList;
import org.actsandbox.protocol.attestation.TrustedIdentities;
import org.actsandbox.protocol.attestation.TrustedIdentities.Identity;
import org.actsandbox.protocol.attestation.TrustedIdentities.Role;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.actsandbox.sandbox.world.World;

/**
 * Lists the participants of a world with their roles and keys, which evidence is verified against.
 */
public final class WorldIdentities {

  private WorldIdentities() {}

  public static TrustedIdentities of(World world) {
    var trustService = world.participant(TrustService.class);
    var all = new ArrayList<Identity>();
    for (var did : world.keys().participants()) {
      all.add(new Identity(did, role(world, did), trustService.keys(did)));
    }
    // Signatures that a deregistered agent made before stay verifiable.
    for (var did : world.externalAgents().everRegistered()) {
      all.add(new Identity(did, Role.AGENT, trustService.keys(did)));
    }
    for (var did : world.externalMerchants().everPresent()) {
      all.add(new Identity(did, Role.MERCHANT, trustService.keys(did)));
    }
    return new TrustedIdentities(world.name(), all);
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
    if (World.services().contains(did)) {
      return Role.CREDIT;
    }
    return did.equals(world.agent()) ? Role.AGENT : Role.MERCHANT;
  }
}
