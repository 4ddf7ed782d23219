package org.actsandbox.sandbox.wiring;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Signer;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.time.DueWork;
import org.actsandbox.sandbox.dispute.DisputeDependencies;
import org.actsandbox.sandbox.dispute.Disputes;
import org.actsandbox.sandbox.dispute.judgement.DisputedPurchase;
import org.actsandbox.sandbox.mutant.assembly.MutantAssembly;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.trust.endpoint.TrustService;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Opens the dispute service of a world, which uses the trust service's name and key. */
@Component
class DisputesFactory implements ParticipantFactory<Disputes> {

  private final ParticipantContexts contexts;

  DisputesFactory(ParticipantContexts contexts) {
    this.contexts = contexts;
  }

  @Override
  public Class<Disputes> type() {
    return Disputes.class;
  }

  @Override
  public Disputes open(World world) {
    return new Disputes(
        world.participant(TrustService.class),
        new DisputeDependencies(
            (orderNo, merchant, principal) -> purchases(world, orderNo, merchant, principal),
            purchase -> isCartless(world, purchase),
            tradeNo -> unrefunded(world, tradeNo),
            partyInRole -> disputeAddress(world, partyInRole),
            world.at("/psp/disputes/refunds"),
            (claimant, pin, purpose) -> key(world, claimant, pin, purpose),
            contexts.channels(world)),
        MutantAssembly.of(world.settings()).disputeRules());
  }

  @Override
  public List<DueWork> dueWork(World world, Disputes disputes) {
    return world.participantClock(World.TRUST).shifted(disputes.dueWork());
  }

  @Override
  public void close(Disputes disputes) {
    disputes.close();
  }

  private static List<DisputedPurchase> purchases(
      World world, String orderNo, @Nullable Did merchant, @Nullable Did principal) {
    var payments = world.participant(Psp.class).payments();
    var trades =
        merchant == null
            ? payments.paidTrades(orderNo, principal)
            : payments.paidTrade(merchant, orderNo).stream()
                .filter(each -> principal == null || each.terms().principal().equals(principal))
                .toList();
    return trades.stream().map(DisputesFactory::disputedPurchase).toList();
  }

  private static boolean isCartless(World world, DisputedPurchase purchase) {
    return world.settings().merchant(purchase.merchant()).isEmpty()
        && world
            .externalMerchants()
            .orders()
            .signed(purchase.merchant(), purchase.orderNo())
            .isEmpty();
  }

  private static DisputedPurchase disputedPurchase(Trade trade) {
    var paymentTerms = trade.terms();
    var decidedAt = trade.progress().decidedAt();
    return new DisputedPurchase(
        paymentTerms.bill().orderNo(),
        trade.tradeNo(),
        paymentTerms.bill().payee(),
        World.PSP,
        paymentTerms.agent(),
        paymentTerms.principal(),
        paymentTerms.amount(),
        decidedAt == null ? trade.createdAt() : decidedAt,
        paymentTerms.intentId(),
        paymentTerms.delegated() == null ? null : paymentTerms.delegated().delegationId());
  }

  private static Signer key(World world, Did claimant, @Nullable String pin, String purpose) {
    return world
        .principals()
        .signer(claimant)
        .release(world.participant(Psp.class).pins().require(claimant, pin, purpose));
  }

  private static Money unrefunded(World world, String tradeNo) {
    return world.participant(Psp.class).payments().unrefunded(tradeNo);
  }

  private static Optional<URI> disputeAddress(
      World world, DisputeDependencies.PartyInRole partyInRole) {
    var path =
        switch (partyInRole.role()) {
          case MERCHANT -> "/merchants/" + partyInRole.party().name();
          case PSP -> "/psp";
          case DELEGATOR_AGENT -> "/delegations";
          case PAYER_AGENT -> partyInRole.party().equals(world.agent()) ? "/agents/demo-agent" : "";
          case PAYEE_AGENT, ATTESTATION_PROVIDER -> "";
        };
    return path.isEmpty() ? Optional.empty() : Optional.of(world.at(path + "/disputes"));
  }
}
