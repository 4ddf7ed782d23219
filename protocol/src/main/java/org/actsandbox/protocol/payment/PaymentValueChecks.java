package org.actsandbox.protocol.payment;

import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.jspecify.annotations.Nullable;

/** Checks the values that all requests for a payment have. */
final class PaymentValueChecks {

  private PaymentValueChecks() {}

  static void amount(
      @Nullable String amount, @Nullable String currency, MistakeCollector mistakes) {
    if (amount != null && currency != null) {
      mistakes.check(() -> FieldChecks.money("amount", amount, currency));
    }
  }

  /** Limits the texts of a bill, which are stored with the payment. */
  static void bill(PaymentNeeded.Bill bill, MistakeCollector mistakes) {
    text("bill.resource_id", bill.resourceId(), 256, mistakes);
    text("bill.request_method", bill.requestMethod(), 16, mistakes);
    text("bill.request_fingerprint", bill.requestFingerprint(), 64, mistakes);
    text("bill.idempotency_key", bill.idempotencyKey(), 128, mistakes);
  }

  private static void text(
      String field, @Nullable String value, int max, MistakeCollector mistakes) {
    mistakes.checkPresent(value, present -> FieldChecks.text(field, present, max));
  }
}
