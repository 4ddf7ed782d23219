package org.actsandbox.protocol.commerce;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A refund of an order as its merchant knows it.
 *
 * @param amount decimal string in the order's currency
 * @param settledAt when the payment service answered; absent while the refund is pending
 * @param refundNo the payment service's number; present exactly when the money went back
 */
public record OrderRefund(
    String refundRequestId,
    String amount,
    State state,
    String reason,
    Instant requestedAt,
    @Nullable Instant settledAt,
    @Nullable String refundNo) {

  /** Lists the states of a refund. */
  public enum State {
    /** The merchant asks the payment service until it answers. */
    PENDING,
    DONE,
    /** The payment service refused, or gave no answer in all attempts. */
    FAILED
  }
}
