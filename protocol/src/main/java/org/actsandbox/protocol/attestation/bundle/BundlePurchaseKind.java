package org.actsandbox.protocol.attestation.bundle;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Lists the kinds of purchases of bundles; each kind has its own documents. */
public enum BundlePurchaseKind {
  /** The order is confirmed; the bundle shows no payment. */
  CONFIRMED,
  /** The principal approved each payment. */
  APPROVED,
  /** The purchase was made under a delegation, and the principal approved a payment besides. */
  DELEGATED_AND_APPROVED,
  /** All payments were made under a delegation, without asking the principal. */
  DELEGATED;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
