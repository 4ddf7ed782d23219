package org.actsandbox.sandbox.fault;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Lists values in ordinary messages that cause a fault without arming it, for clients that cannot
 * arm one. See the table in docs/faults.md; cards that need no fault are in {@code TestCard}.
 */
public enum MagicValue {
  NOTE_SOLD_OUT(Place.CART_NOTE, "sandbox:sold_out", FaultName.SOLD_OUT, false),
  NOTE_PRICE_MOVED(Place.CART_NOTE, "sandbox:price_moved", FaultName.PRICE_MOVED, false),
  NOTE_PRICE_DROPPED(
      Place.CART_NOTE, "sandbox:price_dropped", FaultName.PRICE_MOVED, false, "percent", "-10"),
  NOTE_UNAVAILABLE(Place.CART_NOTE, "sandbox:unavailable", FaultName.ERROR_STATUS, true),
  NOTE_LOST_ANSWER(Place.CART_NOTE, "sandbox:lost_answer", FaultName.LOST_ANSWER, true),
  NOTE_SLOW(Place.CART_NOTE, "sandbox:slow", FaultName.DELAY, true, "ms", "3000"),
  NOTE_WRONG_SIGNATURE(
      Place.CART_NOTE, "sandbox:wrong_signature", FaultName.WRONG_SIGNATURE, false),
  CARD_LOST_ANSWER(Place.CARD, "_test_4051", FaultName.LOST_ANSWER, true),
  CARD_UNAVAILABLE(Place.CARD, "_test_4069", FaultName.ERROR_STATUS, true),
  CARD_TIMEOUT(Place.CARD, "_test_4077", FaultName.DELAY, true, "ms", "12000"),
  REFUND_LOST_ANSWER(Place.REFUND_AMOUNT, "0.04", FaultName.LOST_ANSWER, true),
  REFUND_UNAVAILABLE(Place.REFUND_AMOUNT, "0.05", FaultName.ERROR_STATUS, true),
  PIN_UNAVAILABLE(Place.PIN, "000503", FaultName.ERROR_STATUS, true),
  PIN_LOST_ANSWER(Place.PIN, "000504", FaultName.LOST_ANSWER, true);

  /** Says in which message and field a value is looked for. */
  public enum Place {
    /** Any entry of {@code fulfilment} in {@code POST /carts} of a merchant. */
    CART_NOTE("sandbox:"),
    /** The end of {@code instrument_ref} in {@code POST /psp/payments}. */
    CARD("_test_"),
    /** {@code amount} of {@code POST /psp/refunds}. */
    REFUND_AMOUNT("\"0.0"),
    /** {@code pin} of {@code POST /psp/payments/T/approval}. */
    PIN("\"000");

    private final String mark;

    Place(String mark) {
      this.mark = mark;
    }

    /** Returns a text that occurs in every message with a value of this place. */
    public String mark() {
      return mark;
    }

    @JsonValue
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Place place;
  private final String value;
  private final boolean once;

  // Fault holds an immutable map, which Error Prone cannot see from the type.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Fault fault;

  MagicValue(Place place, String value, FaultName name, boolean once, String... parameter) {
    this.place = place;
    this.value = value;
    this.once = once;
    this.fault =
        new Fault(
            "magic:" + name().toLowerCase(Locale.ROOT),
            name,
            "*",
            "**",
            1,
            0,
            null,
            parameter.length == 0 ? Map.of() : Map.of(parameter[0], parameter[1]),
            true);
  }

  public Place place() {
    return place;
  }

  /** Returns the value as it is written. */
  public String value() {
    return value;
  }

  /** Says whether it acts on the first attempt only, so that a retry finds the true state. */
  public boolean once() {
    return once;
  }

  public Fault fault() {
    return fault;
  }

  /** Says whether the message has the value in the right field. */
  public boolean isIn(JsonNode message) {
    return switch (place) {
      case CART_NOTE ->
          message
              .path("fulfilment")
              .valueStream()
              .anyMatch(each -> value.equals(each.asString("")));
      case CARD -> message.path("instrument_ref").asString("").endsWith(value);
      case REFUND_AMOUNT -> message.path("amount").asString("").equals(value);
      case PIN -> message.path("pin").asString("").equals(value);
    };
  }

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
