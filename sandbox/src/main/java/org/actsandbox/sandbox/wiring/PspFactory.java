package org.actsandbox.sandbox.wiring;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.protocol.http.ClockAwareOutboundClient;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.external.relay.MerchantRoute;
import org.actsandbox.sandbox.key.PinSecret;
import org.actsandbox.sandbox.key.PinStorage;
import org.actsandbox.sandbox.mutant.assembly.MutantAssembly;
import org.actsandbox.sandbox.psp.Payee;
import org.actsandbox.sandbox.psp.PspWorld;
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

/** Opens the payment service of a world. */
@Component
class PspFactory implements ParticipantFactory<Psp> {

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final OutboundClient outboundClient;

  private final PinSecret pinSecret;

  private final Clock machine;

  PspFactory(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      OutboundClient outboundClient,
      PinSecret pinSecret,
      Clock machine) {
    this.jdbc = jdbc;
    this.transactions = new TransactionTemplate(transactions);
    this.outboundClient = outboundClient;
    this.machine = machine;
    this.pinSecret = pinSecret;
  }

  @Override
  public Class<Psp> type() {
    return Psp.class;
  }

  @Override
  public Psp open(World world) {
    var clock = world.participantClock(World.PSP);
    var pspWorld =
        new PspWorld(
            world.partition(),
            clock,
            jdbc,
            transactions,
            world.ids(),
            world.journal(),
            clock.agenda(),
            world.backgroundTurns(),
            World.PSP,
            () -> world.signer(World.PSP),
            new PinStorage(pinSecret.key(), world.keyPartition(), machine),
            world.knownPins(),
            world.directory(),
            world.principals(),
            world.agent(),
            new ClockAwareOutboundClient(new MerchantRoute(outboundClient, world), world.agenda()),
            did -> payee(world, did),
            tradeNo -> cashier(world, tradeNo),
            principal -> opening(world, principal),
            new PspWorld.Authority(
                World.DELEGATIONS,
                world.at("/delegations/status/"),
                world.at("/delegations/iacs/"),
                principal -> world.settings().of(principal).asksEveryPayment()),
            world.participant(TrustService.class).attestations());
    var mutantAssembly = MutantAssembly.of(world.settings());
    var psp = new Psp(mutantAssembly.psp(pspWorld), mutantAssembly.pspParts());
    var agents = world.externalAgents();
    agents.whenDeregistered(psp::agentGone);
    // Agents that another server deregistered, or for which a stop interrupted the deregistration.
    agents.deregistered().forEach(psp::agentGone);
    return psp;
  }

  @Override
  public List<DueWork> dueWork(World world, Psp psp) {
    return world.participantClock(World.PSP).shifted(psp.dueWork());
  }

  @Override
  public void close(Psp psp) {
    psp.close();
  }

  private static Optional<Payee> payee(World world, Did did) {
    return world
        .settings()
        .merchant(did)
        .map(profile -> payee(world, profile))
        .or(() -> world.externalMerchants().find(did).map(PspFactory::payee));
  }

  private static Payee payee(World world, MerchantProfile profile) {
    return new Payee(
        profile.did(),
        profile.name().in(world.settings().language()),
        profile.kind().code(),
        world.at("/merchants/" + profile.id() + "/notifications"));
  }

  private static Payee payee(ExternalMerchant merchant) {
    return new Payee(
        merchant.did(),
        merchant.name().en(),
        merchant.kind().code(),
        merchant.at("/notifications"));
  }

  /**
   * Returns the address of the cashier, a page of the console, which serves the demo world without
   * a prefix.
   */
  private static URI cashier(World world, String tradeNo) {
    var base =
        world.name().equals(Worlds.DEMO)
            ? world.base().resolve("/")
            : URI.create(world.base() + "/");
    return base.resolve("cashier/" + tradeNo);
  }

  private static PspWorld.Opening opening(World world, Did principal) {
    var settings = world.settings().of(principal);
    return new PspWorld.Opening(
        Money.of(settings.balance(), Money.CNY),
        Money.of(settings.cardLimit(), Money.CNY),
        World.OPENING_PIN);
  }
}
