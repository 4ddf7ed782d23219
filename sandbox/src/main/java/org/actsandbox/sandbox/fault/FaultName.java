package org.actsandbox.sandbox.fault;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Set;

/** Every way a participant can misbehave, with its knobs. */
public enum FaultName {
  /** The request waits first: {@code ms}, or log-normal by {@code median_ms} and {@code sigma}. */
  DELAY("ms", "median_ms", "sigma"),
  /** Refused with {@code status} (503) before anything happens. */
  ERROR_STATUS("status"),
  /** The connection is cut before anything happens. */
  CONNECTION_CUT,
  /** Everything happens, then the connection is cut: a timeout proves nothing (A402-9). */
  LOST_ANSWER,
  /** The answer breaks off in the middle of its body. */
  CUT_MID_BODY,
  /** The answer's body is no JSON any more. */
  MALFORMED_BODY,
  /** The answer's {@code header} (every A402 header) does not decode any more. */
  MALFORMED_HEADER("header"),
  /** Prices of what is in the cart move by {@code percent} (10) just before it is confirmed. */
  PRICE_MOVED("percent"),
  /** What is in the cart is sold to somebody else just before it is confirmed. */
  SOLD_OUT;

  // Set.of: immutable, which Error Prone cannot see from the type.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Set<String> knobs;

  FaultName(String... knobs) {
    this.knobs = Set.of(knobs);
  }

  public Set<String> knobs() {
    return knobs;
  }

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static FaultName ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }
}
