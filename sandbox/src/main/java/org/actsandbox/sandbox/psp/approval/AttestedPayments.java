package org.actsandbox.sandbox.psp.approval;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.a402.Fingerprint;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.Links;
import org.actsandbox.protocol.attestation.Occurrence;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.psp.PspWorld;
import org.actsandbox.sandbox.psp.payment.Trade;

/** What the payment service attests of a payment (ACT TSD-1), never from which account. */
final class AttestedPayments {

  private final PspWorld world;

  AttestedPayments(PspWorld world) {
    this.world = world;
  }

  /** To be called within the transaction that pays. */
  void completed(Trade trade, Trade.Paid paid, Instant at) {
    var asked = trade.asked();
    var body = Json.object();
    body.put("amount", asked.amount().decimal());
    body.put("currency", asked.amount().currency().getCurrencyCode());
    body.put("method", paid.byDelegation() ? "delegation" : "user_approval");
    body.put("approval_digest", digest(paid.approval()));
    body.put("proof_digest", digest(paid.proof()));
    body.put("request_digest", trade.digest());
    var orderNo = asked.bill().orderNo();
    var delegated = asked.delegated();
    world
        .attestations()
        .happened(
            new Occurrence(
                EventType.TRANSACTION_COMPLETED,
                at,
                new Links(
                    // Ours: a buyer that names no intent has its order for one.
                    asked.intentId() == null ? orderNo : asked.intentId(),
                    delegated == null ? null : delegated.delegationId(),
                    orderNo,
                    trade.tradeNo()),
                List.of(
                    Party.of(world.did(), Party.Role.PSP),
                    new Party(asked.agent(), Party.Role.PAYER_AGENT, asked.principal()),
                    Party.of(asked.bill().payee(), Party.Role.MERCHANT)),
                body));
  }

  private static String digest(String text) {
    return Fingerprint.digest(text.getBytes(StandardCharsets.UTF_8));
  }
}
