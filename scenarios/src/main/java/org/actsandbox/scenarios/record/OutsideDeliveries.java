package org.actsandbox.scenarios.record;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.actsandbox.protocol.a402.Headers;
import tools.jackson.databind.JsonNode;

/** Bills and what is handed out for them, to agents from outside: goods and the work of sellers. */
final class OutsideDeliveries {

  private static final Pattern SERVICE = Pattern.compile("/merchants/([^/]+)/services/([^/]+)");

  private final Deals deals;
  private final Grants grants;
  private final Map<JsonNode, String> byRequest = new HashMap<>();

  OutsideDeliveries(Deals deals, Grants grants) {
    this.deals = deals;
    this.grants = grants;
  }

  /** The bill without a proof, the delivery with one. */
  boolean resource(Exchange exchange) {
    if (!exchange.bare().matches("/merchants/[^/]+/fulfilment/.*")) {
      return false;
    }
    var order = exchange.bare().substring(exchange.bare().lastIndexOf('/') + 1);
    var deal = deals.ofOrder(order);
    boolean proof = exchange.data().at("/request_headers/payment-proof").isString();
    if (deal == null || !exchange.method().equals("GET")) {
      deals.leaveOut(exchange, "a request for a resource");
    } else if (!proof && exchange.status() == 402) {
      deals.step(exchange, "bill", deals.by(exchange, deal), 402);
    } else if (proof && deals.isProven(deal) && Deals.isPlayable(exchange, 200)) {
      deals.step(exchange, "fetch", deals.by(exchange, deal), 200);
    } else {
      deals.leaveOut(exchange, "a request for a resource");
    }
    return true;
  }

  /** Work of a seller agent: the request is the order, and the same one fetches the result. */
  boolean service(Exchange exchange) {
    var path = SERVICE.matcher(exchange.bare());
    if (!exchange.method().equals("POST") || !path.matches()) {
      return false;
    }
    var request = exchange.request();
    var deal = byRequest.get(request);
    if (exchange.data().at("/request_headers/payment-proof").isString()) {
      if (deal != null && deals.isProven(deal) && Deals.isPlayable(exchange, 200)) {
        deals.step(exchange, "fetch", deals.by(exchange, deal), 200);
      } else {
        deals.leaveOut(exchange, "a request for a service");
      }
    } else if (deal == null && request.path("input").isObject() && exchange.status() == 402) {
      bill(exchange, path.group(1), path.group(2));
    } else {
      deals.leaveOut(exchange, "a request for a service");
    }
    return true;
  }

  private void bill(Exchange exchange, String merchant, String service) {
    var deal = deals.next();
    deals.begun(deal, exchange.from());
    byRequest.put(exchange.request(), deal);
    var arguments = deals.by(exchange, deal).put("merchant", merchant).put("service", service);
    arguments.set("input", exchange.request().path("input"));
    grants
        .under(exchange.request().path("delegation_id").asString(""))
        .ifPresent(grant -> arguments.put("under", grant.name()));
    deals.step(exchange, "bill", arguments, 402);
    var needed = exchange.data().at("/response_headers/payment-needed").asString("");
    var bill = Headers.decode(Headers.PAYMENT_NEEDED, needed).path("protocol");
    deals.learnOrder(bill.path("out_trade_no"), deal);
  }
}
