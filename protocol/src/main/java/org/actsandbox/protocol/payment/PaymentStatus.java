package org.actsandbox.protocol.payment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Lists the states of a payment, which are separate from the states of its trade (A402-9). */
public enum PaymentStatus {
  WAITING_FOR_APPROVAL,
  PAID,
  /** The principal declined. */
  DECLINED,
  /** The principal did not answer in time. */
  TIMED_OUT,
  /** The principal closed the cashier without an answer. */
  ABANDONED,
  /** The payment was approved and could not be executed: balance, frozen instrument. */
  FAILED,
  /** The agent closed the payment, or the bill expired. */
  CLOSED;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
