package org.actsandbox.sandbox.dispute.judgement;

import static org.actsandbox.protocol.attestation.EventType.CART_CONFIRMED;
import static org.actsandbox.protocol.attestation.EventType.FULFILLMENT_COMPLETED;
import static org.actsandbox.protocol.attestation.Party.Role.MERCHANT;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.attestation.dispute.EvidenceDocument;
import org.actsandbox.protocol.attestation.dispute.Finding.Code;
import org.actsandbox.protocol.attestation.dispute.Finding.Reason;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.ReceivedDelivery;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.JsonMessage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Decides a dispute from the evidence, by kind of claim. The party that holds the evidence has to
 * show it: silence, and records that fail verification, count against it (ACT TSD-6).
 *
 * <table>
 * <caption>Ours: the standard leaves the rules of evidence open</caption>
 * <tr><th>claim</th><th>dismissed when</th></tr>
 * <tr><td>not_delivered</td><td>the merchant shows its fulfilment record and the delivery with the
 *     digest in it</td></tr>
 * <tr><td>wrong_item</td><td>the merchant shows the same, and the delivery matches the signed
 *     order, if there was a cart</td></tr>
 * <tr><td>not_authorized</td><td>the payment service shows the principal's signed approval; or, for
 *     a delegated payment, a credential with limits that the payment keeps</td></tr>
 * <tr><td>amount_differs</td><td>order, approval, proof and payment say the same; without a cart,
 *     the merchant's signed bill takes the place of the order</td></tr>
 * </table>
 */
public final class DisputeJudge {

  private DisputeJudge() {}

  public static Judgement decide(CaseFile file) {
    return switch (file.claim().kind()) {
      case NOT_DELIVERED -> notDelivered(file);
      // Without a cart, what was ordered is the resource of the bill; to deliver it settles both.
      case WRONG_ITEM -> file.cartless() ? notDelivered(file) : wrongItem(file);
      case NOT_AUTHORIZED -> AuthorizationClaimJudge.judge(file);
      case AMOUNT_DIFFERS -> AmountClaimJudge.judge(file);
    };
  }

  private static Judgement notDelivered(CaseFile file) {
    var merchant = file.evidenceOf(MERCHANT);
    if (merchant.document(EvidenceDocument.DELIVERY).isEmpty()) {
      return file.upheld(merchant.reasonsMissing(EvidenceDocument.DELIVERY));
    }
    var record = merchant.record(FULFILLMENT_COMPLETED).orElseThrow();
    return Judgement.dismissed(
        new Reason(
            Code.DELIVERED,
            Map.of("party", merchant.party().name(), "at", record.businessTime().toString()),
            record.recordId()));
  }

  private static Judgement wrongItem(CaseFile file) {
    var merchant = file.evidenceOf(MERCHANT);
    var missing = new ArrayList<Reason>();
    for (var evidenceDocument : List.of(EvidenceDocument.ORDER, EvidenceDocument.DELIVERY)) {
      if (merchant.document(evidenceDocument).isEmpty()) {
        missing.addAll(merchant.reasonsMissing(evidenceDocument));
      }
    }
    if (!missing.isEmpty()) {
      return file.upheld(missing.stream().distinct().toList());
    }
    var order = merchant.record(CART_CONFIRMED).orElseThrow();
    var delivery = merchant.record(FULFILLMENT_COMPLETED).orElseThrow();
    return compared(merchant)
        .map(
            difference ->
                file.upheld(
                    List.of(new Reason(Code.ITEM_DIFFERS, difference, delivery.recordId()))))
        .orElseGet(
            () ->
                Judgement.dismissed(
                    new Reason(
                        Code.ITEM_MATCHES,
                        Map.of("party", merchant.party().name()),
                        order.recordId())));
  }

  private static Optional<Map<String, String>> compared(PartyEvidence merchant) {
    try {
      return DeliveryComparison.difference(
          JsonMessage.bindStatement(
              document(merchant, EvidenceDocument.ORDER), Order.class, Problem.INVALID_FIELD),
          ReceivedDelivery.goods(document(merchant, EvidenceDocument.DELIVERY)));
    } catch (Refusal | JacksonException unreadable) {
      return Optional.of(Map.of("ordered", "", "delivered", "not readable"));
    }
  }

  private static JsonNode document(PartyEvidence merchant, EvidenceDocument document) {
    return Json.parse(merchant.document(document).orElseThrow());
  }
}
