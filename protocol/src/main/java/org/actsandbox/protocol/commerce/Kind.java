package org.actsandbox.protocol.commerce;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The verticals the sandbox's merchants trade in; on the wire in lower case. */
public enum Kind {
  TRAIN,
  HOTEL,
  SHOP;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
