package org.actsandbox.sandbox.wiring;

import java.util.List;
import java.util.Map;
import org.actsandbox.merchants.DepositRules;
import org.actsandbox.merchants.GateRules;
import org.actsandbox.merchants.MerchantIdentity;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantWorld;
import org.actsandbox.merchants.VerticalFactory;
import org.actsandbox.merchants.endpoint.Merchants;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.mutant.assembly.MutantAssembly;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.ProofVerification;
import org.actsandbox.sandbox.world.World;
import org.springframework.stereotype.Component;

/** Opens the merchants of a world. */
@Component
class MerchantsFactory implements ParticipantFactory<Merchants> {

  private final ParticipantContexts contexts;
  private final SandboxSettings sandboxSettings;
  private final Map<MerchantKind, VerticalFactory> verticals = VerticalFactories.all();

  MerchantsFactory(ParticipantContexts contexts, SandboxSettings sandboxSettings) {
    this.contexts = contexts;
    this.sandboxSettings = sandboxSettings;
  }

  @Override
  public Class<Merchants> type() {
    return Merchants.class;
  }

  @Override
  public Merchants open(World world) {
    var mutantAssembly = MutantAssembly.of(world.settings());
    return Merchants.open(
        profile -> mutantAssembly.merchant(merchantWorld(world, profile.did())),
        profile -> identity(world, profile),
        mutantAssembly.verticals(verticals),
        world.settings().roster());
  }

  private MerchantWorld merchantWorld(World world, Did merchant) {
    return new MerchantWorld(
        contexts.of(world, merchant),
        world.derivedSeed("merchants"),
        new MerchantWorld.PspLink(World.PSP, world.at("/psp")),
        new MerchantWorld.CreditLink(
            World.CREDIT_VERIFIER, world.at("/credit-verifier"), DepositRules.STANDARD),
        GateRules.of(world.settings().proofVerification() == ProofVerification.ONLINE),
        sandboxSettings.agentRequestsPerSecond());
  }

  @Override
  public List<DueWork> dueWork(World world, Merchants merchants) {
    var mutantAssembly = MutantAssembly.of(world.settings());
    return merchants.all().stream()
        .flatMap(
            each ->
                world
                    .participantClock(each.profile().did())
                    .shifted(mutantAssembly.merchantWork(each.dueWork()))
                    .stream())
        .toList();
  }

  @Override
  public void close(Merchants merchants) {
    merchants.close();
  }

  private static MerchantIdentity identity(World world, MerchantProfile profile) {
    return new MerchantIdentity(
        world.at("/merchants/" + profile.id()), () -> world.roleKey(Role.MERCHANT, profile.did()));
  }
}
