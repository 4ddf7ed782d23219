package org.actsandbox.agent.language.read;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.Clarification;
import org.actsandbox.agent.language.read.Meaning.Bound;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.text.Numerals;
import org.jspecify.annotations.Nullable;

/** Finds days that are named by their date or by a feast. */
final class DateReader {

  /**
   * A day without a year that has passed belongs to the next year only if that is within half a
   * year.
   */
  private static final int HALF_A_YEAR_DAYS = 184;

  private static final int SOON_DAYS = 60;

  private static final String N = "(" + Numerals.NUMBER + ")";
  private static final String MONTH =
      "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
          + "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
  private static final String ORDINAL = "(\\d{1,2})(?:st|nd|rd|th)?";

  private static final Pattern ISO =
      Pattern.compile("(?<!\\d)(20\\d{2})[-/.年](\\d{1,2})[-/.月](\\d{1,2})(?:日|号)?(?!\\d)");
  private static final Pattern CHINESE =
      Pattern.compile(
          "(?:(明年|今年|(?:20\\d{2}|二[零〇][二三][零〇一二三四五六七八九])年))?" + N + "月份?" + N + "[日号]?(?!天)");
  private static final Pattern CHINESE_RANGE =
      Pattern.compile(N + "月" + N + "[日号]?[到至~-]" + N + "[日号]");
  private static final Pattern CHINESE_DAY =
      Pattern.compile("(?:(下个?月|这个?月|本月)|(?<![\\d月]))" + N + "[号日](?![线楼店房游]|干?电池)");
  private static final Pattern ENGLISH_RANGE =
      Pattern.compile("\\b" + MONTH + " " + ORDINAL + " ?(?:-|to|until|~) ?" + ORDINAL + "(?!\\d)");
  private static final Pattern ENGLISH_RANGE_DAYS_FIRST =
      Pattern.compile(
          "\\b" + ORDINAL + " ?(?:-|to|until|~) ?" + ORDINAL + " (?:of )?" + MONTH + "\\b");
  private static final Pattern MONTH_FIRST =
      Pattern.compile("\\b" + MONTH + " (?:the )?" + ORDINAL + "(?!\\d|:\\d)(?:,? (20\\d{2}))?");
  private static final Pattern DAY_FIRST =
      Pattern.compile(
          "\\b(?:the )?" + ORDINAL + "(?: of)? ?" + MONTH + "(?![a-z])(?:,? (20\\d{2}))?");
  private static final String ORDINAL_WORDS =
      "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth"
          + "|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth";
  private static final Pattern WORDED =
      Pattern.compile(
          "\\b(?:the )?("
              + ORDINAL_WORDS
              + ") of "
              + MONTH
              + "|\\b"
              + MONTH
              + " (?:the )?("
              + ORDINAL_WORDS
              + ")\\b");
  private static final String ANY_ORDINAL = "(" + ORDINAL_WORDS + "|\\d{1,2}(?:st|nd|rd|th)?)";

  /** "The fourth and fifth of December", "the 4th to the 6th of December", "Dec 4 and 5". */
  private static final Pattern WORDED_RANGE =
      Pattern.compile(
          "\\b(?:the )?"
              + ANY_ORDINAL
              + ",? ?(?:and|&|to|until|till|through|-) (?:the )?"
              + ANY_ORDINAL
              + " (?:of )?"
              + MONTH
              + "\\b|\\b"
              + MONTH
              + " (?:the )?"
              + ANY_ORDINAL
              + ",? ?(?:and|&|to|until|till|through|-) (?:the )?"
              + ANY_ORDINAL
              + "(?![\\d:a-z])(?! ?(?:am|pm|o'clock|people|nights?|rooms?|tickets?|yuan)\\b)");

  private static final Pattern SLASHED =
      Pattern.compile("(?<![\\d/])(\\d{1,2})/(\\d{1,2})(?:/(20\\d{2}))?(?![\\d/])");
  private static final Pattern THE_ORDINAL =
      Pattern.compile(
          "\\b(?:the|on) (\\d{1,2})(?:st|nd|rd|th)\\b(?: of (next|this) month)?(?! (?:class|one|option|offer))");
  private static final Pattern MONTH_END =
      Pattern.compile(
          "(?:\\b(?:at )?(?:the )?end of (?:the|this|(next)) month\\b|\\blast day of (?:the|this) month|(下个?月)?月底|(下个?月)末)");

  /** A part of a month is no day yet: 下个月中旬, "mid December". */
  private static final Pattern PART_OF_MONTH =
      Pattern.compile(
          "\\b(?:in )?(?:(?:the )?(?:beginning|middle|start) of|early|mid|late)[- ]?(?:in )?(?:(?:next|this|the) month|"
              + MONTH
              + ")(?! ?\\d)\\b|(?:(?:下个?|这个?|本)月|"
              + N
              + "月)(?:份)?的?(?:[上中下]旬|初|中(?!午))");

