package org.actsandbox.web.console.cashier;

import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.ApprovalContent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Holds what the cashier shows: exactly what will be signed, and what helps to decide.
 *
 * @param digest digest of the content; the form sends it back with the answer, so that nothing else
 *     is signed
 * @param description text for the principal that is not signed; null for none
 */
record CashierBill(
    ApprovalContent content, String digest, int attemptsLeft, @Nullable String description) {

  static CashierBill of(JsonNode approval) {
    var content = Json.read(approval.path("content"), ApprovalContent.class);
    var description = approval.path("description").asString("");
    return new CashierBill(
        content,
        approval.path("digest").asString(""),
        approval.path("pin_attempts_left").asInt(3),
        description.isEmpty() ? null : description);
  }
}
