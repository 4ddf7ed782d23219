package org.actsandbox.sandbox.psp.instrument;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.actsandbox.protocol.wire.FieldChecks;
import org.actsandbox.sandbox.psp.instrument.Instrument.Status;
import org.actsandbox.sandbox.psp.ledger.AccountNumbers;
import org.jspecify.annotations.Nullable;

/**
 * Lists the card numbers that make an instrument with a built-in outcome: as data of the
 * instrument, or as the end of its reference, by which the edge injects a fault (docs/faults.md).
 */
public enum TestCard {
  /** An account of its own with nothing on it: {@code insufficient_balance} after the approval. */
  NO_MONEY("4010"),
  /** Frozen from the start: {@code instrument_invalid}. */
  FROZEN("4028"),
  /** Valid for a minute of the world's time, {@code instrument_invalid} afterwards. */
  SHORT_LIVED("4036"),
  /** At most 1.00 for each payment: {@code limit_exceeded}. */
  SMALL_LIMIT("4044"),
  /** The answer to each payment request is lost once; the payment waits for approval. */
  LOST_ANSWER("4051"),
  /** Each payment request is turned away once with a 503. */
  UNAVAILABLE("4069"),
  /** Each payment request takes longer, once, than callers wait. */
  TIMEOUT("4077");

  /**
   * Only numbers of this range are accepted, because numbers of real cards have no place in a
   * sandbox.
   */
  private static final String RANGE = "620000000000";

  static final Duration SHORT_LIFE = Duration.ofMinutes(1);
  static final long SMALL_LIMIT_MINOR = 100;

  private final String suffix;

  TestCard(String suffix) {
    this.suffix = suffix;
  }

  public String number() {
    return RANGE + suffix;
  }

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Finds the test card of a number; empty for a card without a built-in outcome.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field} for a number of another
   *     range; the number itself is not repeated
   */
  static Optional<TestCard> of(@Nullable String number) {
    if (number == null) {
      return Optional.empty();
    }
    var digits = number.replace(" ", "");
    if (!digits.matches(RANGE + "[0-9]{4}")) {
      throw FieldChecks.invalid(
          "card_number", "6200 0000 0000 and four digits: no real card belongs here", "***");
    }
    return Arrays.stream(values()).filter(card -> digits.endsWith(card.suffix)).findFirst();
  }

  String account() {
    return this == NO_MONEY ? AccountNumbers.CARD + "-" + suffix : AccountNumbers.CARD;
  }

  Status status() {
    return this == FROZEN ? Status.FROZEN : Status.ACTIVE;
  }

  /** Returns {@code ref} with the mark by which the edge recognizes the card. */
  String marked(String ref) {
    return switch (this) {
      case LOST_ANSWER, UNAVAILABLE, TIMEOUT -> ref + "_test_" + suffix;
      case NO_MONEY, FROZEN, SHORT_LIVED, SMALL_LIMIT -> ref;
    };
  }
}
