package org.actsandbox.sandbox.journal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds card numbers in texts and leaves their last four digits. */
final class CardNumbers {

  /** The form of a card number; the check digit is tested separately. */
  private static final Pattern CARD =
      Pattern.compile("(?<![0-9A-Za-z.,])[2-6](?:[ -]?[0-9]){12,18}(?![0-9A-Za-z]|[.,][0-9])");

  /** Prefix of the sandbox's own card numbers, which need no check digit. */
  private static final String OWN_CARDS = "620000000000";

  private CardNumbers() {}

  static String mask(String text) {
    return CARD.matcher(text)
        .replaceAll(
            found -> {
              var digits = TextDigits.of(found.group());
              return isCard(digits)
                  ? "•••• " + digits.substring(digits.length() - 4)
                  : Matcher.quoteReplacement(found.group());
            });
  }

  private static boolean isCard(String digits) {
    return (digits.length() == 16 && digits.startsWith(OWN_CARDS)) || luhn(digits);
  }

  private static boolean luhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int doubled = i % 2 == 0 ? digit : digit * 2;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return sum % 10 == 0;
  }
}
