package org.actsandbox.sandbox.wiring;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.dispute.Disputes;
import org.actsandbox.sandbox.dispute.Surroundings;
import org.actsandbox.sandbox.dispute.judgement.Matter;
import org.actsandbox.sandbox.mutant.Cast;
import org.actsandbox.sandbox.psp.Psp;
import org.actsandbox.sandbox.psp.payment.Trade;
import org.actsandbox.sandbox.trust.Trust;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Opens the dispute service of a world: it speaks with the trust service's name and key. */
@Component
class DisputesInWorld implements ParticipantFactory<Disputes> {

  @Override
  public Class<Disputes> type() {
    return Disputes.class;
  }

  @Override
  public Disputes open(World world) {
    return new Disputes(
        world.part(Trust.class),
        new Surroundings(
            orderNo ->
                world.part(Psp.class).payments().paidOf(orderNo).stream()
                    .map(DisputesInWorld::matter)
                    .toList(),
            tradeNo -> left(world, tradeNo),
            seat -> desk(world, seat),
            world.at("/psp/disputes/refunds"),
            (claimant, pin, purpose) -> key(world, claimant, pin, purpose)),
        Cast.of(world.settings()).disputeRules());
  }

  @Override
  public List<DueWork> dueWork(World world, Disputes disputes) {
    return world.watch(World.TRUST).wound(disputes.dueWork());
  }

  @Override
  public void close(Disputes disputes) {
    disputes.close();
  }

  private static Matter matter(Trade trade) {
    var asked = trade.asked();
    var decidedAt = trade.now().decidedAt();
    return new Matter(
        asked.bill().orderNo(),
        trade.tradeNo(),
        asked.bill().payee(),
        World.PSP,
        asked.agent(),
        asked.principal(),
        asked.amount(),
        decidedAt == null ? trade.createdAt() : decidedAt,
        asked.intentId(),
        asked.delegated() == null ? null : asked.delegated().delegationId());
  }

  private static Signer key(World world, Did claimant, @Nullable String pin, String purpose) {
    return world
        .principals()
        .signer(claimant)
        .release(world.part(Psp.class).pins().require(claimant, pin, purpose));
  }

  private static Money left(World world, String tradeNo) {
    return world.part(Psp.class).payments().left(tradeNo);
  }

  private static Optional<URI> desk(World world, Surroundings.Seat seat) {
    var path =
        switch (seat.role()) {
          case MERCHANT -> "/merchants/" + seat.party().name();
          case PSP -> "/psp";
          case DELEGATOR_AGENT -> "/delegations";
          case PAYER_AGENT -> seat.party().equals(world.agent()) ? "/agents/demo-agent" : "";
          case PAYEE_AGENT, ATTESTATION_PROVIDER -> "";
        };
    return path.isEmpty() ? Optional.empty() : Optional.of(world.at(path + "/disputes"));
  }
}
