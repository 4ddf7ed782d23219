package org.actsandbox.merchants.order;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.attestation.AttestationEvent;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.RecordLinks;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reports a merchant's attestation events about its orders (ACT TSD-1). The methods must be called
 * within the transaction of the event.
 */
public final class OrderAttestations {

  private final MerchantContext merchantContext;

  public OrderAttestations(MerchantContext merchantContext) {
    this.merchantContext = merchantContext;
  }

  /**
   * Reports a confirmed cart. The record holds only a digest of the order, because travellers and
   * destinations are private.
   */
  void confirmed(SignedOrder confirmation, String agent) {
    var signed = confirmation.order();
    var body = Json.object();
    body.put("order_digest", confirmation.digest());
    body.put("total", signed.total());
    body.put("currency", signed.currency());
    body.put("kind", signed.kind().code());
    body.put("hold_until", signed.holdUntil().toString());
    var deposit = signed.deposit();
    if (deposit != null && deposit.verificationRecordId() != null) {
      body.put("credit_verifier", merchantContext.world().credit().did().value());
      body.put("credit_record_id", deposit.verificationRecordId());
      body.put("credit_result", String.valueOf(deposit.result()));
    }
    report(
        EventType.CART_CONFIRMED,
        signed.confirmedAt(),
        new RecordLinks(signed.intentId(), signed.delegationId(), signed.orderNo(), null),
        agent,
        body);
  }

  /**
   * Reports a completed delivery.
   *
   * @param delivery the JSON as it is delivered
   */
  public void fulfilled(StoredOrder order, String tradeNo, String delivery, Instant at) {
    var body = Json.object();
    body.put(
        "delivery_digest", RequestFingerprint.digest(delivery.getBytes(StandardCharsets.UTF_8)));
    body.put("total", order.confirmed().total());
    body.put("currency", order.confirmed().currency());
    report(
        EventType.FULFILLMENT_COMPLETED,
        at,
        new RecordLinks(
            order.confirmed().intentId(),
            order.confirmed().delegationId(),
            order.orderNo(),
            tradeNo),
        order.agentId(),
        body);
  }

  private void report(
      EventType type, Instant at, RecordLinks recordLinks, String agent, ObjectNode body) {
    merchantContext
        .world()
        .attestations()
        .report(
            new AttestationEvent(
                type,
                at,
                recordLinks,
                List.of(
                    Party.of(merchantContext.did(), Party.Role.MERCHANT),
                    Party.of(new Did(agent), Party.Role.PAYER_AGENT)),
                body));
  }
}
