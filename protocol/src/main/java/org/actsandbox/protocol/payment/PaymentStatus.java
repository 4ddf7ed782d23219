package org.actsandbox.protocol.payment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How the payment itself stands; separate from the trade's state (A402-9). */
public enum PaymentStatus {
  WAITING_FOR_APPROVAL,
  PAID,
  /** The principal said no. */
  DECLINED,
  /** Nobody answered in time. */
  TIMED_OUT,
  /** The principal closed the cashier without an answer. */
  ABANDONED,
  /** Approved, but it could not be executed: balance, frozen instrument. */
  FAILED,
  /** Closed by the agent or because the bill died. */
  CLOSED;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
