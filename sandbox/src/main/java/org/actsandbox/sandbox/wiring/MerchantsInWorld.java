package org.actsandbox.sandbox.wiring;

import java.util.List;
import java.util.Map;
import org.actsandbox.merchants.GateRules;
import org.actsandbox.merchants.MerchantIdentity;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantWorld;
import org.actsandbox.merchants.Merchants;
import org.actsandbox.merchants.VerticalFactory;
import org.actsandbox.protocol.commerce.Kind;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.http.PatientOutbound;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.Settings;
import org.actsandbox.sandbox.mutant.Cast;
import org.actsandbox.sandbox.trust.Trust;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.ProofVerification;
import org.actsandbox.sandbox.world.Watch;
import org.actsandbox.sandbox.world.World;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Opens the merchants of a world. */
@Component
class MerchantsInWorld implements ParticipantFactory<Merchants> {

  private final JdbcClient jdbc;
  private final TransactionOperations transactions;
  private final Outbound outbound;
  private final Settings settings;
  private final Map<Kind, VerticalFactory> verticals = Verticals.all();

  MerchantsInWorld(
      JdbcClient jdbc, TransactionOperations transactions, Outbound outbound, Settings settings) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.outbound = outbound;
    this.settings = settings;
  }

  @Override
  public Class<Merchants> type() {
    return Merchants.class;
  }

  @Override
  public Merchants open(World world) {
    var cast = Cast.of(world.settings());
    return Merchants.open(
        profile -> cast.merchant(surroundings(world, world.watch(profile.did()))),
        profile -> identity(world, profile),
        cast.verticals(verticals),
        world.settings().roster());
  }

  private MerchantWorld surroundings(World world, Watch watch) {
    return new MerchantWorld(
        world.partition(),
        world.derivedSeed("merchants"),
        watch,
        World.ZONE,
        jdbc,
        transactions,
        world.ids(),
        world.journal(),
        watch.agenda(),
        world.directory(),
        new PatientOutbound(outbound, world.agenda()),
        new MerchantWorld.PspLink(World.PSP, world.at("/psp")),
        GateRules.asking(world.settings().proofVerification() == ProofVerification.ONLINE),
        settings.agentRequestsPerSecond(),
        world.part(Trust.class).attestations());
  }

  @Override
  public List<DueWork> dueWork(World world, Merchants merchants) {
    var cast = Cast.of(world.settings());
    return merchants.all().stream()
        .flatMap(
            each ->
                world.watch(each.profile().did()).wound(cast.merchantWork(each.dueWork())).stream())
        .toList();
  }

  @Override
  public void close(Merchants merchants) {
    merchants.close();
  }

  private static MerchantIdentity identity(World world, MerchantProfile profile) {
    return new MerchantIdentity(
        world.signer(profile.did()),
        world.at("/merchants/" + profile.id()),
        () -> world.roleKey(Role.MERCHANT, profile.did()));
  }
}
