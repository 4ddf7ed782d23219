package org.actsandbox.sandbox.wiring;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.ClockAwareOutboundClient;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.delegation.DelegationWorld;
import org.actsandbox.sandbox.delegation.Delegations;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.mutant.assembly.MutantAssembly;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.Worlds;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Opens the delegation service of a world. */
@Component
class DelegationsFactory implements ParticipantFactory<Delegations> {

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final OutboundClient outboundClient;

  DelegationsFactory(
      JdbcClient jdbc, PlatformTransactionManager transactions, OutboundClient outboundClient) {
    this.jdbc = jdbc;
    this.transactions = new TransactionTemplate(transactions);
    this.outboundClient = outboundClient;
  }

  @Override
  public Class<Delegations> type() {
    return Delegations.class;
  }

  @Override
  public Delegations open(World world) {
    var clock = world.participantClock(World.DELEGATIONS);
    return new Delegations(
        new DelegationWorld(
            world.partition(),
            clock,
            World.ZONE,
            jdbc,
            transactions,
            world.ids(),
            world.journal(),
            clock.agenda(),
            () -> world.signer(World.DELEGATIONS),
            World.DELEGATIONS,
            world.directory(),
            world.principals(),
            () -> world.participant(Psp.class).pins(),
            world.at("/delegations"),
            new ClockAwareOutboundClient(outboundClient, world.agenda()),
            List.of(
                world.at("/psp/delegation-states"),
                world.at("/agents/demo-agent/delegation-states")),
            intentId -> confirmation(world, intentId),
            did -> name(world, did),
            place -> PlaceNames.china().find(place).map(Place::name),
            agent -> decisionAddress(world, agent),
            world.participant(TrustService.class).attestations()),
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

  /** Returns the address of a page of the console, which serves the demo world without a prefix. */
  private static URI confirmation(World world, String intentId) {
    var base =
        world.name().equals(Worlds.DEMO)
            ? world.base().resolve("/")
            : URI.create(world.base() + "/");
    return base.resolve("cashier/delegations/" + intentId);
  }
}
