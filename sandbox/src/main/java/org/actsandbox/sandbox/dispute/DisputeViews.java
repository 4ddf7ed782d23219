package org.actsandbox.sandbox.dispute;

import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.attestation.dispute.Claim;
import org.actsandbox.protocol.attestation.dispute.DisputeKind;
import org.actsandbox.protocol.attestation.dispute.DisputeOutcome;
import org.actsandbox.protocol.attestation.dispute.DisputeRefundState;
import org.actsandbox.protocol.attestation.dispute.DisputeState;
import org.actsandbox.protocol.attestation.dispute.Finding;
import org.actsandbox.protocol.attestation.dispute.PartyStatement;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;

/** Disputes on the wire. */
public final class DisputeViews {

  private DisputeViews() {}

  /**
   * @param deadline until when evidence counts; null until it was asked for
   * @param claim as the dispute service signed it
   * @param finding likewise; null until it is decided
   */
  public record DisputeView(
      String disputeId,
      String orderNo,
      String tradeNo,
      String merchant,
      String agent,
      @Nullable String delegationId,
      DisputeKind kind,
      DisputeState state,
      String paid,
      String currency,
      Instant openedAt,
      @Nullable Instant deadline,
      @Nullable Instant closedAt,
      Claim claim,
      List<PartyView> parties,
      @Nullable DisputeOutcome outcome,
      @Nullable Finding finding,
      RefundView refund) {}

  /**
   * @param answer waiting | answered | silent
   * @param why it has not answered, as far as that is known
   * @param records those it offered, with what verification made of them once the dispute is
   *     decided
   */
  public record PartyView(
      String party,
      String role,
      String answer,
      @Nullable String why,
      @Nullable Instant receivedAt,
      @Nullable PartyStatement statement,
      List<Finding.Exhibit> records) {}

  /**
   * @param amount what the finding says goes back
   * @param refunded what did go back
   */
  public record RefundView(
      DisputeRefundState state,
      @Nullable String amount,
      @Nullable String refunded,
      @Nullable String refundNo,
      @Nullable String problem) {}

  static DisputeView of(Dispute dispute, List<AskedParty> parties) {
    var disputedPurchase = dispute.matter();
    var now = dispute.now();
    var finding = now.finding() == null ? null : Json.read(now.finding(), Finding.class);
    return new DisputeView(
        dispute.disputeId(),
        disputedPurchase.orderNo(),
        disputedPurchase.tradeNo(),
        disputedPurchase.merchant().value(),
        disputedPurchase.agent().value(),
        disputedPurchase.delegationId(),
        dispute.claim().kind(),
        now.state(),
        disputedPurchase.paid().decimal(),
        disputedPurchase.paid().currency().getCurrencyCode(),
        dispute.claim().openedAt(),
        now.deadline(),
        now.closedAt(),
        dispute.claim(),
        parties.stream().map(each -> party(each, finding)).toList(),
        now.outcome(),
        finding,
        refund(now.refund()));
  }

  private static PartyView party(AskedParty askedParty, @Nullable Finding finding) {
    return new PartyView(
        askedParty.party().value(),
        askedParty.role().name(),
        askedParty.answer().code(),
        askedParty.why(),
        askedParty.receivedAt(),
        askedParty.statement(),
        finding == null
            ? List.of()
            : finding.exhibits().stream()
                .filter(each -> each.offeredBy().equals(askedParty.party()))
                .toList());
  }

  private static RefundView refund(Dispute.Refund refund) {
    return new RefundView(
        refund.state(),
        refund.ordered() == null ? null : refund.ordered().decimal(),
        refund.paid() == null ? null : refund.paid().decimal(),
        refund.refundNo(),
        refund.problem());
  }
}
