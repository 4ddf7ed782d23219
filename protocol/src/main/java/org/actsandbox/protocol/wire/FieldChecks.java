package org.actsandbox.protocol.wire;

import java.time.Instant;
import java.util.Currency;
import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/**
 * Checks form and limits of message fields. Every refusal is {@code invalid_field} with the path of
 * the field.
 */
public final class FieldChecks {

  /** Ours: the largest payment, in minor units; it leaves room for sums in a long. */
  public static final long MAX_MINOR = 1_000_000_000_00L;

  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private FieldChecks() {}

  /**
   * Requires a text of 1 to {@code max} characters without control characters.
   *
   * @throws Refusal {@code invalid_field}
   */
  public static String text(String field, String value, int max) {
    if (value.isEmpty() || value.length() > max) {
      throw invalid(field, "1 to " + max + " characters", value.length() + " characters");
    }
    if (CONTROL.matcher(value).find()) {
      throw invalid(field, "no control characters", "a control character");
    }
    return value;
  }

  /**
   * Requires an amount above zero and at most {@link #MAX_MINOR}.
   *
   * @throws Refusal {@code invalid_field}
   */
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
   * Requires a time that all supported databases can store.
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
