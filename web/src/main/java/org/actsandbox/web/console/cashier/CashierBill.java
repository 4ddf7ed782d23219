package org.actsandbox.web.console.cashier;

import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.ApprovalContent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the cashier shows: exactly what will be signed, and beside it what helps to decide.
 *
 * @param digest of the content; goes back with the answer, so that nothing else gets signed
 */
record CashierBill(
    ApprovalContent content, String digest, int attemptsLeft, @Nullable String description) {

  static CashierBill of(JsonNode shown) {
    var content = Json.read(shown.path("content"), ApprovalContent.class);
    var description = shown.path("description").asString("");
    return new CashierBill(
        content,
        shown.path("digest").asString(""),
        shown.path("pin_attempts_left").asInt(3),
        description.isEmpty() ? null : description);
  }
}
