package org.actsandbox.web.console.delegations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.operation.Operation;
import org.actsandbox.protocol.refusal.ErrorBody;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.web.console.decoder.EntryNarrator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Shows a payment under a delegation that was not made, with its error from the catalogue. The
 * payment service refused it, or the agent's own check stopped it before the request (ACT CID-6).
 *
 * @param seq number of the journal entry
 * @param by psp | agent
 * @param detail the payment service's own sentence
 * @param expected what the delegation would have allowed; empty where the error does not say
 * @param rule number of the rule of ACT 2.1; empty for none
 * @param retryability whether the catalogue allows a retry
 * @param next the actions that the catalogue allows next
 */
record RefusedDelegatedPayment(
    long seq,
    Instant at,
    String by,
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

  /** Reads a refused payment from a journal entry; empty if the entry is about something else. */
  static Optional<RefusedDelegatedPayment> of(JournalEntry entry) {
    return switch (entry.kind()) {
      case EXCHANGE -> exchange(entry);
      case DECISION ->
          JournalEvent.SELF_CHECK_FAILED.is(entry.event())
              ? Optional.of(ownCheck(entry))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /**
   * Reads a payment that the agent's own check stopped, with the error that the payment service
   * would have answered. Both use the same catalogue.
   */
  private static RefusedDelegatedPayment ownCheck(JournalEntry entry) {
    var data = entry.data();
    var merchant = data.path("merchant").asString("");
    var code = data.path("code").asString("");
    var problem = Problem.valueOf(code.toUpperCase(Locale.ROOT));
    var error = ErrorBody.of(new Refusal(problem, code));
    return new RefusedDelegatedPayment(
        entry.seq(),
        entry.at(),
        "agent",
        data.path("amount").asString(""),
        data.path("currency").asString(""),
        EntryNarrator.nameOf(merchant.startsWith("did:") ? merchant : "did:act:" + merchant),
        entry.ids().getOrDefault(JournalIds.ORDER_NO, ""),
        code,
        code,
        "",
        data.path("expected").asString(""),
        data.path("observed").asString(""),
        "CID-6",
        error.errorId(),
        error.retryability().name(),
        error.validNextActions().stream().map(Enum::name).toList());
  }

  private static Optional<RefusedDelegatedPayment> exchange(JournalEntry entry) {
    var journalExchange = EntryNarrator.exchangeOf(entry);
    var operation = Operation.find(journalExchange.method(), journalExchange.path());
    boolean isPayment = operation == Operation.DELEGATED || operation == Operation.AUTONOMOUS;
    if (!isPayment || journalExchange.status() < 400) {
      return Optional.empty();
    }
    var request =
        json(journalExchange.requestBody() == null ? null : journalExchange.requestBody().json());
    var error =
        json(journalExchange.responseBody() == null ? null : journalExchange.responseBody().json())
            .path("error");
    var details = error.path("details");
    var next = new ArrayList<String>();
    error.path("valid_next_actions").forEach(action -> next.add(action.asString("")));
    return Optional.of(
        new RefusedDelegatedPayment(
            entry.seq(),
            entry.at(),
            "psp",
            request.path("amount").asString(""),
            request.path("currency").asString(""),
            EntryNarrator.nameOf(request.path("payee").asString("")),
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
