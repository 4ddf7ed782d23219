package org.actsandbox.sandbox.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Recognizes values by their form, such as card and phone numbers. */
final class ValuePatterns {

  /** The only range of the sandbox's cards; the last four digits may be shown. */
  private static final Pattern CARD =
      Pattern.compile("(?<!\\d)6200[ -]?0000[ -]?0000[ -]?\\d{4}(?!\\d)");

  private static final Pattern MOBILE =
      Pattern.compile("(?<![\\dA-Za-z_.-])(?:\\+?86[ -]?)?1[3-9]\\d{9}(?![\\dA-Za-z_-])");

  private static final Pattern MAIL =
      Pattern.compile("[A-Za-z0-9._%+-]{1,60}@[A-Za-z0-9-]{1,60}\\.[A-Za-z]{2,10}");

  private static final Pattern RESIDENT_ID =
      Pattern.compile("(?<![\\dA-Za-z])\\d{17}[\\dXx](?![\\dA-Za-z])");

  private static final Pattern MONEY =
      Pattern.compile(
          "[¥￥]\\s?(\\d[\\d,]*(?:\\.\\d{1,2})?)"
              + "|(?i:cny|rmb)\\s?(\\d[\\d,]*(?:\\.\\d{1,2})?)"
              + "|(\\d[\\d,]*(?:\\.\\d{1,2})?)\\s?(?i:yuan|cny|rmb|元|块)");

  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};

  private ValuePatterns() {}

  static List<KnownValue> findIn(String text) {
    boolean mail = text.indexOf('@') > 0;
    boolean number = hasLongNumber(text);
    if (!mail && !number) {
      return List.of();
    }
    var found = new ArrayList<KnownValue>();
    if (mail) {
      var mails = MAIL.matcher(text);
      while (mails.find()) {
        found.add(
            KnownValue.of(
                Datum.CONTACT,
                KnownValue.Match.TOKEN,
                mails.group().toLowerCase(java.util.Locale.ROOT)));
      }
    }
    if (number) {
      digits(text, found);
    }
    return found;
  }

  /** Returns the amounts of money in a sentence. */
  static List<String> amounts(String sentence) {
    return MONEY
        .matcher(sentence)
        .results()
        .map(
            found ->
                found.group(1) != null
                    ? found.group(1)
                    : found.group(2) != null ? found.group(2) : found.group(3))
        .toList();
  }

  private static void digits(String text, List<KnownValue> found) {
    CARD.matcher(text)
        .results()
        .forEach(
            match ->
                found.add(
                    KnownValue.of(Datum.ACCOUNT, KnownValue.Match.TOKEN, plain(match.group()))));
    MOBILE
        .matcher(text)
        .results()
        .forEach(
            match ->
                found.add(
                    KnownValue.of(
                        Datum.CONTACT, KnownValue.Match.TOKEN, last(plain(match.group()), 11))));
    RESIDENT_ID
        .matcher(text)
        .results()
        .filter(match -> isResidentId(match.group()))
        .forEach(
            match ->
                found.add(KnownValue.of(Datum.DOCUMENT, KnownValue.Match.TOKEN, match.group())));
  }

  /**
   * Checks the number's last digit (GB 11643), so that no other number is taken for a resident id.
   */
  private static boolean isResidentId(String number) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += (number.charAt(i) - '0') * WEIGHTS[i];
    }
    return "10X98765432".charAt(sum % 11) == Character.toUpperCase(number.charAt(17));
  }

  private static String plain(String number) {
    return number.replaceAll("[ +-]", "");
  }

  private static String last(String text, int length) {
    return text.substring(text.length() - length);
  }

  /**
   * Says whether the text contains at least eleven digits in a row, with spaces and hyphens between
   * them: all values with digits have as many. Signatures contain digits, too, but no such row.
   */
  private static boolean hasLongNumber(String text) {
    int digits = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        digits++;
        if (digits >= 11) {
          return true;
        }
      } else if (c != ' ' && c != '-') {
        digits = 0;
      }
    }
    return false;
  }
}
