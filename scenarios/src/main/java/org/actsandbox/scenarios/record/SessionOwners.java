package org.actsandbox.scenarios.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.operation.Operation;
import tools.jackson.databind.JsonNode;

/**
 * Finds the principal to whom a request of a session belongs. The name of the first principal is
 * empty. Messages to merchants name no principal; they belong to the principal of the decision or
 * the payment with the same intent.
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
    recordedExchanges.forEach(this::noteConversationAndInstrument);
    entries.forEach(this::noteDecision);
    recordedExchanges.forEach(this::notePayment);
    recordedExchanges.forEach(this::noteOrder);
  }

  /** Returns the principal by whom, or for whom, a request was made. */
  String of(RecordedExchange recordedExchange) {
    if (recordedExchange.isByPrincipal()) {
      return name(recordedExchange.from());
    }
    // The instrument decides: its owner pays, even if the message names another principal.
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

  /** Returns the principal of the conversation that a journal entry names. */
  String ofConversation(JsonNode entry) {
    return byConversation.getOrDefault(entry.at("/ids/conversation_id").asString(""), "");
  }

  private void noteConversationAndInstrument(RecordedExchange recordedExchange) {
    recordedExchange
        .openedConversation()
        .ifPresent(id -> byConversation.put(id, of(recordedExchange)));
    if (recordedExchange.pathWithoutQuery().startsWith("/psp/bindings/")
        && recordedExchange.isGood()) {
      byInstrument.put(
          recordedExchange.answer().path("instrument_ref").asString(), of(recordedExchange));
    }
  }

  private void noteDecision(JsonNode entry) {
    var intent = entry.at("/ids/intent_id").asString("");
    if (entry.path("kind").asString().equals("DECISION") && !intent.isEmpty()) {
      byIntent.put(intent, ofConversation(entry));
    }
  }

  /**
   * Assigns a payment to the owner of its instrument; a refused attempt does not replace an earlier
   * owner.
   */
  private void notePayment(RecordedExchange recordedExchange) {
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

  private void noteOrder(RecordedExchange recordedExchange) {
    if (recordedExchange.is(Operation.CART) && recordedExchange.isGood()) {
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
