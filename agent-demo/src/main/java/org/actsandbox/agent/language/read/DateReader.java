package org.actsandbox.agent.language.read;

import com.ibm.icu.util.Calendar;
import com.ibm.icu.util.ChineseCalendar;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.regex.Matcher;
import org.actsandbox.agent.language.Clarification.Reason;
import org.actsandbox.agent.language.read.Meaning.Bound;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.InvalidDay;
import org.actsandbox.agent.language.text.Numerals;
import org.jspecify.annotations.Nullable;

/** Gives the days of the rules of {@code dates.txt}: dates and feasts. */
final class DateReader {

  /**
   * A day without a year that has passed belongs to the next year only if that is within half a
   * year.
   */
  private static final int HALF_A_YEAR_DAYS = 184;

  private static final int SOON_DAYS = 60;

  private static final int DAYS_OF_A_LONG_YEAR = 385;

  private static final TimeZone BEIJING = TimeZone.getTimeZone("Asia/Shanghai");

  private final LocalDate today;
  private final boolean monthFirst;

  /**
   * @param monthFirst whether the month of 3/12 comes first for certain
   */
  DateReader(LocalDate today, boolean monthFirst) {
    this.today = today;
    this.monthFirst = monthFirst;
  }

  @Nullable Meaning date(String monthAndDay, Matcher match) {
    return monthAndDay.isEmpty()
        ? date(number(match, "m"), number(match, "d"), match)
        : inYear(
            null, parse(monthAndDay).getMonthValue(), parse(monthAndDay).getDayOfMonth(), match);
  }

  private @Nullable Meaning date(int month, int day, Matcher match) {
    return month < 0 || day < 0 ? null : inYear(year(match), month, day, match);
  }

  private Meaning inYear(@Nullable Integer year, int month, int day, Matcher match) {
    if (year != null) {
      return validDay(year, month, day, match);
    }
    var thisYear = validDay(today.getYear(), month, day, match);
    var nextYear = validDay(today.getYear() + 1, month, day, match);
    return !(thisYear instanceof Day) && isWithin(HALF_A_YEAR_DAYS, nextYear) ? nextYear : thisYear;
  }

  @Nullable Meaning range(Matcher match) {
    int first = number(match, "d");
    int last = number(match, "last");
    var start = last > first ? date(number(match, "m"), first, match) : null;
    if (!(start instanceof Day from)) {
      return start;
    }
    var end = validDay(from.first().getYear(), from.first().getMonthValue(), last, match);
    return end instanceof Day to ? new Day(from.first(), to.first(), Bound.ON) : end;
  }

  /** Reads a day of the month: the 31st means the next month that has one. */
  @Nullable Meaning ofMonth(String which, Matcher match) {
    int day = number(match, "d");
    if (day < 1 || day > 31) {
      return day > 31 && day < 100 ? new InvalidDay(Reason.IMPOSSIBLE, match.group()) : null;
    }
    var month = YearMonth.from(today);
    if (!which.equals("next")) {
      var stated = month.plusMonths(Integer.parseInt(which));
      return validDay(stated.getYear(), stated.getMonthValue(), day, match);
    }
    while (!month.isValidDay(day) || month.atDay(day).isBefore(today)) {
      month = month.plusMonths(1);
    }
    return Day.on(month.atDay(day));
  }

  /** Reads the first, second, third or fourth week of a month. */
  @Nullable Meaning weekOfMonth(Matcher match) {
    int first = 7 * (number(match, "d") - 1) + 1;
    var start = date(number(match, "m"), first, match);
    return start instanceof Day day
        ? new Day(day.first(), day.first().plusDays(6), Bound.ON)
        : start;
  }

  /** Reads the weekend of a date; that of a weekday is the one after it. */
  @Nullable Meaning weekendOf(String which, Matcher match) {
    var date = which.equals("of next") ? ofMonth("next", match) : date("", match);
    if (!(date instanceof Day day)) {
      return date;
    }
    var saturday =
        day.first().getDayOfWeek() == DayOfWeek.SUNDAY
            ? day.first().minusDays(1)
            : day.first().with(TemporalAdjusters.nextOrSame(DayOfWeek.SATURDAY));
    return new Day(saturday, saturday.plusDays(1), Bound.ON);
  }

