package org.actsandbox.sandbox.wiring;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.actsandbox.protocol.attestation.HashAlgorithm;
import org.actsandbox.protocol.attestation.KeyPeriods.KeyPeriod;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.database.StartupFailure;
import org.actsandbox.sandbox.key.Hmac;
import org.actsandbox.sandbox.mutant.assembly.MutantAssembly;
import org.actsandbox.sandbox.tamper.TamperOverlay;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.World;
import org.springframework.stereotype.Component;

/** Opens the trust service of a world. */
@Component
class TrustServiceFactory implements ParticipantFactory<TrustService> {

  private final ParticipantContexts contexts;
  private final HashAlgorithm algorithm;
  private final boolean enabled;

  TrustServiceFactory(ParticipantContexts contexts, SandboxSettings sandboxSettings) {
    var hash = sandboxSettings.attestation().hash();
    this.contexts = contexts;
    this.algorithm =
        HashAlgorithm.find(hash)
            .orElseThrow(
                () ->
                    new StartupFailure(
                        "act.attestation.hash is %s: use one of %s"
                            .formatted(hash, Arrays.toString(HashAlgorithm.values())),
                        null));
    this.enabled = sandboxSettings.attestation().enabled();
  }

  @Override
  public Class<TrustService> type() {
    return TrustService.class;
  }

  @Override
  public TrustService open(World world) {
    var trustWorld =
        new TrustWorld(
            contexts.withoutReports(world, World.TRUST),
            World.TRUST + "/" + world.name() + "/" + epoch(world),
            world.keys()::signerAt,
            did -> periods(world, did),
            salts(world),
            algorithm,
            world.at("/trust"),
            () -> world.roleKey(Role.OPERATOR, null));
    var mutantAssembly = MutantAssembly.of(world.settings());
    return new TrustService(
        mutantAssembly.trust(trustWorld),
        world.participant(TamperOverlay.class),
        mutantAssembly.trustParts(world),
        enabled);
  }

  @Override
  public List<DueWork> dueWork(World world, TrustService trustService) {
    return world.participantClock(World.TRUST).shifted(trustService.dueWork());
  }

  @Override
  public void close(TrustService trustService) {
    trustService.close();
  }

  private static List<KeyPeriod> periods(World world, Did did) {
    if (world.keys().participants().contains(did)) {
      return world.keys().periods(did);
    }
    var merchant = world.externalMerchants().periods(did);
    return merchant.isEmpty() ? world.externalAgents().period(did).stream().toList() : merchant;
  }

  /**
   * Returns the number of the world's resets; the key secret distinguishes worlds of the same name.
   */
  private static String epoch(World world) {
    return world.partition().substring(world.partition().lastIndexOf('.') + 1);
  }

  private static Function<String, byte[]> salts(World world) {
    var secret = world.keys().derived("record salts " + epoch(world));
    var salts = new Hmac(secret);
    return recordId ->
        Arrays.copyOf(
            salts.of(recordId.getBytes(StandardCharsets.UTF_8)), OffChainRecord.MIN_SALT_BYTES);
  }
}
