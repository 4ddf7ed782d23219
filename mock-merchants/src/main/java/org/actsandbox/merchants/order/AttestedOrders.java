package org.actsandbox.merchants.order;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.actsandbox.merchants.Outlet;
import org.actsandbox.protocol.a402.Fingerprint;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.Links;
import org.actsandbox.protocol.attestation.Occurrence;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Canonical;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a merchant attests of its orders (ACT TSD-1). To be called within the transaction of the
 * event.
 */
public final class AttestedOrders {

  private final Outlet outlet;

  public AttestedOrders(Outlet outlet) {
    this.outlet = outlet;
  }

  /** Of the order only a digest: who travels and where is nobody's business. */
  void confirmed(Order signed, String agent) {
    var body = Json.object();
    body.put("order_digest", Fingerprint.digest(Canonical.bytes(Json.tree(signed))));
    body.put("total", signed.total());
    body.put("currency", signed.currency());
    body.put("kind", signed.kind().code());
    body.put("hold_until", signed.holdUntil().toString());
    happened(
        EventType.CART_CONFIRMED,
        signed.confirmedAt(),
        new Links(signed.intentId(), signed.delegationId(), signed.orderNo(), null),
        agent,
        body);
  }

  /**
   * @param delivery as it is handed over
   */
  public void fulfilled(StoredOrder order, String tradeNo, String delivery, Instant at) {
    var body = Json.object();
    body.put("delivery_digest", Fingerprint.digest(delivery.getBytes(StandardCharsets.UTF_8)));
    body.put("total", order.confirmed().total());
    body.put("currency", order.confirmed().currency());
    happened(
        EventType.FULFILLMENT_COMPLETED,
        at,
        new Links(
            order.confirmed().intentId(),
            order.confirmed().delegationId(),
            order.orderNo(),
            tradeNo),
        order.agentId(),
        body);
  }

  private void happened(EventType type, Instant at, Links links, String agent, ObjectNode body) {
    outlet
        .world()
        .attestations()
        .happened(
            new Occurrence(
                type,
                at,
                links,
                List.of(
                    Party.of(outlet.did(), Party.Role.MERCHANT),
                    Party.of(new Did(agent), Party.Role.PAYER_AGENT)),
                body));
  }
}
