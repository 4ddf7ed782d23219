package org.actsandbox.scenarios.record;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.actsandbox.protocol.a402.A402Headers;
import tools.jackson.databind.JsonNode;

/** Bills and what is handed out for them, to agents from outside: goods and the work of sellers. */
final class OutsideDeliveryRecorder {

  private static final Pattern SERVICE = Pattern.compile("/merchants/([^/]+)/services/([^/]+)");

  private final OutsidePurchaseIndex outsidePurchaseIndex;
  private final GrantRecorder grantRecorder;
  private final Map<JsonNode, String> byRequest = new HashMap<>();

  OutsideDeliveryRecorder(OutsidePurchaseIndex outsidePurchaseIndex, GrantRecorder grantRecorder) {
    this.outsidePurchaseIndex = outsidePurchaseIndex;
    this.grantRecorder = grantRecorder;
  }

  /** The bill without a proof, the delivery with one. */
  boolean resource(RecordedExchange recordedExchange) {
    if (!recordedExchange.pathWithoutQuery().matches("/merchants/[^/]+/fulfilment/.*")) {
      return false;
    }
    var order =
        recordedExchange
            .pathWithoutQuery()
            .substring(recordedExchange.pathWithoutQuery().lastIndexOf('/') + 1);
    var deal = outsidePurchaseIndex.ofOrder(order);
    boolean proof = recordedExchange.data().at("/request_headers/payment-proof").isString();
    if (deal == null || !recordedExchange.method().equals("GET")) {
      outsidePurchaseIndex.leaveOut(recordedExchange, "a request for a resource");
    } else if (!proof && recordedExchange.status() == 402) {
      outsidePurchaseIndex.step(
          recordedExchange, "bill", outsidePurchaseIndex.by(recordedExchange, deal), 402);
    } else if (proof
        && outsidePurchaseIndex.isProven(deal)
        && OutsidePurchaseIndex.isPlayable(recordedExchange, 200)) {
      outsidePurchaseIndex.step(
          recordedExchange, "fetch", outsidePurchaseIndex.by(recordedExchange, deal), 200);
    } else {
      outsidePurchaseIndex.leaveOut(recordedExchange, "a request for a resource");
    }
    return true;
  }

  /** Work of a seller agent: the request is the order, and the same one fetches the result. */
  boolean service(RecordedExchange recordedExchange) {
    var path = SERVICE.matcher(recordedExchange.pathWithoutQuery());
    if (!recordedExchange.method().equals("POST") || !path.matches()) {
      return false;
    }
    var request = recordedExchange.request();
    var deal = byRequest.get(request);
    if (recordedExchange.data().at("/request_headers/payment-proof").isString()) {
      if (deal != null
          && outsidePurchaseIndex.isProven(deal)
          && OutsidePurchaseIndex.isPlayable(recordedExchange, 200)) {
        outsidePurchaseIndex.step(
            recordedExchange, "fetch", outsidePurchaseIndex.by(recordedExchange, deal), 200);
      } else {
        outsidePurchaseIndex.leaveOut(recordedExchange, "a request for a service");
      }
    } else if (deal == null
        && request.path("input").isObject()
        && recordedExchange.status() == 402) {
      bill(recordedExchange, path.group(1), path.group(2));
    } else {
      outsidePurchaseIndex.leaveOut(recordedExchange, "a request for a service");
    }
    return true;
  }

  private void bill(RecordedExchange recordedExchange, String merchant, String service) {
    var deal = outsidePurchaseIndex.next();
    outsidePurchaseIndex.begun(deal, recordedExchange.from());
    byRequest.put(recordedExchange.request(), deal);
    var arguments =
        outsidePurchaseIndex
            .by(recordedExchange, deal)
            .put("merchant", merchant)
            .put("service", service);
    arguments.set("input", recordedExchange.request().path("input"));
    grantRecorder
        .findByDelegation(recordedExchange.request().path("delegation_id").asString(""))
        .ifPresent(grant -> arguments.put("under", grant.name()));
    outsidePurchaseIndex.step(recordedExchange, "bill", arguments, 402);
    var needed = recordedExchange.data().at("/response_headers/payment-needed").asString("");
    var bill = A402Headers.decode(A402Headers.PAYMENT_NEEDED, needed).path("protocol");
    outsidePurchaseIndex.learnOrder(bill.path("out_trade_no"), deal);
  }
}