  private static final Pattern FEAST =
      Pattern.compile(
          "\\b(new year'?s eve|new year'?s day|christmas eve|christmas(?: day)?|national day|labou?r day)\\b"
              + "|(元旦|双十[一二]|双1[12]|平安夜|圣诞(?:夜|前[夜夕]|节前[夜夕])|圣诞节?|国庆节?|劳动节|(?<![周期拜])五一(?!广场)|跨年夜?|年底|年末)");

  private final DaySpans days;
  private final LocalDate today;

  DateReader(DaySpans days) {
    this.days = days;
    this.today = days.today();
  }

  void read() {
    days.claimDays(
        ISO,
        m -> days.validDay(DaySpans.number(m, 1), DaySpans.number(m, 2), DaySpans.number(m, 3), m));
    days.claimDays(
        CHINESE_RANGE,
        m -> range(DaySpans.number(m, 1), DaySpans.number(m, 2), DaySpans.number(m, 3), m));
    days.claimDays(
        CHINESE,
        m -> dayWithoutYear(year(m.group(1)), DaySpans.number(m, 2), DaySpans.number(m, 3), m));
    days.claimDays(CHINESE_DAY, m -> dayOfMonth(monthsLater(m.group(1)), DaySpans.number(m, 2), m));
    days.claimDays(
        ENGLISH_RANGE,
        m -> range(month(m.group(1)), DaySpans.number(m, 2), DaySpans.number(m, 3), m));
    days.claimDays(
        ENGLISH_RANGE_DAYS_FIRST,
        m -> range(month(m.group(3)), DaySpans.number(m, 1), DaySpans.number(m, 2), m));
    days.claimDays(WORDED_RANGE, this::wordedRange);
    days.claimDays(
        MONTH_FIRST,
        m -> dayWithoutYear(year(m.group(3)), month(m.group(1)), DaySpans.number(m, 2), m));
    days.claimDays(
        DAY_FIRST,
        m -> dayWithoutYear(year(m.group(3)), month(m.group(2)), DaySpans.number(m, 1), m));
    days.claimDays(WORDED, this::worded);
    days.claimDays(SLASHED, this::slashed);
    days.claimDays(
        THE_ORDINAL, m -> dayOfMonth("next".equals(m.group(2)) ? 1 : 0, DaySpans.number(m, 1), m));
    days.claimDays(MONTH_END, this::monthEnd);
    days.claimDays(
        PART_OF_MONTH,
        m -> new Meaning.InvalidDay(Clarification.Reason.AMBIGUOUS, m.group().strip()));
    days.claimDays(LunarFeasts.NAMES, this::lunarFeast);
    days.claimDays(FEAST, this::feast);
  }

  private @Nullable Integer year(@Nullable String words) {
    if (words == null) {
      return null;
    }
    return switch (words) {
      case "今年" -> Integer.valueOf(today.getYear());
      case "明年" -> Integer.valueOf(today.getYear() + 1);
      default -> Numerals.whole(words.replace("年", "")).orElse(null);
    };
  }

  private @Nullable Meaning worded(Matcher match) {
    boolean dayFirst = match.group(1) != null;
    return dayWithoutYear(
        null, month(match.group(dayFirst ? 2 : 3)), ordinal(match.group(dayFirst ? 1 : 4)), match);
  }

  private @Nullable Meaning wordedRange(Matcher match) {
    boolean dayFirst = match.group(1) != null;
    return range(
        month(match.group(dayFirst ? 3 : 4)),
        ordinal(match.group(dayFirst ? 1 : 5)),
        ordinal(match.group(dayFirst ? 2 : 6)),
        match);
  }

  private static int ordinal(String word) {
    return Character.isDigit(word.charAt(0))
        ? Integer.parseInt(word.replaceAll("\\D", ""))
        : List.of(ORDINAL_WORDS.split("\\|", -1)).indexOf(word) + 1;
  }

  private static int month(String name) {
    return "janfebmaraprmayjunjulaugsepoctnovdec".indexOf(name.substring(0, 3)) / 3 + 1;
  }

  private static int monthsLater(@Nullable String words) {
    return words != null && words.startsWith("下") ? 1 : 0;
  }

  private @Nullable Meaning dayWithoutYear(
      @Nullable Integer year, int month, int day, Matcher match) {
    if (month < 0 || day < 0) {
      return null;
    }
    if (year != null) {
      return days.validDay(year, month, day, match);
    }
    var thisYear = days.validDay(today.getYear(), month, day, match);
    if (thisYear instanceof Day) {
      return thisYear;
    }
    var nextYear = days.validDay(today.getYear() + 1, month, day, match);
    boolean soon =
        nextYear instanceof Day next
            && ChronoUnit.DAYS.between(today, next.first()) <= HALF_A_YEAR_DAYS;
    return soon ? nextYear : thisYear;
  }

