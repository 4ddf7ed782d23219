package org.actsandbox.kit;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.actsandbox.kit.delivery.PaidSale;
import org.actsandbox.kit.delivery.StoredDelivery;
import org.actsandbox.protocol.attestation.AttestationEvent;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.HashAlgorithm;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.Party;
import org.actsandbox.protocol.attestation.RecordLinks;
import org.actsandbox.protocol.attestation.dispute.EvidenceDocument;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the merchant's own records of a sale, which are its evidence in a dispute (TSD-2). An event
 * has one record, under an id that the sandbox fixes.
 */
final class MerchantRecords {

  private final MerchantSettings settings;
  private final SecureRandom random = new SecureRandom();

  MerchantRecords(MerchantSettings settings) {
    this.settings = settings;
  }

  String cartId(String orderNo) {
    return settings.id() + ".cart." + orderNo;
  }

  String deliveryId(String orderNo) {
    return settings.id() + ".delivery." + orderNo;
  }

  /** Makes the record of a confirmed cart, from the order as it was signed. */
  OffChainRecord cartConfirmed(String order, String buyerDid) {
    var signed = Json.parse(order);
    var body = Json.object().put("order_digest", EvidenceDocument.ORDER.digest(order));
    for (var member : List.of("total", "currency", "kind", "hold_until")) {
      body.put(member, text(signed, member));
    }
    var orderNo = text(signed, "order_no");
    var confirmedAt = Instant.parse(text(signed, "confirmed_at"));
    return record(
        cartId(orderNo),
        EventType.CART_CONFIRMED,
        confirmedAt,
        new RecordLinks(text(signed, "intent_id"), delegation(signed), orderNo, null),
        buyerDid,
        body);
  }

  /** Makes the record of a delivery of which the payment service was told. */
  OffChainRecord delivered(StoredDelivery delivery, PaidSale sale) {
    var body = Json.object().put("delivery_digest", delivery.digest());
    body.put("total", sale.amount()).put("currency", sale.currency());
    return record(
        deliveryId(delivery.outTradeNo()),
        EventType.FULFILLMENT_COMPLETED,
        delivery.deliveredAt(),
        links(delivery, sale),
        sale.buyerDid(),
        body);
  }

  private static RecordLinks links(StoredDelivery delivery, PaidSale sale) {
    var order = sale.order();
    if (order != null) {
      var signed = Json.parse(order);
      return new RecordLinks(
          text(signed, "intent_id"), delegation(signed), delivery.outTradeNo(), delivery.tradeNo());
    }
    var intent = sale.intentId();
    return new RecordLinks(
        intent == null ? delivery.outTradeNo() : intent,
        sale.delegationId(),
        delivery.outTradeNo(),
        delivery.tradeNo());
  }

  private OffChainRecord record(
      String id, EventType type, Instant at, RecordLinks links, String buyerDid, ObjectNode body) {
    var salt = new byte[OffChainRecord.MIN_SALT_BYTES];
    random.nextBytes(salt);
    var parties =
        List.of(
            Party.of(new Did(settings.did()), Party.Role.MERCHANT),
            Party.of(new Did(buyerDid), Party.Role.PAYER_AGENT));
    return OffChainRecord.of(
        new AttestationEvent(type, at, links, parties, body),
        new OffChainRecord.Creation(id, at, List.of(), salt, HashAlgorithm.SHA_256),
        settings.signer());
  }

  private static String text(JsonNode order, String member) {
    return order.path(member).asString("");
  }

  private static @Nullable String delegation(JsonNode order) {
    return order.path("delegation_id").asString(null);
  }
}
