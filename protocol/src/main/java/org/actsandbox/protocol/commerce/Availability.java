package org.actsandbox.protocol.commerce;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Lists the availabilities of catalog entries (CID-1); on the wire in lower case. */
public enum Availability {
  AVAILABLE,
  SOLD_OUT,
  /** The entry is on sale, and the stock depends on the date, for which an intent asks. */
  BY_DATE;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Availability of(int left) {
    return left > 0 ? AVAILABLE : SOLD_OUT;
  }
}