  private @Nullable Meaning range(int month, int first, int last, Matcher match) {
    var start = dayWithoutYear(null, month, first, match);
    if (start instanceof Day day && last > first) {
      var end = days.validDay(day.first().getYear(), month, last, match);
      return end instanceof Day to ? new Day(day.first(), to.first(), Bound.ON) : end;
    }
    return last > first ? start : null;
  }

  /** Reads a day of the month: the 31st means the next month that has one. */
  private @Nullable Meaning dayOfMonth(int later, int day, Matcher match) {
    if (day < 1 || day > 31) {
      return day > 31 && day < 100
          ? new Meaning.InvalidDay(Clarification.Reason.IMPOSSIBLE, match.group().strip())
          : null;
    }
    var month = YearMonth.from(today).plusMonths(later);
    if (later > 0 || (match.pattern() == CHINESE_DAY && match.group(1) != null)) {
      return days.validDay(month.getYear(), month.getMonthValue(), day, match);
    }
    while (!month.isValidDay(day) || month.atDay(day).isBefore(today)) {
      month = month.plusMonths(1);
    }
    return Day.on(month.atDay(day));
  }

  /**
   * Reads day before month, unless only the other order makes a day; if both are possible, the day
   * is ambiguous.
   */
  private Meaning slashed(Matcher match) {
    int a = DaySpans.number(match, 1);
    int b = DaySpans.number(match, 2);
    var year = year(match.group(3));
    if (days.sentence().isChinese() || (b > 12 && a <= 12)) {
      var day = dayWithoutYear(year, a, b, match);
      return day == null
          ? new Meaning.InvalidDay(Clarification.Reason.IMPOSSIBLE, match.group())
          : day;
    }
    if (a <= 12 && b <= 12 && a != b) {
      var monthFirst = dayWithoutYear(year, a, b, match);
      var dayFirst = dayWithoutYear(year, b, a, match);
      if (monthFirst != null && isSoon(monthFirst) && !isSoon(dayFirst)) {
        return monthFirst;
      }
      if (dayFirst != null && isSoon(dayFirst) && !isSoon(monthFirst)) {
        return dayFirst;
      }
      return new Meaning.InvalidDay(Clarification.Reason.AMBIGUOUS, match.group());
    }
    var day = dayWithoutYear(year, b, a, match);
    return day == null
        ? new Meaning.InvalidDay(Clarification.Reason.IMPOSSIBLE, match.group())
        : day;
  }

  /** Returns whether the day is so near that merchants sell it; the other reading rarely is. */
  private boolean isSoon(@Nullable Meaning meaning) {
    return meaning instanceof Day day
        && !day.first().isBefore(today)
        && ChronoUnit.DAYS.between(today, day.first()) <= SOON_DAYS;
  }

  private Meaning monthEnd(Matcher match) {
    boolean next = match.group(1) != null || match.group(2) != null || match.group(3) != null;
    return Day.on(YearMonth.from(today).plusMonths(next ? 1 : 0).atEndOfMonth());
  }

  private @Nullable Meaning feast(Matcher match) {
    var name = match.group().replace("'", "");
    return switch (name) {
      case "new years eve", "跨年", "跨年夜", "年底", "年末" -> dayWithoutYear(null, 12, 31, match);
      case "new years day", "元旦" -> dayWithoutYear(null, 1, 1, match);
      case "双十一", "双11" -> dayWithoutYear(null, 11, 11, match);
      case "双十二", "双12" -> dayWithoutYear(null, 12, 12, match);
      case "christmas eve", "平安夜", "圣诞夜", "圣诞前夜", "圣诞前夕", "圣诞节前夜", "圣诞节前夕" ->
          dayWithoutYear(null, 12, 24, match);
      case "christmas", "christmas day", "圣诞", "圣诞节" -> dayWithoutYear(null, 12, 25, match);
      case "national day", "国庆", "国庆节" -> feastOnFirst(10, match);
      default -> feastOnFirst(5, match);
    };
  }

  private Meaning lunarFeast(Matcher match) {
    return LunarFeasts.next(match.group(), today)
        .<Meaning>map(Day::on)
        .orElseGet(() -> new Meaning.InvalidDay(Clarification.Reason.AMBIGUOUS, match.group()));
  }

  private Meaning feastOnFirst(int month, Matcher match) {
    var day = LocalDate.of(today.getYear(), month, 1);
    return days.notPast(day.isBefore(today) ? day.plusYears(1) : day, match);
  }
}
