package org.actsandbox.sandbox.mcp;

import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Words for agents why a tool did not do what it was called for, and what to do next. A failed tool
 * is a result and no error of the protocol, so that a model reads it and corrects itself.
 */
final class ToolErrors {

  private ToolErrors() {}

  static ObjectNode of(Refusal refusal) {
    var error = error(refusal.problem().code(), refusal.detail(), next(refusal.problem().code()));
    put(error, "field", refusal.field());
    put(error, "expected", refusal.expected());
    put(error, "observed", refusal.observed());
    put(error, "remedy", refusal.remedy());
    if (!refusal.mistakes().isEmpty()) {
      error.set("errors", Json.tree(refusal.mistakes()));
    }
    return error;
  }

  static ObjectNode of(ParticipantRefusal refusal) {
    var error = error(refusal.code(), refusal.why(), next(refusal.code()));
    put(error, "participant", refusal.participant());
    put(error, "expected", refusal.expected());
    put(error, "remedy", refusal.remedy());
    return error;
  }

  static ObjectNode of(NoAnswerException silent) {
    return error(
        "no_answer",
        silent.isTimeout()
            ? "a participant did not answer in time"
            : "a participant did not answer",
        "Call the same tool again with the same arguments: nothing is done twice.");
  }

  /** Returns the error as one text, for clients that show no structured content. */
  static String text(ObjectNode error) {
    var text = new StringBuilder(error.path("message").asString("")).append(". ");
    for (var mistake : error.path("errors")) {
      text.append(mistake.path("field").asString(""))
          .append(": ")
          .append(mistake.path("message").asString(""))
          .append("; expected ")
          .append(mistake.path("expected").asString("another value"))
          .append(". ");
    }
    if (error.has("remedy")) {
      text.append(error.path("remedy").asString("")).append(' ');
    }
    return text.append("Next: ").append(error.path("next").asString("")).toString();
  }

  private static ObjectNode error(String code, String message, String next) {
    return Json.object().put("code", code).put("message", message).put("next", next);
  }

  private static void put(ObjectNode error, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      error.put(name, value);
    }
  }

  private static String next(String code) {
    return switch (code) {
      case "sold_out", "price_changed", "offer_expired", "hold_expired", "no_match" ->
          "Call search_offers again; nothing was paid.";
      case "bill_expired", "expired_request" ->
          "Nothing was paid. Call cancel_order, and confirm_cart again with another"
              + " idempotency_key.";
      case "fulfilment_failed", "paid_too_late", "proof_revoked" ->
          "Do not pay again: the money goes back, and get_order shows the refund.";
      case "invalid_field" -> "Correct the arguments and call the tool again.";
      case "not_found" -> "Check the id: search_offers, get_order and get_delegations list them.";
      case "instrument_invalid", "instrument_mismatch" ->
          "The principal has to bind an instrument to the agent in the wallet; then request again.";
      case "insufficient_balance", "limit_exceeded" ->
          "Nothing was paid. Tell the principal, who can choose something cheaper or pay in.";
      case "not_paid" -> "Call request_payment or wait_for_payment first.";
      case "bill_mismatch", "bill_signature", "bill_malformed", "order_foreign" ->
          "Do not pay this merchant. Call cancel_order and choose another offer.";
      case "duplicate_request" -> "Use a new idempotency_key for a new purchase.";
      default -> "Read the message, correct what it names, or ask the principal.";
    };
  }
}
