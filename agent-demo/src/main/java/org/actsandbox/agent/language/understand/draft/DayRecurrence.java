package org.actsandbox.agent.language.understand.draft;

import java.time.Period;
import org.jspecify.annotations.Nullable;

/** Says how a day that is told by name comes again. */
final class DayRecurrence {

  private DayRecurrence() {}

  /**
   * Returns a week for weekdays, a month for days of the month, and null for days that come once.
   */
  static @Nullable Period of(String words) {
    if (words.matches("(?:周|星期|礼拜).|(?:on )?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*")) {
      return Period.ofWeeks(1);
    }
    return words.matches("\\D{0,7}\\d{1,2}(?:st|nd|rd|th|号|日)") ? Period.ofMonths(1) : null;
  }
}