  /**
   * Reads day before month, unless only the other order makes a day; if both are possible, the one
   * that is soon counts, because merchants sell it, or else the day is ambiguous.
   */
  @Nullable Meaning slashed(Matcher match) {
    int one = number(match, "m");
    int other = number(match, "d");
    var monthBefore = date(one, other, match);
    if (monthFirst || (other > 12 && one <= 12)) {
      return monthBefore;
    }
    var dayBefore = date(other, one, match);
    if (one > 12 || other > 12 || one == other) {
      return dayBefore;
    }
    boolean isSoon = isWithin(SOON_DAYS, monthBefore);
    if (isSoon == isWithin(SOON_DAYS, dayBefore)) {
      return new InvalidDay(Reason.AMBIGUOUS, match.group());
    }
    return isSoon ? monthBefore : dayBefore;
  }

  /** Reads a feast that is always the next one. */
  Meaning feast(String monthAndDay) {
    var day = parse(monthAndDay).atYear(today.getYear());
    return Day.on(day.isBefore(today) ? day.plusYears(1) : day);
  }

  /** Reads a feast that moves from year to year, as so many days after a listed day. */
  Meaning moving(String listedAndLater, Matcher match) {
    var words = listedAndLater.split(" ", -1);
    return DayReader.RULES.part(words[0]).stream()
        .map(day -> LocalDate.parse(day).plusDays(Integer.parseInt(words[1])))
        .filter(day -> !day.isBefore(today))
        .findFirst()
        .<Meaning>map(Day::on)
        .orElseGet(() -> new InvalidDay(Reason.AMBIGUOUS, match.group()));
  }

  /** Reads a day of a month of the Chinese calendar; a day alone is that of any month. */
  @Nullable Meaning lunar(String month, Matcher match) {
    var words = match.group("d").replace("初", "").replace("廿", "二十");
    int day = Numerals.whole(words).orElse(0);
    if (month.equals("1")) {
      return moving("spring " + (day - 1), match);
    }
    return today
        .datesUntil(today.plusDays(DAYS_OF_A_LONG_YEAR))
        .filter(each -> isLunar(month, day, each))
        .findFirst()
        .map(Day::on)
        .orElse(null);
  }

  private static boolean isLunar(String month, int number, LocalDate day) {
    var calendar = new ChineseCalendar(BEIJING, ULocale.CHINA);
    calendar.setTimeInMillis(
        day.atTime(LocalTime.NOON).toInstant(ZoneOffset.ofHours(8)).toEpochMilli());
    return calendar.get(Calendar.DAY_OF_MONTH) == number
        && (month.equals("any")
            || (calendar.get(Calendar.MONTH) == Integer.parseInt(month) - 1
                && calendar.get(Calendar.IS_LEAP_MONTH) == 0));
  }

  Meaning monthEnd(String months) {
    return Day.on(YearMonth.from(today).plusMonths(Integer.parseInt(months)).atEndOfMonth());
  }

  Meaning notPast(LocalDate day, Matcher match) {
    return day.isBefore(today) ? new InvalidDay(Reason.PAST, match.group()) : Day.on(day);
  }

  private Meaning validDay(int year, int month, int day, Matcher match) {
    try {
      return notPast(LocalDate.of(year, month, day), match);
    } catch (DateTimeException noSuchDay) {
      return new InvalidDay(Reason.IMPOSSIBLE, match.group());
    }
  }

  private boolean isWithin(int days, @Nullable Meaning meaning) {
    return meaning instanceof Day day && ChronoUnit.DAYS.between(today, day.first()) <= days;
  }

  private @Nullable Integer year(Matcher match) {
    var words = match.namedGroups().containsKey("y") ? match.group("y") : null;
    if (words == null) {
      return null;
    }
    return switch (words) {
      case "今年" -> Integer.valueOf(today.getYear());
      case "明年" -> Integer.valueOf(today.getYear() + 1);
      default -> Numerals.whole(words.replace("年", "")).orElse(null);
    };
  }

  /** Returns the number, the month or the ordinal of a group; -1 if its words make no number. */
  private static int number(Matcher match, String group) {
    var words = match.group(group);
    int ordinal = DayReader.RULES.part("ordinal").indexOf(words) + 1;
    if (ordinal > 0) {
      return ordinal;
    }
    int month =
        words.length() < 3
            ? -1
            : "janfebmaraprmayjunjulaugsepoctnovdec".indexOf(words.substring(0, 3));
    return month >= 0
        ? month / 3 + 1
        : Numerals.whole(words.replaceFirst("(?<=\\d)(?:st|nd|rd|th)$", "")).orElse(-1);
  }

  private static MonthDay parse(String monthAndDay) {
    var parts = monthAndDay.split("-", -1);
    return MonthDay.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }
}
