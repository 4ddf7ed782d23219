package org.actsandbox.scenarios.record;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.operation.Operation;
import tools.jackson.databind.JsonNode;

/** Writes the bills and deliveries of outside agents as steps, for goods and for services. */
final class OutsideDeliveryRecorder {

  private static final Pattern SERVICE = Pattern.compile("/merchants/([^/]+)/services/([^/]+)");

  private final OutsidePurchaseIndex outsidePurchaseIndex;
  private final AuthorityRecorder authorityRecorder;
  private final Map<JsonNode, String> byRequest = new HashMap<>();

  OutsideDeliveryRecorder(
      OutsidePurchaseIndex outsidePurchaseIndex, AuthorityRecorder authorityRecorder) {
    this.outsidePurchaseIndex = outsidePurchaseIndex;
    this.authorityRecorder = authorityRecorder;
  }

  /**
   * Writes a request for a resource: the bill if it has no proof, the delivery if it has one.
   * Returns false for other requests.
   */
  boolean readResource(RecordedExchange recordedExchange) {
    if (!recordedExchange.pathWithoutQuery().matches("/merchants/[^/]+/fulfilment/.*")) {
      return false;
    }
    var order =
        recordedExchange
            .pathWithoutQuery()
            .substring(recordedExchange.pathWithoutQuery().lastIndexOf('/') + 1);
    var purchase = outsidePurchaseIndex.ofOrder(order);
    boolean proof = recordedExchange.data().at("/request_headers/payment-proof").isString();
    if (purchase == null || !recordedExchange.method().equals("GET")) {
      outsidePurchaseIndex.leaveOut(recordedExchange, "a request for a resource");
    } else if (!proof && recordedExchange.status() == 402) {
      outsidePurchaseIndex.step(
          recordedExchange,
          "bill",
          outsidePurchaseIndex.arguments(recordedExchange, purchase),
          402);
    } else if (proof
        && outsidePurchaseIndex.hasProof(purchase)
        && OutsidePurchaseIndex.isPlayable(recordedExchange, 200)) {
      outsidePurchaseIndex.step(
          recordedExchange,
          "fetch",
          outsidePurchaseIndex.arguments(recordedExchange, purchase),
          200);
    } else {
      outsidePurchaseIndex.leaveOut(recordedExchange, "a request for a resource");
    }
    return true;
  }

  /**
   * Writes a request for a service, which is the order as well; the same request with a proof gets
   * the result. Returns false for other requests.
   */
  boolean readService(RecordedExchange recordedExchange) {
    var path = SERVICE.matcher(recordedExchange.pathWithoutQuery());
    if (!recordedExchange.is(Operation.SERVICE) || !path.matches()) {
      return false;
    }
    var request = recordedExchange.request();
    var purchase = byRequest.get(request);
    if (recordedExchange.data().at("/request_headers/payment-proof").isString()) {
      if (purchase != null
          && outsidePurchaseIndex.hasProof(purchase)
          && OutsidePurchaseIndex.isPlayable(recordedExchange, 200)) {
        outsidePurchaseIndex.step(
            recordedExchange,
            "fetch",
            outsidePurchaseIndex.arguments(recordedExchange, purchase),
            200);
      } else {
        outsidePurchaseIndex.leaveOut(recordedExchange, "a request for a service");
      }
    } else if (purchase == null
        && request.path("input").isObject()
        && recordedExchange.status() == 402) {
      bill(recordedExchange, path.group(1), path.group(2));
    } else {
      outsidePurchaseIndex.leaveOut(recordedExchange, "a request for a service");
    }
    return true;
  }

  private void bill(RecordedExchange recordedExchange, String merchant, String service) {
    var purchase = outsidePurchaseIndex.next();
    outsidePurchaseIndex.noteAgent(purchase, recordedExchange.from());
    byRequest.put(recordedExchange.request(), purchase);
    var arguments =
        outsidePurchaseIndex
            .arguments(recordedExchange, purchase)
            .put("merchant", merchant)
            .put("service", service);
    arguments.set("input", recordedExchange.request().path("input"));
    authorityRecorder
        .findByDelegation(recordedExchange.request().path("delegation_id").asString(""))
        .ifPresent(grant -> arguments.put("under", grant.name()));
    outsidePurchaseIndex.step(recordedExchange, "bill", arguments, 402);
    var needed = recordedExchange.data().at("/response_headers/payment-needed").asString("");
    var bill = A402Headers.decode(A402Headers.PAYMENT_NEEDED, needed).path("protocol");
    outsidePurchaseIndex.learnOrder(bill.path("out_trade_no"), purchase);
  }
}
