package org.actsandbox.sandbox.psp.dispute;

import java.util.EnumMap;
import java.util.Map;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.dispute.Evidence;
import org.actsandbox.protocol.attestation.dispute.EvidenceRequest;
import org.actsandbox.protocol.attestation.dispute.Paper;
import org.actsandbox.protocol.attestation.dispute.Witness;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.approval.Cashier;
import org.actsandbox.sandbox.psp.payment.Trade;
import org.actsandbox.sandbox.psp.payment.Trades;

/** The payment service's side of a dispute: who approved what, and the proof of it. */
public final class Testimony {

  private static final ActComponent COMPONENT = ActComponent.TSD_ATT_DSP;

  private final PspWorld world;
  private final Trades trades;
  private final Cashier cashier;
  private final Witness witness;

  public Testimony(PspWorld world, Trades trades) {
    this.world = world;
    this.trades = trades;
    this.cashier = new Cashier(world);
    this.witness =
        new Witness(Party.Role.PSP, world.attestations(), world.keys(), world.signer(), world::now);
  }

  /**
   * @throws org.actsandbox.protocol.refusal.Refusal as {@link Witness#answer}; {@code not_found}
   */
  public Evidence answer(byte[] request) {
    return witness.answer(request, this::testify);
  }

  private Witness.Testimony testify(EvidenceRequest request) {
    var trade = trades.get(request.tradeNo());
    Map<Paper, String> papers = new EnumMap<>(Paper.class);
    var paid = trade.now().paid();
    if (paid != null) {
      papers.put(Paper.APPROVAL, paid.approval());
      papers.put(Paper.PROOF, paid.proof());
      if (!paid.byDelegation()) {
        papers.put(Paper.APPROVAL_CONTENT, Json.write(cashier.content(trade)));
      }
    }
    return new Witness.Testimony("trade_stands", details(trade), papers);
  }

  private static Map<String, String> details(Trade trade) {
    return Map.of(
        "trade_no", trade.tradeNo(),
        "amount", trade.asked().amount().decimal(),
        "refunded", trade.now().refunded().decimal(),
        "currency", trade.asked().amount().currency().getCurrencyCode(),
        "status", trade.now().status().code());
  }

  public void told(byte[] body) {
    var finding = witness.told(body);
    world.note(
        JournalNote.Kind.STATE,
        COMPONENT,
        "finding-received",
        Map.of(JournalIds.ORDER_NO, finding.orderNo()),
        Map.of("dispute_id", finding.disputeId(), "outcome", finding.outcome().code()));
  }
}
