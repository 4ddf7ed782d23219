package org.actsandbox.protocol.attestation.dispute;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Lists the kinds of claims about an order. Ours: the standard leaves the kinds open. */
public enum DisputeKind {
  NOT_DELIVERED,
  WRONG_ITEM,
  NOT_AUTHORIZED,
  AMOUNT_DIFFERS;

  /** Returns the name on the wire, such as {@code not_delivered}. */
  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if there is no kind of that code
   */
  @JsonCreator
  public static DisputeKind of(String code) {
    return find(code).orElseThrow(() -> new IllegalArgumentException("no kind of claim: " + code));
  }

  public static Optional<DisputeKind> find(String code) {
    return Arrays.stream(values()).filter(each -> each.code().equals(code)).findFirst();
  }
}
