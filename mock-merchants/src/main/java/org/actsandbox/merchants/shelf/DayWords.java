package org.actsandbox.merchants.shelf;

import java.time.LocalDate;
import java.time.format.TextStyle;
import java.util.Locale;

/**
 * Words the day of an offer, {@code Sun 29 Nov}. It concatenates, because formatting would take a
 * large part of the time of a search.
 */
public final class DayWords {

  private DayWords() {}

  /**
   * Words a day.
   *
   * @param lang {@code zh} for Chinese, else English
   */
  public static String of(LocalDate day, String lang) {
    if (lang.equals("zh")) {
      return day.getMonthValue()
          + "月"
          + day.getDayOfMonth()
          + "日 "
          + "周"
          + "一二三四五六日".charAt(day.getDayOfWeek().getValue() - 1);
    }
    return day.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH)
        + " "
        + day.getDayOfMonth()
        + " "
        + day.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
  }
}
