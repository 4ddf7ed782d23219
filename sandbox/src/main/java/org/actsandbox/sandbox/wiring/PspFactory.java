package org.actsandbox.sandbox.wiring;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.alipay.app.AlipayApps;
import org.actsandbox.sandbox.alipay.app.PlatformKey;
import org.actsandbox.sandbox.alipay.gateway.AlipayNotices;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.external.order.CartlessOrders;
import org.actsandbox.sandbox.key.PinSecret;
import org.actsandbox.sandbox.key.PinStorage;
import org.actsandbox.sandbox.mutant.assembly.MutantAssembly;
import org.actsandbox.sandbox.psp.Payee;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.World;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Opens the payment service of a world. */
@Component
class PspFactory implements ParticipantFactory<Psp> {

  private final ParticipantContexts contexts;
  private final PinSecret pinSecret;
  private final Clock machine;
  private final JdbcClient jdbc;
  private final AlipayApps apps;
  private final PlatformKey platformKey;

  PspFactory(
      ParticipantContexts contexts,
      PinSecret pinSecret,
      Clock machine,
      JdbcClient jdbc,
      AlipayApps apps,
      PlatformKey platformKey) {
    this.jdbc = jdbc;
    this.apps = apps;
    this.platformKey = platformKey;
    this.contexts = contexts;
    this.pinSecret = pinSecret;
    this.machine = machine;
  }

  @Override
  public Class<Psp> type() {
    return Psp.class;
  }

  @Override
  public Psp open(World world) {
    var pspWorld =
        new PspWorld(
            contexts.of(world, World.PSP),
            world.backgroundTurns(),
            new PinStorage(pinSecret.key(), world.keyPartition(), machine),
            world.knownPins(),
            world.principals(),
            world.agent(),
            did -> payee(world, did),
            tradeNo -> ConsoleAddress.of(world, "cashier/" + tradeNo),
            principal -> opening(world, principal),
            new PspWorld.Authority(
                World.DELEGATIONS,
                world.at("/delegations/status/"),
                world.at("/delegations/iacs/"),
                principal -> world.settings().of(principal).asksEveryPayment()),
            contexts.channels(world),
            new AlipayNotices(world, jdbc, apps, platformKey),
            payment -> CartlessOrders.add(world, payment));
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

  private static PspWorld.Opening opening(World world, Did principal) {
    var settings = world.settings().of(principal);
    return new PspWorld.Opening(
        Money.of(settings.balance(), Money.CNY),
        Money.of(settings.cardLimit(), Money.CNY),
        World.OPENING_PIN);
  }
}
