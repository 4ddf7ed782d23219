package org.actsandbox.sandbox.wiring;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.delegation.DelegationWorld;
import org.actsandbox.sandbox.delegation.Delegations;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.mutant.assembly.MutantAssembly;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.World;
import org.springframework.stereotype.Component;

/** Opens the delegation service of a world. */
@Component
class DelegationsFactory implements ParticipantFactory<Delegations> {

  private final ParticipantContexts contexts;

  DelegationsFactory(ParticipantContexts contexts) {
    this.contexts = contexts;
  }

  @Override
  public Class<Delegations> type() {
    return Delegations.class;
  }

  @Override
  public Delegations open(World world) {
    return new Delegations(
        new DelegationWorld(
            contexts.of(world, World.DELEGATIONS),
            world.principals(),
            () -> world.participant(Psp.class).pins(),
            world.at("/delegations"),
            List.of(
                world.at("/psp/delegation-states"),
                world.at("/agents/demo-agent/delegation-states")),
            intentId -> ConsoleAddress.of(world, "cashier/delegations/" + intentId),
            did -> name(world, did),
            place -> PlaceNames.china().find(place).map(Place::name),
            agent -> decisionAddress(world, agent),
            contexts.channels(world)),
        MutantAssembly.of(world.settings()).delegationRules());
  }

  private static Optional<URI> decisionAddress(World world, Did agent) {
    return agent.equals(world.agent())
        ? Optional.of(world.at("/agents/demo-agent/delegation-decisions"))
        : Optional.empty();
  }

  private static Optional<Text> name(World world, Did did) {
    if (did.equals(world.agent())) {
      return Optional.of(
          switch (world.settings().agentKind()) {
            case PLATFORM -> new Text("Demo agent", "演示智能体");
            case DEDICATED -> new Text("Your personal agent", "您的专属智能体");
          });
    }
    return world
        .settings()
        .merchant(did)
        .map(MerchantProfile::name)
        .or(() -> world.externalMerchants().find(did).map(ExternalMerchant::name));
  }

  @Override
  public List<DueWork> dueWork(World world, Delegations delegations) {
    return world.participantClock(World.DELEGATIONS).shifted(delegations.dueWork());
  }

  @Override
  public void close(Delegations delegations) {
    delegations.close();
  }
}
