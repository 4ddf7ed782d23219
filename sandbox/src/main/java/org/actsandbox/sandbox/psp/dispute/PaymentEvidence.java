package org.actsandbox.sandbox.psp.dispute;

import java.util.EnumMap;
import java.util.Map;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.dispute.EvidenceDocument;
import org.actsandbox.protocol.attestation.dispute.EvidenceRequest;
import org.actsandbox.protocol.attestation.dispute.EvidenceResponder;
import org.actsandbox.protocol.attestation.dispute.EvidenceResponse;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.approval.Cashier;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.psp.trade.Trades;
import tools.jackson.databind.JsonNode;

/**
 * Answers the dispute service for the payment service with the approval and the proof of a payment.
 */
public final class PaymentEvidence {

  private final PspWorld world;
  private final Trades trades;
  private final Cashier cashier;
  private final EvidenceResponder evidenceResponder;

  public PaymentEvidence(PspWorld world, Trades trades) {
    this.world = world;
    this.trades = trades;
    this.cashier = new Cashier(world);
    this.evidenceResponder =
        new EvidenceResponder(
            Party.Role.PSP, world.attestations(), world.keys(), world::signer, world::now);
  }

  /**
   * Answers a signed evidence request.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal as {@link EvidenceResponder#answer}; {@code
   *     not_found} for an unknown payment
   */
  public EvidenceResponse answer(byte[] request) {
    return evidenceResponder.answer(request, this::testify);
  }

  private EvidenceResponder.Testimony testify(EvidenceRequest request) {
    var trade = trades.get(request.tradeNo());
    Map<EvidenceDocument, String> evidenceDocuments = new EnumMap<>(EvidenceDocument.class);
    var paid = trade.progress().paid();
    if (paid != null) {
      evidenceDocuments.put(EvidenceDocument.APPROVAL, paid.approval());
      evidenceDocuments.put(EvidenceDocument.PROOF, paid.proof());
      // The judge gets the bill alone: the rest of the request names the instrument.
      trades
          .request(trade.tradeNo())
          .map(asked -> Json.parse(asked).path("bill"))
          .filter(JsonNode::isObject)
          .ifPresent(bill -> evidenceDocuments.put(EvidenceDocument.BILL, Json.write(bill)));
      if (!paid.byDelegation()) {
        evidenceDocuments.put(
            EvidenceDocument.APPROVAL_CONTENT, Json.write(cashier.content(trade)));
      }
    }
    return new EvidenceResponder.Testimony("trade_stands", details(trade), evidenceDocuments);
  }

  private static Map<String, String> details(Trade trade) {
    return Map.of(
        "trade_no", trade.tradeNo(),
        "amount", trade.terms().amount().decimal(),
        "refunded", trade.progress().refunded().decimal(),
        "currency", trade.terms().amount().currency().getCurrencyCode(),
        "status", trade.progress().status().code());
  }

  public void receiveFinding(byte[] body) {
    var finding = evidenceResponder.receiveFinding(body);
    world.note(
        JournalNote.Kind.STATE,
        JournalEvent.FINDING_RECEIVED,
        Map.of(JournalIds.ORDER_NO, finding.orderNo()),
        Map.of("dispute_id", finding.disputeId(), "outcome", finding.outcome().code()));
  }
}
