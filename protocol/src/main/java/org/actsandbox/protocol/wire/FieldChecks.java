package org.actsandbox.protocol.wire;

import java.time.Instant;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.FieldMistake;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Checks form and limits of message fields. Every refusal is {@code invalid_field} with the path of
 * the field.
 */
public final class FieldChecks {

  /** Ours: the largest payment, in minor units; it leaves room for sums in a long. */
  public static final long MAX_MINOR = 1_000_000_000_00L;

  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  private static final Pattern PIN = Pattern.compile("[0-9]{6}");

  private FieldChecks() {}

  /**
   * Requires a text of 1 to {@code max} characters without control characters.
   *
   * @throws Refusal {@code invalid_field}
   */
  public static String text(String field, @Nullable String value, int max) {
    if (value == null) {
      throw missing(Problem.INVALID_FIELD, field, "1 to " + max + " characters");
    }
    if (value.isEmpty() || value.length() > max) {
      throw invalid(field, "1 to " + max + " characters", value.length() + " characters");
    }
    if (CONTROL.matcher(value).find()) {
      throw invalid(field, "no control characters", "a control character");
    }
    return value;
  }

  /**
   * Checks a text if there is one.
   *
   * @throws Refusal {@code invalid_field}
   */
  public static void optionalText(String field, @Nullable String value, int max) {
    if (value != null) {
      text(field, value, max);
    }
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

  static boolean isCurrency(String code) {
    try {
      Currency.getInstance(code);
      return true;
    } catch (IllegalArgumentException unknown) {
      return false;
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

  /**
   * Checks a time if there is one.
   *
   * @throws Refusal {@code invalid_field}
   */
  public static void optionalMoment(String field, @Nullable Instant value) {
    if (value != null) {
      moment(field, value);
    }
  }

  public static Did did(String field, String value) {
    try {
      return new Did(value);
    } catch (IllegalArgumentException notDid) {
      throw invalid(field, "a did:act identifier", value);
    }
  }

  /**
   * Reads the id of a participant, which is the part of its DID after {@code did:act:}.
   *
   * @throws Refusal {@code invalid_field}
   */
  public static Did participant(String field, String id) {
    try {
      return Did.of(id);
    } catch (IllegalArgumentException notId) {
      throw invalid(field, "an id such as luma-mart", id);
    }
  }

  /**
   * Requires the form of a payment PIN; the PIN itself is not repeated.
   *
   * @throws Refusal {@code invalid_field}
   */
  public static String pin(String field, String value) {
    if (!PIN.matcher(value).matches()) {
      throw invalid(field, "six digits", value.length() + " characters");
    }
    return value;
  }

  /** Names words of which a field may be one: {@code a, b or c}. */
  public static String alternatives(List<String> words) {
    return words.size() < 2
        ? String.join("", words)
        : String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
  }

  /**
   * Returns the refusal of a value.
   *
   * @param observed the value; null if the field is missing
   */
  public static Refusal invalid(String field, String expected, @Nullable String observed) {
    if (observed == null) {
      return missing(Problem.INVALID_FIELD, field, expected);
    }
    return new Refusal(Problem.INVALID_FIELD, field + " is not valid")
        .at(field)
        .expected(expected)
        .observed(observed);
  }

  /** Returns the refusal of a request without a field that it needs. */
  public static Refusal missing(Problem problem, String field, String expected) {
    return Refusal.of(
        problem,
        List.of(
            new FieldMistake(
                field, FieldMistake.Reason.MISSING, field + " is missing", expected, null, null)));
  }

  /**
   * Returns the mistakes of an object whose members are not those of a record.
   *
   * @param at the path of the object
   */
  public static List<FieldMistake> unknownFields(
      Collection<String> names, Set<String> known, String at) {
    return names.stream()
        .filter(name -> !known.contains(name))
        .limit(MessageCheck.MAX_MISTAKES)
        .map(name -> MessageCheck.unknown(name, known, at))
        .toList();
  }
}
