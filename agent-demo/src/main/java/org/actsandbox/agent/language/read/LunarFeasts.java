package org.actsandbox.agent.language.read;

import com.ibm.icu.util.Calendar;
import com.ibm.icu.util.ChineseCalendar;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.text.Numerals;
import org.jspecify.annotations.Nullable;

/**
 * Knows the feasts of the Chinese calendar; they move from year to year, so they stand in a table.
 */
final class LunarFeasts {

  static final Pattern NAMES =
      Pattern.compile(
          "\\b(?:the )?(chinese new year'?s eve|lunar new year'?s eve|chinese new year|lunar new year|spring festival"
              + "|lantern festival|dragon boat festival|mid-?autumn(?: festival)?|moon festival|tomb[- ]sweeping day|qingming(?: festival)?)\\b"
              + "|(除夕|年三十|大年三十|春节|元宵节?|端午节?|中秋节?|清明节?(?!上河))"
              + "|(?:农历|阴历)?(?:(?:正|冬|腊)月(?:初[一二三四五六七八九十]|(?:[二廿]十?|十)?[一二三四五六七八九]|[二三]?十)(?![天晚])|(?:大?年)?初[一二三四五六七八九十](?![中级年班学期]))");

  /** A day of a month of the calendar; 初八 alone is that of any month. */
  private static final Pattern COUNTED =
      Pattern.compile("(?:农历|阴历)?(?<month>正月|冬月|腊月|大?年(?=初))?(?<day>初?[一二三四五六七八九十廿]+)");

  private static final TimeZone BEIJING = TimeZone.getTimeZone("Asia/Shanghai");

  private static final int DAYS_OF_A_LONG_YEAR = 385;

  /**
   * The days of the feasts in one year.
   *
   * @param spring first day of the first month
   * @param boat fifth day of the fifth month
   * @param moon fifteenth day of the eighth month
   * @param tombs the day on which the sun stands at 15 degrees
   */
  private record Year(LocalDate spring, LocalDate boat, LocalDate moon, LocalDate tombs) {

    static Year of(int year, int spring, int boat, int moon, int tombs) {
      return new Year(day(year, spring), day(year, boat), day(year, moon), day(year, tombs));
    }

    private static LocalDate day(int year, int monthAndDay) {
      return LocalDate.of(year, Month.of(monthAndDay / 100), monthAndDay % 100);
    }
  }

  private static final List<Year> YEARS =
      List.of(
          Year.of(2025, 129, 531, 1006, 404),
          Year.of(2026, 217, 619, 925, 405),
          Year.of(2027, 206, 609, 915, 405),
          Year.of(2028, 126, 528, 1003, 404),
          Year.of(2029, 213, 616, 922, 404),
          Year.of(2030, 203, 605, 912, 405),
          Year.of(2031, 123, 624, 1001, 405),
          Year.of(2032, 211, 612, 919, 404),
          Year.of(2033, 131, 601, 908, 404),
          Year.of(2034, 219, 620, 927, 405),
          Year.of(2035, 208, 610, 916, 405));

  private LunarFeasts() {}

  /** Returns the next day of the feast from {@code today} on; empty beyond the table. */
  static Optional<LocalDate> next(String name, LocalDate today) {
    var counted = COUNTED.matcher(name);
    if (counted.matches()) {
      return Numerals.whole(counted.group("day").replace("初", "").replace("廿", "二十"))
          .flatMap(day -> next(month(counted.group("month")), day, today));
    }
    var feast = feast(name.replaceFirst("^the ", "").replace("'", ""));
    return YEARS.stream().map(feast).filter(day -> !day.isBefore(today)).findFirst();
  }

  private static @Nullable Integer month(@Nullable String name) {
    return switch (name) {
      case null -> null;
      case "冬月" -> 11;
      case "腊月" -> 12;
      default -> 1;
    };
  }

  /** Returns the next such day; days of the first month are counted from the table. */
  private static Optional<LocalDate> next(@Nullable Integer month, int number, LocalDate today) {
    return month != null && month == 1
        ? YEARS.stream()
            .map(year -> year.spring().plusDays(number - 1L))
            .filter(day -> !day.isBefore(today))
            .findFirst()
        : today
            .datesUntil(today.plusDays(DAYS_OF_A_LONG_YEAR))
            .filter(day -> isOn(month, number, day))
            .findFirst();
  }

  private static boolean isOn(@Nullable Integer month, int number, LocalDate day) {
    var calendar = new ChineseCalendar(BEIJING, ULocale.CHINA);
    calendar.setTimeInMillis(
        day.atTime(LocalTime.NOON).toInstant(ZoneOffset.ofHours(8)).toEpochMilli());
    return calendar.get(Calendar.DAY_OF_MONTH) == number
        && (month == null
            || (calendar.get(Calendar.MONTH) == month - 1
                && calendar.get(Calendar.IS_LEAP_MONTH) == 0));
  }

  private static Function<Year, LocalDate> feast(String name) {
    return switch (name) {
      case "chinese new years eve", "lunar new years eve", "除夕", "年三十", "大年三十" ->
          year -> year.spring().minusDays(1);
      case "lantern festival", "元宵", "元宵节" -> year -> year.spring().plusDays(14);
      case "dragon boat festival", "端午", "端午节" -> Year::boat;
      case "tomb sweeping day", "tomb-sweeping day", "qingming", "qingming festival", "清明", "清明节" ->
          Year::tombs;
      case "chinese new year", "lunar new year", "spring festival", "春节" -> Year::spring;
      default -> Year::moon;
    };
  }
}
