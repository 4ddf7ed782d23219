package org.actsandbox.sandbox.knowledge;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Lists the kinds of data that participants can know about a principal and its purchases. */
public enum Datum {
  NAME,
  CONTACT,
  DOCUMENT,
  ADDRESS,
  WISHES,
  BUDGET,
  /** The limits of a delegation; a participant that relies on the delegation has to know them. */
  LIMITS,
  ITINERARY,
  /** A merchant's offers; they belong to that merchant. */
  OFFERS,
  PRICE,
  ORDER,
  INSTRUMENT,
  ACCOUNT,
  BALANCE,
  PIN,
  CREDENTIAL,
  /** What the credit service states about a principal: the most sensitive datum. */
  CREDIT;

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
