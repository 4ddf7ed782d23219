package org.actsandbox.scenarios.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Whose the things of a session are, by the principal's name; the first one's is empty. Merchants'
 * messages name nobody: their order is whose decision or payment has the same intent.
 */
final class SessionOwners {

  private final Map<String, String> byConversation = new HashMap<>();
  private final Map<String, String> byInstrument = new HashMap<>();
  private final Map<String, String> byIntent = new HashMap<>();
  private final Map<String, String> byOrder = new HashMap<>();
  private final Map<String, String> byTrade = new HashMap<>();

  private final SessionParticipants sessionParticipants;

  SessionOwners(List<JsonNode> entries, SessionParticipants sessionParticipants) {
    this.sessionParticipants = sessionParticipants;
    var recordedExchanges =
        entries.stream().flatMap(entry -> RecordedExchange.of(entry).stream()).toList();
    recordedExchanges.forEach(this::opened);
    entries.forEach(this::decision);
    recordedExchanges.forEach(this::paid);
    recordedExchanges.forEach(this::ordered);
  }

  /** By whom, or for whom, a request was made. */
  String of(RecordedExchange recordedExchange) {
    if (recordedExchange.isByPrincipal()) {
      return name(recordedExchange.from());
    }
    // Whose money it would be, whomever the message names.
    var payer = byInstrument.get(recordedExchange.request().path("instrument_ref").asString(""));
    if (payer != null) {
      return payer;
    }
    if (recordedExchange.request().path("principal_id").isString()) {
      return sessionParticipants.who(recordedExchange.request().path("principal_id").stringValue());
    }
    var last =
        recordedExchange
            .pathWithoutQuery()
            .substring(recordedExchange.pathWithoutQuery().lastIndexOf('/') + 1);
    var intent = byIntent.get(intent(recordedExchange));
    return intent == null ? byOrder.getOrDefault(last, byTrade.getOrDefault(last, "")) : intent;
  }

  String ofConversation(JsonNode entry) {
    return byConversation.getOrDefault(entry.at("/ids/conversation_id").asString(""), "");
  }

  private void opened(RecordedExchange recordedExchange) {
    recordedExchange
        .openedConversation()
        .ifPresent(id -> byConversation.put(id, of(recordedExchange)));
    if (recordedExchange.pathWithoutQuery().startsWith("/psp/bindings/")
        && recordedExchange.isGood()) {
      byInstrument.put(
          recordedExchange.answer().path("instrument_ref").asString(), of(recordedExchange));
    }
  }

  private void decision(JsonNode entry) {
    var intent = entry.at("/ids/intent_id").asString("");
    if (entry.path("kind").asString().equals("DECISION") && !intent.isEmpty()) {
      byIntent.put(intent, ofConversation(entry));
    }
  }

  /** A payment is its owner's whose instrument pays, and there may have been others tried. */
  private void paid(RecordedExchange recordedExchange) {
    if (!recordedExchange.isPayment()) {
      return;
    }
    var instrument = recordedExchange.request().path("instrument_ref").asString("");
    var owner = byInstrument.getOrDefault(instrument, of(recordedExchange));
    if (recordedExchange.isGood()) {
      byIntent.put(intent(recordedExchange), owner);
      byTrade.put(recordedExchange.answer().path("trade_no").asString(), owner);
    } else {
      byIntent.putIfAbsent(intent(recordedExchange), owner);
    }
  }

  private void ordered(RecordedExchange recordedExchange) {
    if (recordedExchange.pathVariable("POST", "/merchants/*/carts").isPresent()
        && recordedExchange.isGood()) {
      byOrder.put(recordedExchange.answer().path("order_no").asString(), of(recordedExchange));
    }
  }

  private static String intent(RecordedExchange recordedExchange) {
    return recordedExchange.request().path("intent_id").asString("");
  }

  private static String name(String principal) {
    return principal.equals(RecordedExchange.FIRST) ? "" : principal;
  }
}
