package org.actsandbox.web.console.words;

import java.time.LocalDate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the days and amounts of a service's sentence as the console does. Services write {@code
 * Sun 2026-11-29} and {@code 7.00 CNY}, which is exact in every language.
 */
final class SentenceFormats {

  private static final Pattern AMOUNT = Pattern.compile("\\b(\\d+(?:\\.\\d{1,2})?) ([A-Z]{3})\\b");

  /** A day with its day of the week, which stands before it in English and after it in Chinese. */
  private static final Pattern DAY =
      Pattern.compile(
          "(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?\\b(\\d{4})-(0[1-9]|1[0-2])-([0-2]\\d|3[01])\\b"
              + "(?:（周[一二三四五六日]）)?");

  private SentenceFormats() {}

  static String apply(PageText pageText, String sentence) {
    var amounts =
        AMOUNT
            .matcher(sentence)
            .replaceAll(
                found -> Matcher.quoteReplacement(pageText.amount(found.group(1), found.group(2))));
    return DAY.matcher(amounts).replaceAll(found -> day(pageText, found));
  }

  private static String day(PageText pageText, MatchResult found) {
    int day = Integer.parseInt(found.group(3));
    var first = LocalDate.of(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)), 1);
    return day >= 1 && day <= first.lengthOfMonth()
        ? pageText.day(first.withDayOfMonth(day))
        : found.group();
  }
}
