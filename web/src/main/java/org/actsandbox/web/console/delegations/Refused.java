package org.actsandbox.web.console.delegations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.web.console.decoder.Narrator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A payment under a delegation that the payment service refused, with the catalogued error.
 *
 * @param seq of the journal entry
 * @param detail the service's own sentence
 * @param expected what would have been inside; empty where the error has none
 * @param rule of ACT 2.1; empty for none
 * @param retryability from the catalogue
 * @param next what the catalogue lets the agent do
 */
record Refused(
    long seq,
    Instant at,
    String amount,
    String currency,
    Text payee,
    String order,
    String code,
    String detail,
    String field,
    String expected,
    String observed,
    String rule,
    String errorId,
    String retryability,
    List<String> next) {

  /** Empty when the exchange is no refused payment. */
  static Optional<Refused> of(JournalEntry entry) {
    var exchange = Narrator.exchangeOf(entry);
    boolean payment =
        exchange.path().equals("/psp/delegated-payments")
            || exchange.path().equals("/psp/autonomous-payments");
    if (!payment || exchange.status() < 400) {
      return Optional.empty();
    }
    var request = json(exchange.requestBody() == null ? null : exchange.requestBody().json());
    var error =
        json(exchange.responseBody() == null ? null : exchange.responseBody().json()).path("error");
    var details = error.path("details");
    var next = new ArrayList<String>();
    error.path("valid_next_actions").forEach(action -> next.add(action.asString("")));
    return Optional.of(
        new Refused(
            entry.seq(),
            entry.at(),
            request.path("amount").asString(""),
            request.path("currency").asString(""),
            Narrator.nameOf(request.path("payee").asString("")),
            request.path("merchant_order_no").asString(""),
            details.path("code").asString(""),
            error.path("message").asString(""),
            details.path("field").asString(""),
            details.path("expected").asString(""),
            details.path("observed").asString(""),
            details.path("rule").asString(""),
            error.path("error_id").asString(""),
            error.path("retryability").asString(""),
            List.copyOf(next)));
  }

  private static JsonNode json(@Nullable JsonNode body) {
    return body == null ? Json.object() : body;
  }
}
