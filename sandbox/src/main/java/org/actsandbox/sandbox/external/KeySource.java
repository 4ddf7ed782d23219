package org.actsandbox.sandbox.external;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Lists where the key of a merchant from outside comes from. */
public enum KeySource {
  /** The sandbox made the pair and handed out the private half once. */
  MADE,
  /** The request had the public key. */
  GIVEN,
  /** The public key is from the merchant's own DID document. */
  DID_DOCUMENT;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
