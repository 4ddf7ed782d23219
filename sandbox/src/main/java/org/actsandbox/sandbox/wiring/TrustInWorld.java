package org.actsandbox.sandbox.wiring;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.actsandbox.protocol.attestation.HashAlgorithm;
import org.actsandbox.protocol.attestation.KeyPeriods.KeyPeriod;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.http.PatientOutbound;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.Settings;
import org.actsandbox.sandbox.database.StartupFailure;
import org.actsandbox.sandbox.key.Hmac;
import org.actsandbox.sandbox.mutant.Cast;
import org.actsandbox.sandbox.tamper.Overlay;
import org.actsandbox.sandbox.trust.Trust;
import org.actsandbox.sandbox.trust.TrustWorld;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.World;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Opens the trust service of a world. */
@Component
class TrustInWorld implements ParticipantFactory<Trust> {

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final Outbound outbound;
  private final HashAlgorithm algorithm;
  private final boolean attesting;

  TrustInWorld(
      JdbcClient jdbc, TransactionOperations transactions, Outbound outbound, Settings settings) {
    var hash = settings.attestation().hash();
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.outbound = outbound;
    this.algorithm =
        HashAlgorithm.find(hash)
            .orElseThrow(
                () ->
                    new StartupFailure(
                        "act.attestation.hash is %s: use one of %s"
                            .formatted(hash, Arrays.toString(HashAlgorithm.values())),
                        null));
    this.attesting = settings.attestation().enabled();
  }

  @Override
  public Class<Trust> type() {
    return Trust.class;
  }

  @Override
  public Trust open(World world) {
    var watch = world.watch(World.TRUST);
    var surroundings =
        new TrustWorld(
            world.partition(),
            World.TRUST,
            World.TRUST + "/" + world.name() + "/" + epoch(world),
            watch,
            jdbc,
            transactions,
            world.ids(),
            world.journal(),
            watch.agenda(),
            world.keys()::signerAt,
            did -> periods(world, did),
            salts(world),
            algorithm,
            world.at("/trust"),
            world.principals().areSeveral(),
            () -> world.roleKey(Role.OPERATOR, null),
            new PatientOutbound(outbound, world.agenda()));
    var cast = Cast.of(world.settings());
    return new Trust(
        cast.trust(surroundings), world.part(Overlay.class), cast.trustParts(world), attesting);
  }

  @Override
  public List<DueWork> dueWork(World world, Trust trust) {
    return world.watch(World.TRUST).wound(trust.dueWork());
  }

  @Override
  public void close(Trust trust) {
    trust.close();
  }

  /** An agent from outside has one key, which counts from when it was made known. */
  private static List<KeyPeriod> periods(World world, Did did) {
    return world.keys().participants().contains(did)
        ? world.keys().periods(did)
        : world.externalAgents().remembered(did.key(1)).stream()
            .map(key -> new KeyPeriod(key, Instant.EPOCH, null))
            .toList();
  }

  /** How often the world was reset: their key secret tells worlds of one name apart. */
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
