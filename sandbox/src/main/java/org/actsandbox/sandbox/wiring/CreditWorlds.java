package org.actsandbox.sandbox.wiring;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.sandbox.credit.CreditWorld;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.mutant.assembly.MutantAssembly;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.world.World;
import org.springframework.stereotype.Component;

/** Makes what the three participants of credit association need from a world. */
@Component
class CreditWorlds {

  private final ParticipantContexts contexts;

  CreditWorlds(ParticipantContexts contexts) {
    this.contexts = contexts;
  }

  CreditWorld of(World world, Did participant) {
    return new CreditWorld(
        contexts.withoutReports(world, participant),
        world.principals(),
        () -> world.participant(Psp.class).pins(),
        new CreditWorld.Addresses(
            world.at("/credit"),
            world.at("/credit-issuer"),
            world.at("/credit-verifier"),
            World.CREDIT,
            World.CREDIT_ISSUER,
            World.CREDIT_VERIFIER),
        (_, agent) -> works(world, agent),
        party -> scopes(world, party),
        world::derivedSeed,
        MutantAssembly.of(world.settings()).creditRules());
  }

  /** Tells whether the agent is in the world's register, and was not taken out of it. */
  private static boolean works(World world, Did agent) {
    return agent.equals(world.agent()) || world.externalAgents().find(agent.key(1)).isPresent();
  }

  private static Set<String> scopes(World world, Did party) {
    var scopes = new LinkedHashSet<String>();
    scopes.add(party.value());
    Optional<MerchantKind> kind =
        world
            .settings()
            .merchant(party)
            .map(MerchantProfile::kind)
            .or(() -> world.externalMerchants().find(party).map(ExternalMerchant::kind));
    kind.ifPresent(each -> scopes.add("kind:" + each.code()));
    return scopes;
  }
}
