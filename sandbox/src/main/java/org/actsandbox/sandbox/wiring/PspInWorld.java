package org.actsandbox.sandbox.wiring;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.http.PatientOutbound;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.key.PinSecret;
import org.actsandbox.sandbox.mutant.Cast;
import org.actsandbox.sandbox.psp.Payee;
import org.actsandbox.sandbox.psp.Psp;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.instrument.PinCustody;
import org.actsandbox.sandbox.trust.Trust;
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
class PspInWorld implements ParticipantFactory<Psp> {

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final Outbound outbound;

  private final PinSecret pinSecret;

  private final Clock machine;

  PspInWorld(
      JdbcClient jdbc,
      PlatformTransactionManager transactions,
      Outbound outbound,
      PinSecret pinSecret,
      Clock machine) {
    this.jdbc = jdbc;
    this.transactions = new TransactionTemplate(transactions);
    this.outbound = outbound;
    this.machine = machine;
    this.pinSecret = pinSecret;
  }

  @Override
  public Class<Psp> type() {
    return Psp.class;
  }

  @Override
  public Psp open(World world) {
    var watch = world.watch(World.PSP);
    var surroundings =
        new PspWorld(
            world.partition(),
            watch,
            jdbc,
            transactions,
            world.ids(),
            world.journal(),
            watch.agenda(),
            world.strands(),
            World.PSP,
            () -> world.signer(World.PSP),
            new PinCustody(pinSecret.key(), world.keyPartition(), machine),
            world.knownPins(),
            world.directory(),
            world.principals(),
            world.agent(),
            new PatientOutbound(outbound, world.agenda()),
            did -> payee(world, did),
            tradeNo -> cashier(world, tradeNo),
            principal -> opening(world, principal),
            new PspWorld.Authority(
                World.DELEGATIONS,
                world.at("/delegations/status/"),
                world.at("/delegations/iacs/"),
                principal -> world.settings().of(principal).asksEveryPayment()),
            world.part(Trust.class).attestations());
    var cast = Cast.of(world.settings());
    var psp = new Psp(cast.psp(surroundings), cast.pspParts());
    var agents = world.externalAgents();
    agents.whenDeregistered(psp::agentGone);
    // Of those that another server took away, or that a stop came between.
    agents.deregistered().forEach(psp::agentGone);
    return psp;
  }

  @Override
  public List<DueWork> dueWork(World world, Psp psp) {
    return world.watch(World.PSP).wound(psp.dueWork());
  }

  @Override
  public void close(Psp psp) {
    psp.close();
  }

  private static Optional<Payee> payee(World world, Did did) {
    return world.settings().merchant(did).map(profile -> payee(world, profile));
  }

  private static Payee payee(World world, MerchantProfile profile) {
    return new Payee(
        profile.did(),
        profile.name().in(world.settings().language()),
        profile.kind().code(),
        world.at("/merchants/" + profile.id() + "/notifications"));
  }

  /** The cashier is a page of the console, which serves the demo world without its prefix. */
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
