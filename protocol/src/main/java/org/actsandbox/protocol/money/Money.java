package org.actsandbox.protocol.money;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An amount in the currency's minor unit: {@code Money.of("87.50", "CNY")} is 8750 fen.
 *
 * <p>On the wire an amount is a decimal string beside its currency (ACT A402-3); {@link #decimal()}
 * writes it with exactly the currency's digits.
 *
 * @param minorUnits whole minor units, never negative: a refund is its own type, not a minus sign
 * @param currency ISO 4217 currency
 */
public record Money(long minorUnits, Currency currency) implements Comparable<Money> {

  public static final Currency CNY = Currency.getInstance("CNY");

  /** Digits behind the point that are read at most; those beyond the currency's must be zeros. */
  private static final int MAX_FRACTION = 18;

  public Money {
    if (minorUnits < 0) {
      throw new IllegalArgumentException("minorUnits must not be negative, was " + minorUnits);
    }
  }

  /** Returns an amount in CNY. */
  public static Money yuan(String decimal) {
    return of(decimal, CNY);
  }

  /** Returns an amount of CNY in its minor unit, fen. */
  public static Money fen(long fen) {
    return new Money(fen, CNY);
  }

  public static Money of(String decimal, String currency) {
    return of(decimal, Currency.getInstance(currency));
  }

  /**
   * Reads a decimal string with at most the currency's digits; zeros beyond them are accepted.
   *
   * @throws IllegalArgumentException if it is not such a number, is negative or too large
   */
  public static Money of(String decimal, Currency currency) {
    if (decimal.length() > 80 || !isDecimal(decimal)) {
      throw new IllegalArgumentException("not a decimal amount: " + shorten(decimal));
    }
    return of(new BigDecimal(decimal), currency);
  }

  /**
   * Says whether a text has the form of an amount: digits without leading zeros, and up to 18 more
   * behind a point. Offers are searched with many amounts, so no pattern is tried.
   */
  public static boolean isDecimal(String text) {
    int whole = digitsEnd(text, 0);
    if (whole == 0 || (whole > 1 && text.charAt(0) == '0')) {
      return false;
    }
    if (whole == text.length()) {
      return true;
    }
    int end = digitsEnd(text, whole + 1);
    return text.charAt(whole) == '.'
        && end == text.length()
        && end > whole + 1
        && end - whole - 1 <= MAX_FRACTION;
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  public static Money of(BigDecimal amount, Currency currency) {
    try {
      var minor = amount.movePointRight(currency.getDefaultFractionDigits());
      return new Money(minor.longValueExact(), currency);
    } catch (ArithmeticException notExact) {
      throw new IllegalArgumentException(
          "%s has more digits than %s allows".formatted(amount.toPlainString(), currency),
          notExact);
    }
  }

  public static Money zero(Currency currency) {
    return new Money(0, currency);
  }

  public Money plus(Money other) {
    requireSameCurrency(other);
    return new Money(Math.addExact(minorUnits, other.minorUnits), currency);
  }

  /**
   * @throws IllegalArgumentException if {@code other} is more than this, or in another currency
   */
  public Money minus(Money other) {
    requireSameCurrency(other);
    return new Money(Math.subtractExact(minorUnits, other.minorUnits), currency);
  }

  public Money times(long count) {
    return new Money(Math.multiplyExact(minorUnits, count), currency);
  }

  /** Returns this share of the amount, rounded half up to the minor unit; 12.5 means 12.5 %. */
  public Money percent(BigDecimal percent) {
    var share =
        percent
            .multiply(BigDecimal.valueOf(minorUnits))
            .divide(BigDecimal.valueOf(100), 0, RoundingMode.HALF_UP);
    return new Money(share.longValueExact(), currency);
  }

  @JsonIgnore
  public boolean isZero() {
    return minorUnits == 0;
  }

  public boolean moreThan(Money other) {
    return compareTo(other) > 0;
  }

  /** Returns the wire form, such as {@code "87.50"}. */
  public String decimal() {
    return BigDecimal.valueOf(minorUnits, currency.getDefaultFractionDigits()).toPlainString();
  }

  @Override
  public int compareTo(Money other) {
    requireSameCurrency(other);
    return Long.compare(minorUnits, other.minorUnits);
  }

  @Override
  public String toString() {
    return decimal() + " " + currency.getCurrencyCode();
  }

  private void requireSameCurrency(Money other) {
    if (!currency.equals(other.currency)) {
      throw new IllegalArgumentException("cannot mix " + currency + " and " + other.currency);
    }
  }

  private static String shorten(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
