package org.actsandbox.sandbox.psp.delegated;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.json.CanonicalJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.DelegatedPaymentRequest;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Represents the payee's signed order in a payment request, as far as the bill names it. The payee
 * signs the bill, and the bill names the order by its digest, so the order's lines are what the
 * bill is for; the order's own signature adds nothing to that. An order that the bill does not name
 * proves nothing.
 */
record BilledOrder(JsonNode raw, List<Order.Line> lines) {

  /** Ours: more lines than a merchant puts into one order. */
  private static final int MAX_LINES = 20;

  private static final int MAX_LENGTH = 16_384;

  /**
   * Reads the order from a request without checking it; empty when the request brings none.
   *
   * @throws Refusal {@code invalid_field} when the field is not an order
   */
  static Optional<BilledOrder> of(JsonNode request, DelegatedPaymentRequest bound) {
    if (bound.order() == null || bound.order().isNull()) {
      return Optional.empty();
    }
    var raw = request.path("order");
    try {
      var lines = Json.read(raw.path("lines"), Order.Line[].class);
      if (lines != null
          && lines.length <= MAX_LINES
          && Json.write(raw).length() <= MAX_LENGTH
          && Arrays.stream(lines).noneMatch(Objects::isNull)) {
        return Optional.of(new BilledOrder(raw, List.of(lines)));
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
    requireSame(
        "bill.commerce_confirmation.confirmation_digest",
        RequestFingerprint.digest(CanonicalJson.bytes(raw)),
        named.confirmationDigest());
    requireSame("order.order_no", raw.path("order_no").asString(""), request.merchantOrderNo());
    requireSame("order.total", raw.path("total").asString(""), request.bill().amount());
    requireSame("order.currency", raw.path("currency").asString(""), request.currency());
  }

  private static void requireSame(String field, String observed, @Nullable String expected) {
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
                .formatted(MAX_LINES, MAX_LENGTH));
  }
}
