package org.actsandbox.merchants.dispute;

import java.util.EnumMap;
import java.util.Map;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.order.Orders;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.dispute.EvidenceDocument;
import org.actsandbox.protocol.attestation.dispute.EvidenceRequest;
import org.actsandbox.protocol.attestation.dispute.EvidenceResponder;
import org.actsandbox.protocol.attestation.dispute.EvidenceResponse;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;

/**
 * Answers the dispute service for a merchant: with its records, the order as it was signed, and
 * what it delivered.
 */
public final class MerchantEvidence {

  private final MerchantContext merchantContext;
  private final Orders orders;
  private final EvidenceResponder evidenceResponder;

  public MerchantEvidence(MerchantContext merchantContext, Orders orders) {
    this.merchantContext = merchantContext;
    this.orders = orders;
    var world = merchantContext.world();
    this.evidenceResponder =
        new EvidenceResponder(
            Party.Role.MERCHANT,
            world.attestations(),
            world.keys(),
            merchantContext.world()::signer,
            merchantContext::now);
  }

  /**
   * Answers a request for evidence about one of this merchant's orders.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal as {@link EvidenceResponder#answer}; {@code
   *     not_found}
   */
  public EvidenceResponse answer(byte[] request) {
    return evidenceResponder.answer(request, this::evidenceOf);
  }

  private EvidenceResponder.Testimony evidenceOf(EvidenceRequest request) {
    var order = orders.get(request.orderNo(), request.tradeNo());
    Map<EvidenceDocument, String> evidenceDocuments = new EnumMap<>(EvidenceDocument.class);
    evidenceDocuments.put(EvidenceDocument.ORDER, order.confirmation());
    var delivered = order.delivered();
    if (delivered != null) {
      evidenceDocuments.put(EvidenceDocument.DELIVERY, delivered.delivery());
    }
    return delivered == null
        ? new EvidenceResponder.Testimony(
            "nothing_delivered", Map.of("status", order.status().name()), evidenceDocuments)
        : new EvidenceResponder.Testimony(
            "delivered",
            Map.of("at", delivered.deliveredAt().toString(), "trade_no", delivered.tradeNo()),
            evidenceDocuments);
  }

  public void receiveFinding(byte[] body) {
    var finding = evidenceResponder.receiveFinding(body);
    merchantContext.note(
        JournalEvent.FINDING_RECEIVED,
        Map.of(JournalIds.ORDER_NO, finding.orderNo()),
        Map.of("dispute_id", finding.disputeId(), "outcome", finding.outcome().code()));
  }
}
