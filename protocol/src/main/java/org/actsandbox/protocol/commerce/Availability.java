package org.actsandbox.protocol.commerce;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether a catalog entry can be had (CID-1); on the wire in lower case. */
public enum Availability {
  AVAILABLE,
  SOLD_OUT,
  /** On sale, and how many are left depends on the date: an intent asks for one. */
  BY_DATE;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Availability of(int left) {
    return left > 0 ? AVAILABLE : SOLD_OUT;
  }
}
