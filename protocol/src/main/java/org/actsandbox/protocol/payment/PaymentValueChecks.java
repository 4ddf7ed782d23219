package org.actsandbox.protocol.payment;

import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.wire.MistakeCollector;

/** Checks the values of the bill that all requests for a payment have. */
final class PaymentValueChecks {

  private PaymentValueChecks() {}

  /** Limits the texts of a bill, which are stored with the payment. */
  static void bill(PaymentNeeded.Bill bill, MistakeCollector mistakes) {
    mistakes.text("bill.resource_id", bill.resourceId(), 256);
    mistakes.text("bill.request_method", bill.requestMethod(), 16);
    mistakes.text("bill.request_fingerprint", bill.requestFingerprint(), 64);
    mistakes.text("bill.idempotency_key", bill.idempotencyKey(), 128);
  }
}
