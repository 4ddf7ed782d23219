package org.actsandbox.protocol.attestation.bundle;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The kinds of purchase a bundle may be about; each has its papers. */
public enum PurchaseKind {
  /** Confirmed; no payment is shown. */
  CONFIRMED,
  /** Paid after the principal approved it. */
  APPROVED,
  /** Paid under a delegation, and approved by the principal all the same. */
  DELEGATED_AND_APPROVED,
  /** Paid under a delegation without a question. */
  DELEGATED;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
