package org.actsandbox.scenarios.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Whose the things of a session are, by the principal's name; the first one's is empty. Merchants'
 * messages name nobody: their order is whose decision or payment has the same intent.
 */
final class Owners {

  private final Map<String, String> byConversation = new HashMap<>();
  private final Map<String, String> byInstrument = new HashMap<>();
  private final Map<String, String> byIntent = new HashMap<>();
  private final Map<String, String> byOrder = new HashMap<>();
  private final Map<String, String> byTrade = new HashMap<>();

  private final Cast cast;

  Owners(List<JsonNode> entries, Cast cast) {
    this.cast = cast;
    var exchanges = entries.stream().flatMap(entry -> Exchange.of(entry).stream()).toList();
    exchanges.forEach(this::opened);
    entries.forEach(this::decision);
    exchanges.forEach(this::paid);
    exchanges.forEach(this::ordered);
  }

  /** By whom, or for whom, a request was made. */
  String of(Exchange exchange) {
    if (exchange.isByPrincipal()) {
      return name(exchange.from());
    }
    // Whose money it would be, whomever the message names.
    var payer = byInstrument.get(exchange.request().path("instrument_ref").asString(""));
    if (payer != null) {
      return payer;
    }
    if (exchange.request().path("principal_id").isString()) {
      return cast.who(exchange.request().path("principal_id").stringValue());
    }
    var last = exchange.bare().substring(exchange.bare().lastIndexOf('/') + 1);
    var intent = byIntent.get(intent(exchange));
    return intent == null ? byOrder.getOrDefault(last, byTrade.getOrDefault(last, "")) : intent;
  }

  String ofConversation(JsonNode entry) {
    return byConversation.getOrDefault(entry.at("/ids/conversation_id").asString(""), "");
  }

  private void opened(Exchange exchange) {
    exchange.openedConversation().ifPresent(id -> byConversation.put(id, of(exchange)));
    if (exchange.bare().startsWith("/psp/bindings/") && exchange.isGood()) {
      byInstrument.put(exchange.answer().path("instrument_ref").asString(), of(exchange));
    }
  }

  private void decision(JsonNode entry) {
    var intent = entry.at("/ids/intent_id").asString("");
    if (entry.path("kind").asString().equals("DECISION") && !intent.isEmpty()) {
      byIntent.put(intent, ofConversation(entry));
    }
  }

  /** A payment is its owner's whose instrument pays, and there may have been others tried. */
  private void paid(Exchange exchange) {
    if (!exchange.isPayment()) {
      return;
    }
    var instrument = exchange.request().path("instrument_ref").asString("");
    var owner = byInstrument.getOrDefault(instrument, of(exchange));
    if (exchange.isGood()) {
      byIntent.put(intent(exchange), owner);
      byTrade.put(exchange.answer().path("trade_no").asString(), owner);
    } else {
      byIntent.putIfAbsent(intent(exchange), owner);
    }
  }

  private void ordered(Exchange exchange) {
    if (exchange.part("POST", "/merchants/*/carts").isPresent() && exchange.isGood()) {
      byOrder.put(exchange.answer().path("order_no").asString(), of(exchange));
    }
  }

  private static String intent(Exchange exchange) {
    return exchange.request().path("intent_id").asString("");
  }

  private static String name(String principal) {
    return principal.equals(Exchange.FIRST) ? "" : principal;
  }
}
