package org.actsandbox.sandbox.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Values that are recognized by what they look like, wherever they turn up. */
final class ValuePatterns {

  /** The only range the sandbox has cards in; its last four digits may be shown. */
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
    var found = new ArrayList<KnownValue>();
    if (text.indexOf('@') > 0) {
      var mails = MAIL.matcher(text);
      while (mails.find()) {
        found.add(
            KnownValue.of(
                Datum.CONTACT,
                KnownValue.Match.TOKEN,
                mails.group().toLowerCase(java.util.Locale.ROOT)));
      }
    }
    if (hasLongNumber(text)) {
      digits(text, found);
    }
    return found;
  }

  /** Amounts of money in a sentence. */
  static List<String> amounts(String sentence) {
    return MONEY
        .matcher(sentence)
        .results()
        .map(
            hit ->
                hit.group(1) != null
                    ? hit.group(1)
                    : hit.group(2) != null ? hit.group(2) : hit.group(3))
        .toList();
  }

  private static void digits(String text, List<KnownValue> found) {
    CARD.matcher(text)
        .results()
        .forEach(
            hit ->
                found.add(
                    KnownValue.of(Datum.ACCOUNT, KnownValue.Match.TOKEN, plain(hit.group()))));
    MOBILE
        .matcher(text)
        .results()
        .forEach(
            hit ->
                found.add(
                    KnownValue.of(
                        Datum.CONTACT, KnownValue.Match.TOKEN, last(plain(hit.group()), 11))));
    RESIDENT_ID
        .matcher(text)
        .results()
        .filter(hit -> isResidentId(hit.group()))
        .forEach(
            hit -> found.add(KnownValue.of(Datum.DOCUMENT, KnownValue.Match.TOKEN, hit.group())));
  }

  /** GB 11643: the last place checks the others, so that no other number is taken for one. */
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
   * At least eleven digits in a row, spaces and hyphens between them: everything looked for has as
   * many. Signatures have digits, too, but no such row.
   */
  private static boolean hasLongNumber(String text) {
    int row = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        row++;
        if (row >= 11) {
          return true;
        }
      } else if (c != ' ' && c != '-') {
        row = 0;
      }
    }
    return false;
  }
}
