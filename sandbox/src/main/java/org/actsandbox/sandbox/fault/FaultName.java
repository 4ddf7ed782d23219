package org.actsandbox.sandbox.fault;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.actsandbox.sandbox.fault.FaultParameter.Choice;
import org.actsandbox.sandbox.fault.FaultParameter.Decimal;
import org.actsandbox.sandbox.fault.FaultParameter.Header;
import org.actsandbox.sandbox.fault.FaultParameter.Whole;

/** Lists the ways in which a participant can misbehave, with their parameters. */
public enum FaultName {
  /** The request is delayed: {@code ms}, or log-normal by {@code median_ms} and {@code sigma}. */
  DELAY(
      Defaults.PATH,
      Reach.WIRE,
      0,
      new Whole("ms", 0, 60_000, "1000"),
      new Decimal("median_ms", 0, 60_000, ""),
      new Decimal("sigma", 0, 3, "0.5")),
  /** The request is refused with {@code status} before anything happens. */
  ERROR_STATUS(Defaults.PATH, Reach.WIRE, 5, new Whole("status", 400, 599, "503")),
  /** The connection is cut before anything happens. */
  CONNECTION_CUT(Defaults.PATH, Reach.WIRE, 4, Defaults.HOW),
  /** The request is processed, then the connection is cut: a timeout proves nothing (A402-9). */
  LOST_ANSWER(Defaults.PATH, Reach.WIRE, 3, Defaults.HOW),
  /** The answer breaks off after {@code bytes} of its body, or in its middle. */
  CUT_MID_BODY(Defaults.PATH, Reach.WIRE, 0, new Whole("bytes", 1, 1_048_576, ""), Defaults.HOW),
  /** The answer's body is sent slowly: {@code bytes}, a pause, {@code bytes}, a pause. */
  SLOW_BODY(
      Defaults.PATH,
      Reach.WIRE,
      0,
      new Whole("bytes", 1, 65_536, "64"),
      new Whole("pause_ms", 1, 10_000, "200")),
  /** The answer's body is no valid JSON. */
  MALFORMED_BODY(Defaults.PATH, Reach.EDGE, 0),
  /** The answer's {@code header} (by default every A402 header) cannot be decoded. */
  MALFORMED_HEADER(Defaults.PATH, Reach.EDGE, 0, new Header("header")),
  /** The signature of the answer, or of the request, does not match the signed content. */
  WRONG_SIGNATURE(
      Defaults.PATH,
      Reach.EDGE,
      6,
      Choice.of("of", "answer", "request"),
      Choice.of("how", "flipped", "foreign_key", "unknown_signer")),
  /** A notification of the payment service arrives {@code copies} times more at the merchant. */
  DUPLICATE_NOTIFICATION("POST /notifications", Reach.EDGE, 7, new Whole("copies", 1, 9, "1")),
  /**
   * The first notification of a trade is refused until the next one of that trade has arrived, at
   * most for {@code hold_seconds} of the world's time. Its sender retries, so nothing is lost.
   */
  REORDERED_NOTIFICATION(
      "POST /notifications", Reach.EDGE, 0, new Whole("hold_seconds", 1, 86_400, "3600")),
  /** The prices of the goods in the cart change by {@code percent} just before it is confirmed. */
  PRICE_MOVED("POST /carts", Reach.EDGE, 2, new Decimal("percent", -90, 1_000, "10")),
  /** The goods in the cart are sold to another buyer just before it is confirmed. */
  SOLD_OUT("POST /carts", Reach.EDGE, 1),
  /** The participant's clock is {@code seconds} ahead of the world's; negative: behind. */
  CLOCK_SKEW(Defaults.PATH, Reach.EDGE, 0, new Whole("seconds", -86_400, 86_400, "600"));

  /**
   * Holds the constants in a class of its own, because an enum's constants come before its other
   * fields.
   */
  private static final class Defaults {
    static final String PATH = "**";
    static final FaultParameter HOW = Choice.of("how", "close", "reset");
  }

  /** Says where a fault can be caused. */
  private enum Reach {
    /** At a participant's edge only. */
    EDGE,
    /** Also by a proxy, which knows bytes and no messages. */
    WIRE
  }

  private final String operation;
  private final boolean onTheWire;
  private final int changePlace;

  // List.of: immutable, which Error Prone cannot see from the type.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<FaultParameter> faultParameters;

  /**
   * @param changePlace the place among the changes that the gallery offers for every scenario, from
   *     1; 0 if it offers none
   */
  FaultName(String operation, Reach reach, int changePlace, FaultParameter... parameters) {
    this.operation = operation;
    this.onTheWire = reach == Reach.WIRE;
    this.changePlace = changePlace;
    this.faultParameters = List.of(parameters);
  }

  /** Returns the operation that the fault affects if the request names none. */
  public String operation() {
    return operation;
  }

  /** Tells whether a proxy can cause it; all others need a participant's own edge. */
  public boolean isOnTheWire() {
    return onTheWire;
  }

  /** Returns the faults that make sense as a change of every scenario, in the order shown. */
  public static List<FaultName> offeredAsChange() {
    return Arrays.stream(values())
        .filter(each -> each.changePlace > 0)
        .sorted(Comparator.comparingInt(each -> each.changePlace))
        .toList();
  }

  public List<FaultParameter> parameters() {
    return faultParameters;
  }

  public Optional<FaultParameter> parameter(String name) {
    return faultParameters.stream()
        .filter(faultParameter -> faultParameter.name().equals(name))
        .findFirst();
  }

  /** Says whether the fault happens to single requests; false for one that is permanent. */
  public boolean isPerRequest() {
    return this != CLOCK_SKEW;
  }

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static FaultName ofCode(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }

  static Optional<FaultName> find(String code) {
    return Arrays.stream(values()).filter(each -> each.code().equals(code)).findFirst();
  }
}
