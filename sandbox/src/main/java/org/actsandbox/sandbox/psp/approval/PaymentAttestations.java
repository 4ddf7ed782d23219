package org.actsandbox.sandbox.psp.approval;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.attestation.AttestationEvent;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.RecordLinks;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.trade.Trade;

/**
 * Reports the payment service's attestation events (ACT TSD-1), which never name the paying
 * account.
 */
final class PaymentAttestations {

  private final PspWorld world;

  PaymentAttestations(PspWorld world) {
    this.world = world;
  }

  /** Reports a completed payment; must be called within the transaction that pays. */
  void completed(Trade trade, Trade.Paid paid, Instant at) {
    var paymentTerms = trade.terms();
    var body = Json.object();
    body.put("amount", paymentTerms.amount().decimal());
    body.put("currency", paymentTerms.amount().currency().getCurrencyCode());
    body.put("method", paid.byDelegation() ? "delegation" : "user_approval");
    body.put("approval_digest", digest(paid.approval()));
    body.put("proof_digest", digest(paid.proof()));
    body.put("request_digest", trade.digest());
    var orderNo = paymentTerms.bill().orderNo();
    var delegated = paymentTerms.delegated();
    world
        .attestations()
        .report(
            new AttestationEvent(
                EventType.TRANSACTION_COMPLETED,
                at,
                new RecordLinks(
                    // Ours: where a buyer names no intent, the order number takes its place.
                    paymentTerms.intentId() == null ? orderNo : paymentTerms.intentId(),
                    delegated == null ? null : delegated.delegationId(),
                    orderNo,
                    trade.tradeNo()),
                List.of(
                    Party.of(world.did(), Party.Role.PSP),
                    new Party(
                        paymentTerms.agent(), Party.Role.PAYER_AGENT, paymentTerms.principal()),
                    Party.of(paymentTerms.bill().payee(), Party.Role.MERCHANT)),
                body));
  }

  private static String digest(String text) {
    return RequestFingerprint.digest(text.getBytes(StandardCharsets.UTF_8));
  }
}
