package org.actsandbox.merchants.dispute;

import java.util.EnumMap;
import java.util.Map;
import org.actsandbox.merchants.Outlet;
import org.actsandbox.merchants.order.Orders;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.dispute.Evidence;
import org.actsandbox.protocol.attestation.dispute.EvidenceRequest;
import org.actsandbox.protocol.attestation.dispute.Paper;
import org.actsandbox.protocol.attestation.dispute.Witness;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.rule.ActComponent;

/** The merchant's side of a dispute: its records, the order as it was signed, what it delivered. */
public final class Disputes {

  private static final ActComponent COMPONENT = ActComponent.TSD_ATT_DSP;

  private final Outlet outlet;
  private final Orders orders;
  private final Witness witness;

  public Disputes(Outlet outlet, Orders orders) {
    this.outlet = outlet;
    this.orders = orders;
    var world = outlet.world();
    this.witness =
        new Witness(
            Party.Role.MERCHANT,
            world.attestations(),
            world.keys(),
            outlet.identity()::signer,
            outlet::now);
  }

  /**
   * @throws org.actsandbox.protocol.refusal.Refusal as {@link Witness#answer}; {@code not_found}
   */
  Evidence answer(byte[] request) {
    return witness.answer(request, this::testify);
  }

  private Witness.Testimony testify(EvidenceRequest request) {
    var order = orders.get(request.orderNo(), request.tradeNo());
    Map<Paper, String> papers = new EnumMap<>(Paper.class);
    papers.put(Paper.ORDER, order.confirmation());
    var delivered = order.delivered();
    if (delivered != null) {
      papers.put(Paper.DELIVERY, delivered.delivery());
    }
    return delivered == null
        ? new Witness.Testimony(
            "nothing_delivered", Map.of("status", order.status().name()), papers)
        : new Witness.Testimony(
            "delivered",
            Map.of("at", delivered.deliveredAt().toString(), "trade_no", delivered.tradeNo()),
            papers);
  }

  void told(byte[] body) {
    var finding = witness.told(body);
    outlet.note(
        COMPONENT,
        "finding-received",
        Map.of(JournalIds.ORDER_NO, finding.orderNo()),
        Map.of("dispute_id", finding.disputeId(), "outcome", finding.outcome().code()));
  }
}
