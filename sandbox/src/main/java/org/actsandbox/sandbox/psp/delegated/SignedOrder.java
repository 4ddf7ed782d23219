package org.actsandbox.sandbox.psp.delegated;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.actsandbox.protocol.a402.Fingerprint;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.json.Canonical;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.DelegatedPaymentRequest;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The payee's signed order in a payment request. The payee signs the bill, and the bill names the
 * order by its digest, so what it says is bought is what the bill is for; the order's own signature
 * adds nothing to that. An order that the bill does not name says nothing.
 */
record SignedOrder(JsonNode raw, List<Order.Line> lines) {

  /** Ours: more lines than a merchant puts into one order. */
  private static final int MOST_LINES = 20;

  private static final int LONGEST = 16_384;

  /**
   * As the request shows it; not checked yet. Empty when the request brings none.
   *
   * @throws Refusal {@code invalid_field} when it is no order
   */
  static Optional<SignedOrder> of(JsonNode request, DelegatedPaymentRequest bound) {
    if (bound.order() == null || bound.order().isNull()) {
      return Optional.empty();
    }
    var raw = request.path("order");
    try {
      var lines = Json.read(raw.path("lines"), Order.Line[].class);
      if (lines != null
          && lines.length <= MOST_LINES
          && Json.write(raw).length() <= LONGEST
          && Arrays.stream(lines).noneMatch(Objects::isNull)) {
        return Optional.of(new SignedOrder(raw, List.of(lines)));
      }
    } catch (JacksonException notLines) {
      throw malformed(String.valueOf(notLines.getMessage()));
    }
    throw malformed("no order");
  }

  /**
   * @throws Refusal {@code goods_not_stated} when the bill names no order, {@code bill_mismatch}
   *     when it names another one
   */
  void requireBilled(DelegatedPaymentRequest request) {
    var named = request.bill().commerceConfirmation();
    if (named == null) {
      throw new Refusal(Problem.GOODS_NOT_STATED, "the bill does not name the order it is for")
          .at("bill.commerce_confirmation")
          .expected("confirmation_id and confirmation_digest of the signed order");
    }
    same(
        "bill.commerce_confirmation.confirmation_digest",
        Fingerprint.digest(Canonical.bytes(raw)),
        named.confirmationDigest());
    same("order.order_no", raw.path("order_no").asString(""), request.merchantOrderNo());
    same("order.total", raw.path("total").asString(""), request.bill().amount());
    same("order.currency", raw.path("currency").asString(""), request.currency());
  }

  private static void same(String field, String observed, @Nullable String expected) {
    if (!Objects.equals(expected, observed)) {
      throw new Refusal(Problem.BILL_MISMATCH, "the order is not the one the bill is for")
          .at(field)
          .expected(String.valueOf(expected))
          .observed(observed)
          .remedy("Pass on the order byte for byte as the merchant signed it.");
    }
  }

  private static Refusal malformed(String why) {
    return new Refusal(Problem.INVALID_FIELD, "the order is not readable: " + why)
        .at("order")
        .expected(
            "the signed order of the merchant, at most %d lines and %d characters"
                .formatted(MOST_LINES, LONGEST));
  }
}
