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

/** Groups the messages in which the dispute service shows disputes. */
public final class DisputeViews {

  private DisputeViews() {}

  /**
   * Represents a dispute.
   *
   * @param deadline until when evidence counts; null until it is requested
   * @param claim the claim as the dispute service signed it
   * @param finding the signed finding; null until it is decided
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
   * Represents a party in a dispute.
   *
   * @param answer waiting | answered | silent
   * @param why the party has not answered, as far as that is known
   * @param records the records that the party offered, with the results of their verification;
   *     empty until the dispute is decided
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
   * Represents the refund that follows from the finding.
   *
   * @param amount the amount that the finding orders to refund
   * @param refunded the amount that was refunded
   */
  public record RefundView(
      DisputeRefundState state,
      @Nullable String amount,
      @Nullable String refunded,
      @Nullable String refundNo,
      @Nullable String problem) {}

  static DisputeView of(Dispute dispute, List<AskedParty> parties) {
    var disputedPurchase = dispute.purchase();
    var progress = dispute.progress();
    var finding = progress.finding() == null ? null : Json.read(progress.finding(), Finding.class);
    return new DisputeView(
        dispute.disputeId(),
        disputedPurchase.orderNo(),
        disputedPurchase.tradeNo(),
        disputedPurchase.merchant().value(),
        disputedPurchase.agent().value(),
        disputedPurchase.delegationId(),
        dispute.claim().kind(),
        progress.state(),
        disputedPurchase.paid().decimal(),
        disputedPurchase.paid().currency().getCurrencyCode(),
        dispute.claim().openedAt(),
        progress.deadline(),
        progress.closedAt(),
        dispute.claim(),
        parties.stream().map(each -> party(each, finding)).toList(),
        progress.outcome(),
        finding,
        refund(progress.refund()));
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
