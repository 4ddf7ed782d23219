package org.actsandbox.protocol.wire;

import java.time.Instant;
import java.util.Currency;
import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/** Reads the fields of messages, bounded; every refusal is {@code invalid_field} with the path. */
public final class FieldChecks {

  /** Ours: no payment in the sandbox is larger; leaves room for sums in a long. */
  public static final long MAX_MINOR = 1_000_000_000_00L;

  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private FieldChecks() {}

  /** A text of 1 to {@code max} characters without control characters. */
  public static String text(String field, String value, int max) {
    if (value.isEmpty() || value.length() > max) {
      throw invalid(field, "1 to " + max + " characters", value.length() + " characters");
    }
    if (CONTROL.matcher(value).find()) {
      throw invalid(field, "no control characters", "a control character");
    }
    return value;
  }

  public static Money money(String field, String amount, String currency) {
    try {
      var money = Money.of(amount, Currency.getInstance(currency));
      if (money.isZero() || money.minorUnits() > MAX_MINOR) {
        throw invalid(field, "more than zero, at most 1000000000.00", amount);
      }
      return money;
    } catch (IllegalArgumentException notMoney) {
      throw invalid(field, "a decimal amount such as 87.50 in an ISO 4217 currency", amount);
    }
  }

  /**
   * A moment that every database here can hold.
   *
   * @throws Refusal {@code invalid_field}
   */
  public static Instant moment(String field, Instant value) {
    if (value.isBefore(Instant.EPOCH) || value.isAfter(LATEST)) {
      throw invalid(field, "a moment from 1970 to 9999", value.toString());
    }
    return value;
  }

  public static Did did(String field, String value) {
    try {
      return new Did(value);
    } catch (IllegalArgumentException notDid) {
      throw invalid(field, "a did:act identifier", value);
    }
  }

  public static Refusal invalid(String field, String expected, String observed) {
    return new Refusal(Problem.INVALID_FIELD, field + " is not valid")
        .at(field)
        .expected(expected)
        .observed(observed);
  }
}
