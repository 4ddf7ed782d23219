package org.actsandbox.sandbox.fault;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.actsandbox.sandbox.fault.FaultParameter.Choice;
import org.actsandbox.sandbox.fault.FaultParameter.Decimal;
import org.actsandbox.sandbox.fault.FaultParameter.Header;
import org.actsandbox.sandbox.fault.FaultParameter.Whole;

/** Every way a participant can misbehave, with its knobs. */
public enum FaultName {
  /** The request waits first: {@code ms}, or log-normal by {@code median_ms} and {@code sigma}. */
  DELAY(
      Anywhere.PATH,
      new Whole("ms", 0, 60_000, "1000"),
      new Decimal("median_ms", 0, 60_000, ""),
      new Decimal("sigma", 0, 3, "0.5")),
  /** Refused with {@code status} before anything happens. */
  ERROR_STATUS(Anywhere.PATH, new Whole("status", 400, 599, "503")),
  /** The connection is cut before anything happens. */
  CONNECTION_CUT(Anywhere.PATH, Anywhere.HOW),
  /** Everything happens, then the connection is cut: a timeout proves nothing (A402-9). */
  LOST_ANSWER(Anywhere.PATH, Anywhere.HOW),
  /** The answer breaks off after {@code bytes} of its body, or in its middle. */
  CUT_MID_BODY(Anywhere.PATH, new Whole("bytes", 1, 1_048_576, ""), Anywhere.HOW),
  /** The answer's body drips: {@code bytes}, a pause, {@code bytes}, a pause. */
  SLOW_BODY(
      Anywhere.PATH, new Whole("bytes", 1, 65_536, "64"), new Whole("pause_ms", 1, 10_000, "200")),
  /** The answer's body is no JSON any more. */
  MALFORMED_BODY(Anywhere.PATH),
  /** The answer's {@code header} (every A402 header) does not decode any more. */
  MALFORMED_HEADER(Anywhere.PATH, new Header("header")),
  /** The signature of the answer, or of the request, does not match what it signs. */
  WRONG_SIGNATURE(
      Anywhere.PATH,
      Choice.of("of", "answer", "request"),
      Choice.of("how", "flipped", "foreign_key", "unknown_signer")),
  /** What the payment service tells a merchant arrives {@code copies} times more. */
  DUPLICATE_NOTIFICATION("POST /notifications", new Whole("copies", 1, 9, "1")),
  /**
   * The first notification of a trade is turned away until the next one of that trade has arrived,
   * at most {@code hold_seconds} of the world's time: its sender retries, so nothing is lost.
   */
  REORDERED_NOTIFICATION("POST /notifications", new Whole("hold_seconds", 1, 86_400, "3600")),
  /** Prices of what is in the cart move by {@code percent} just before it is confirmed. */
  PRICE_MOVED("POST /carts", new Decimal("percent", -90, 1_000, "10")),
  /** What is in the cart is sold to somebody else just before it is confirmed. */
  SOLD_OUT("POST /carts"),
  /** The participant's clock is {@code seconds} ahead of the world's; negative: behind. */
  CLOCK_SKEW(Anywhere.PATH, new Whole("seconds", -86_400, 86_400, "600"));

  /** A class of its own, because an enum's constants come before its other fields. */
  private static final class Anywhere {
    static final String PATH = "**";
    static final FaultParameter HOW = Choice.of("how", "close", "reset");
  }

  private final String operation;

  // List.of: immutable, which Error Prone cannot see from the type.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<FaultParameter> faultParameters;

  FaultName(String operation, FaultParameter... knobs) {
    this.operation = operation;
    this.faultParameters = List.of(knobs);
  }

  /** What it happens to when the order does not say. */
  public String operation() {
    return operation;
  }

  public List<FaultParameter> parameters() {
    return faultParameters;
  }

  public Optional<FaultParameter> parameter(String name) {
    return faultParameters.stream()
        .filter(faultParameter -> faultParameter.name().equals(name))
        .findFirst();
  }

  /** False for what is wrong all the time instead of with single requests. */
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
}
