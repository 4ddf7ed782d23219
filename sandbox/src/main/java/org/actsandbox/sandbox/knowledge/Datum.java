package org.actsandbox.sandbox.knowledge;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A kind of thing one can know about a principal and its purchases. */
public enum Datum {
  NAME,
  CONTACT,
  DOCUMENT,
  ADDRESS,
  WISHES,
  BUDGET,
  /** What a delegation permits: whoever relies on it has to know. */
  LIMITS,
  ITINERARY,
  /** What a merchant offered; its own offers are its own. */
  OFFERS,
  PRICE,
  ORDER,
  INSTRUMENT,
  ACCOUNT,
  BALANCE,
  PIN,
  CREDENTIAL;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
