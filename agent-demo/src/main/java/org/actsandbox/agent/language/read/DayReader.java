package org.actsandbox.agent.language.read;

import static java.time.temporal.TemporalAdjusters.nextOrSame;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.Gap;
import org.actsandbox.agent.language.read.Meaning.BadDay;
import org.actsandbox.agent.language.read.Meaning.Bound;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.DayShift;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.text.Sentence;
import org.jspecify.annotations.Nullable;

/** Finds days, relative and absolute. Weeks begin on Monday, as everywhere in China. */
final class DayReader {

  /** A day without a year that has just passed is next year's only within half a year. */
  private static final int HALF_A_YEAR_DAYS = 184;

  private static final String N = "(" + Numerals.NUMBER + ")";
  private static final String MONTH =
      "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
          + "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?";
  private static final String ORDINAL = "(\\d{1,2})(?:st|nd|rd|th)?";
  private static final String WEEKDAY =
      "(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?"
          + "|sun(?:day)?)\\b";
  private static final String XINGQI = "(?:周|星期|礼拜)([一二三四五六日天1-7])(?![\\d月个])";

  private static final Pattern ISO =
      Pattern.compile("(?<!\\d)(20\\d{2})[-/.年](\\d{1,2})[-/.月](\\d{1,2})(?:日|号)?(?!\\d)");
  private static final Pattern CHINESE =
      Pattern.compile(
          "(?:(明年|今年|(?:20\\d{2}|二[零〇][二三][零〇一二三四五六七八九])年))?" + N + "月份?" + N + "[日号]?(?!天)");
  private static final Pattern CHINESE_RANGE =
      Pattern.compile(N + "月" + N + "[日号]?[到至~-]" + N + "[日号]");
  private static final Pattern CHINESE_DAY =
      Pattern.compile("(?:(下个?月|这个?月|本月)|(?<![\\d月]))" + N + "[号日](?![线楼店房])");
  private static final Pattern ENGLISH_RANGE =
      Pattern.compile("\\b" + MONTH + " " + ORDINAL + " ?(?:-|to|until|~) ?" + ORDINAL + "(?!\\d)");
  private static final Pattern ENGLISH_RANGE_DAYS_FIRST =
      Pattern.compile(
          "\\b" + ORDINAL + " ?(?:-|to|until|~) ?" + ORDINAL + " (?:of )?" + MONTH + "\\b");
  private static final Pattern MONTH_FIRST =
      Pattern.compile("\\b" + MONTH + " (?:the )?" + ORDINAL + "(?![\\d:])(?:,? (20\\d{2}))?");
  private static final Pattern DAY_FIRST =
      Pattern.compile(
          "\\b(?:the )?" + ORDINAL + "(?: of)? ?" + MONTH + "(?![a-z])(?:,? (20\\d{2}))?");
  private static final Pattern SLASHED =
      Pattern.compile("(?<![\\d/])(\\d{1,2})/(\\d{1,2})(?:/(20\\d{2}))?(?![\\d/])");
  private static final Pattern THE_ORDINAL =
      Pattern.compile(
          "\\b(?:the|on) (\\d{1,2})(?:st|nd|rd|th)\\b(?: of (next|this) month)?(?! (?:class|one|option|offer))");
  private static final Pattern MONTH_END =
      Pattern.compile(
          "(?:\\b(?:at )?(?:the )?end of (?:the|this|(next)) month\\b|\\blast day of (?:the|this) month|(下个?月)?月底|(下个?月)末)");
  private static final Pattern FEAST =
      Pattern.compile(
          "\\b(new year'?s eve|new year'?s day|christmas eve|christmas(?: day)?|national day|labou?r day)\\b"
              + "|(元旦|平安夜|圣诞节?|国庆节?|劳动节|五一(?!广场)|跨年夜?|年底|年末)");
  private static final Pattern WEEKEND =
      Pattern.compile(
          "\\b(?:over |on |at )?(?:(this|next|the|a) )?weekend\\b|(这个?|本|(?<!一)下下个?|下个?)?周末");
  private static final Pattern WEEK_AFTER =
      Pattern.compile(
          "\\b(?:a|one) week (?:from|after) (today|now|tomorrow|"
              + WEEKDAY
              + ")|\\b"
              + WEEKDAY
              + " week\\b");
  private static final Pattern ENGLISH_WEEKDAY =
      Pattern.compile(
          "\\b(?:on )?(?:(this coming|this|next|coming|the coming|last) )?"
              + WEEKDAY
              + "(?: (after next|next week|of next week|this week))?");
  private static final Pattern CHINESE_WEEKDAY =
      Pattern.compile("(上个?|这个?|本|(?<!一)下下个?|下个?)?" + XINGQI);
  private static final Pattern WHOLE_WEEK =
      Pattern.compile("\\b(next|this) week\\b|(下下个?|下个?|这个?|本)(?:周|星期|礼拜)(?![一二三四五六日天末])");
  private static final Pattern WHOLE_MONTH =
      Pattern.compile("\\b(next|this) month\\b|(下个?|这个?|本)月(?!底|末|[\\d一二三四五六七八九十])");
  private static final Pattern IN_DAYS =
      Pattern.compile(
          "\\bin (?:about )?"
              + N
              + " (day|week)s?(?:' time)?\\b|\\b"
              + N
              + " (day|week)s? (?:from (?:now|today)|later|hence)\\b"
              + "|(?:过)?"
              + N
              + "(天|周|个?星期|个?礼拜)(?:之后|以后|后)|过"
              + N
              + "(天)");
  private static final Pattern A_WEEK = Pattern.compile("\\bin a (week|fortnight)\\b");
  private static final Pattern NEAR_DAY =
      Pattern.compile(
          "\\b(the day after tomorrow|day after tomorrow|overmorrow|the day before yesterday|yesterday|last night"
              + "|today|tonight|this(?= (?:early |late )?(?:morning|afternoon|evening))|now|right now|tomorrow|tmrw?|tomorow|tommorow|tommorrow|2morrow|tomorrow's)\\b"
              + "|(大后[天日]|后[天日]|明[天日儿]|明(?=[早晚上下中])|次日|今[天日儿]|今(?=[早晚上下中])|前[天日]|昨[天日晚]|现在|马上|立刻)");
  private static final Pattern SHIFT =
      Pattern.compile(
          "\\b(?:(the (?:next )?day after|the following day|the next day|(?:a|one) day later|(?:one|a) day after)"
              + "|(the day before|the previous day|(?:a|one) day (?:earlier|before)))\\b(?! tomorrow| yesterday)"
              + "|(第二天|后一天|晚一天|推迟一天|延后一天|再晚一天|往后一天|改后一天|隔天)|(前一天|早一天|提前一天|往前一天)"
              + "|\\b"
              + N
              + " days later\\b");

  private final Sentence sentence;
  private final LocalDate today;
  private final List<Mark> marks = new ArrayList<>();

  private DayReader(Sentence sentence, LocalDate today) {
    this.sentence = sentence;
    this.today = today;
  }

  static List<Mark> read(Sentence sentence, LocalDate today, boolean continuing) {
    var reader = new DayReader(sentence, today);
    reader.absolute();
    reader.relative(continuing);
    return DayRanges.join(sentence.plain(), reader.marks);
  }

  private void absolute() {
    on(ISO, m -> exact(number(m, 1), number(m, 2), number(m, 3), m));
    on(CHINESE_RANGE, m -> range(number(m, 1), number(m, 2), number(m, 3), m));
    on(CHINESE, m -> yearless(year(m.group(1)), number(m, 2), number(m, 3), m));
    on(CHINESE_DAY, m -> dayOfMonth(months(m.group(1)), number(m, 2), m));
    on(ENGLISH_RANGE, m -> range(month(m.group(1)), number(m, 2), number(m, 3), m));
    on(ENGLISH_RANGE_DAYS_FIRST, m -> range(month(m.group(3)), number(m, 1), number(m, 2), m));
    on(MONTH_FIRST, m -> yearless(year(m.group(3)), month(m.group(1)), number(m, 2), m));
    on(DAY_FIRST, m -> yearless(year(m.group(3)), month(m.group(2)), number(m, 1), m));
    on(SLASHED, this::slashed);
    on(THE_ORDINAL, m -> dayOfMonth("next".equals(m.group(2)) ? 1 : 0, number(m, 1), m));
    on(MONTH_END, this::monthEnd);
    on(LunarFeasts.NAMES, this::lunarFeast);
    on(FEAST, this::feast);
  }

  private void relative(boolean continuing) {
    on(IN_DAYS, this::inDays);
    on(A_WEEK, m -> Day.on(today.plusDays(m.group(1).equals("week") ? 7 : 14)));
    on(NEAR_DAY, this::nearDay);
    on(WEEKEND, this::weekend);
    on(WEEK_AFTER, this::weekAfter);
    on(ENGLISH_WEEKDAY, this::englishWeekday);
    on(CHINESE_WEEKDAY, this::chineseWeekday);
    on(WHOLE_WEEK, this::wholeWeek);
    on(WHOLE_MONTH, m -> new BadDay(Gap.Reason.AMBIGUOUS, m.group()));
    if (continuing) {
      on(SHIFT, this::shift);
    }
  }

  private interface Rule {
    @Nullable Meaning read(Matcher match);
  }

  private void on(Pattern pattern, Rule rule) {
    sentence.read(
        pattern,
        match -> {
          var meaning = rule.read(match);
          if (meaning == null) {
            return false;
          }
          marks.add(new Mark(match.start(), match.end(), bounded(meaning, match)));
          return true;
        });
  }

  private Meaning bounded(Meaning meaning, Matcher match) {
    if (!(meaning instanceof Day day)) {
      return meaning;
    }
    var text = sentence.plain();
    var before = text.substring(Math.max(0, match.start() - 24), match.start());
    var after = text.substring(match.end(), Math.min(text.length(), match.end() + 8));
    return new Day(day.first(), day.last(), DayRanges.bound(before, after));
  }

  private static int number(Matcher match, int group) {
    return Numerals.whole(match.group(group)).orElse(-1);
  }

  private static int month(String name) {
    return "janfebmaraprmayjunjulaugsepoctnovdec".indexOf(name.substring(0, 3)) / 3 + 1;
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

  private static int months(@Nullable String words) {
    return words != null && words.startsWith("下") ? 1 : 0;
  }

  private Meaning exact(int year, int month, int day, Matcher match) {
    try {
      return notPast(LocalDate.of(year, month, day), match);
    } catch (DateTimeException noSuchDay) {
      return new BadDay(Gap.Reason.IMPOSSIBLE, match.group().strip());
    }
  }

  private Meaning notPast(LocalDate day, Matcher match) {
    return day.isBefore(today) ? new BadDay(Gap.Reason.PAST, match.group().strip()) : Day.on(day);
  }

  private @Nullable Meaning yearless(@Nullable Integer year, int month, int day, Matcher match) {
    if (month < 0 || day < 0) {
      return null;
    }
    if (year != null) {
      return exact(year, month, day, match);
    }
    var thisYear = exact(today.getYear(), month, day, match);
    if (thisYear instanceof Day) {
      return thisYear;
    }
    var nextYear = exact(today.getYear() + 1, month, day, match);
    boolean soon =
        nextYear instanceof Day next
            && ChronoUnit.DAYS.between(today, next.first()) <= HALF_A_YEAR_DAYS;
    return soon ? nextYear : thisYear;
  }

  private @Nullable Meaning range(int month, int first, int last, Matcher match) {
    var start = yearless(null, month, first, match);
    if (start instanceof Day day && last > first) {
      var end = exact(day.first().getYear(), month, last, match);
      return end instanceof Day to ? new Day(day.first(), to.first(), Bound.ON) : end;
    }
    return last > first ? start : null;
  }

  /** The 31st is said of the next month that has one. */
  private @Nullable Meaning dayOfMonth(int later, int day, Matcher match) {
    if (day < 1 || day > 31) {
      return day > 31 && day < 100
          ? new BadDay(Gap.Reason.IMPOSSIBLE, match.group().strip())
          : null;
    }
    var month = YearMonth.from(today).plusMonths(later);
    if (later > 0 || (match.pattern() == CHINESE_DAY && match.group(1) != null)) {
      return exact(month.getYear(), month.getMonthValue(), day, match);
    }
    while (!month.isValidDay(day) || month.atDay(day).isBefore(today)) {
      month = month.plusMonths(1);
    }
    return Day.on(month.atDay(day));
  }

  /** Day before month, unless only the other order is a day; both possible is ambiguous. */
  private Meaning slashed(Matcher match) {
    int a = number(match, 1);
    int b = number(match, 2);
    var year = year(match.group(3));
    if (sentence.isChinese() || (b > 12 && a <= 12)) {
      var day = yearless(year, a, b, match);
      return day == null ? new BadDay(Gap.Reason.IMPOSSIBLE, match.group()) : day;
    }
    if (a <= 12 && b <= 12 && a != b) {
      return new BadDay(Gap.Reason.AMBIGUOUS, match.group());
    }
    var day = yearless(year, b, a, match);
    return day == null ? new BadDay(Gap.Reason.IMPOSSIBLE, match.group()) : day;
  }

  private Meaning monthEnd(Matcher match) {
    boolean next = match.group(1) != null || match.group(2) != null || match.group(3) != null;
    return Day.on(YearMonth.from(today).plusMonths(next ? 1 : 0).atEndOfMonth());
  }

  private @Nullable Meaning feast(Matcher match) {
    var name = match.group().replace("'", "");
    return switch (name) {
      case "new years eve", "跨年", "跨年夜", "年底", "年末" -> yearless(null, 12, 31, match);
      case "new years day", "元旦" -> yearless(null, 1, 1, match);
      case "christmas eve", "平安夜" -> yearless(null, 12, 24, match);
      case "christmas", "christmas day", "圣诞", "圣诞节" -> yearless(null, 12, 25, match);
      case "national day", "国庆", "国庆节" -> feastOf(10, match);
      default -> feastOf(5, match);
    };
  }

  private Meaning lunarFeast(Matcher match) {
    return LunarFeasts.next(match.group(), today)
        .<Meaning>map(Day::on)
        .orElseGet(() -> new BadDay(Gap.Reason.AMBIGUOUS, match.group()));
  }

  private Meaning feastOf(int month, Matcher match) {
    var day = LocalDate.of(today.getYear(), month, 1);
    return notPast(day.isBefore(today) ? day.plusYears(1) : day, match);
  }

  private @Nullable Meaning inDays(Matcher match) {
    int group = 1;
    while (match.group(group) == null) {
      group += 2;
    }
    int count = number(match, group);
    boolean days = match.group(group + 1).equals("day") || match.group(group + 1).equals("天");
    return count < 0 || count > 400 ? null : Day.on(today.plusDays(days ? count : count * 7L));
  }

  private Meaning nearDay(Matcher match) {
    var word = match.group();
    return switch (word) {
      case "the day after tomorrow", "day after tomorrow", "overmorrow", "后天", "后日" ->
          Day.on(today.plusDays(2));
      case "大后天", "大后日" -> Day.on(today.plusDays(3));
      case "yesterday", "last night", "the day before yesterday", "前天", "前日", "昨天", "昨日", "昨晚" ->
          new BadDay(Gap.Reason.PAST, word);
      case "today", "tonight", "now", "right now", "现在", "马上", "立刻" -> Day.on(today);
      default -> {
        boolean same = word.startsWith("this") || word.startsWith("今");
        yield Day.on(same ? today : today.plusDays(1));
      }
    };
  }

  private Meaning weekend(Matcher match) {
    var which = match.group(1) == null ? match.group(2) : match.group(1);
    int weeks =
        which == null
            ? 0
            : which.startsWith("下下") ? 2 : which.startsWith("下") || which.equals("next") ? 1 : 0;
    var saturday = monday().plusDays(5).plusWeeks(weeks);
    var first = saturday.isBefore(today) ? today : saturday;
    return new Day(first, saturday.plusDays(1), Bound.ON);
  }

  private LocalDate monday() {
    return today.minusDays(today.getDayOfWeek().getValue() - 1L);
  }

  private Meaning weekAfter(Matcher match) {
    var base = match.group(1) == null ? match.group(3) : match.group(1);
    return Day.on(
        switch (base) {
          case "today", "now" -> today.plusWeeks(1);
          case "tomorrow" -> today.plusDays(8);
          default -> today.with(nextOrSame(weekday(base))).plusWeeks(1);
        });
  }

  private static DayOfWeek weekday(String word) {
    return DayOfWeek.of(
        "montuewedthufrisatsun".indexOf(word.substring(0, 3).toLowerCase(Locale.ROOT)) / 3 + 1);
  }

  private @Nullable Meaning englishWeekday(Matcher match) {
    var word = match.group(2);
    // "sat" and "sun" alone are words of their own.
    if (match.group().equals("sat") || match.group().equals("sun") || match.group().equals("wed")) {
      if (!sentence.plain().startsWith(word)) {
        return null;
      }
    }
    var which = match.group(1) == null ? "" : match.group(1);
    var later = match.group(3) == null ? "" : match.group(3);
    if (which.equals("last")) {
      return new BadDay(Gap.Reason.PAST, match.group());
    }
    var day = weekday(word);
    if (later.equals("after next")) {
      return Day.on(inWeek(2, day));
    }
    if (which.equals("next") || later.endsWith("next week")) {
      return Day.on(inWeek(1, day));
    }
    if (which.isEmpty() && later.isEmpty() && day == today.getDayOfWeek()) {
      return new BadDay(Gap.Reason.AMBIGUOUS, match.group());
    }
    return Day.on(today.with(nextOrSame(day)));
  }

  private LocalDate inWeek(int weeks, DayOfWeek day) {
    return monday().plusWeeks(weeks).plusDays(day.getValue() - 1L);
  }

  private Meaning chineseWeekday(Matcher match) {
    var which = match.group(1) == null ? "" : match.group(1);
    int index = "一二三四五六日天".indexOf(match.group(2));
    int number = index < 0 ? Integer.parseInt(match.group(2)) : Math.min(index, 6) + 1;
    var day = DayOfWeek.of(number);
    if (which.startsWith("下")) {
      return Day.on(inWeek(which.startsWith("下下") ? 2 : 1, day));
    }
    if (which.startsWith("上")) {
      return new BadDay(Gap.Reason.PAST, match.group());
    }
    if (!which.isEmpty()) {
      return notPast(inWeek(0, day), match);
    }
    return day == today.getDayOfWeek()
        ? new BadDay(Gap.Reason.AMBIGUOUS, match.group())
        : Day.on(today.with(nextOrSame(day)));
  }

  private Meaning wholeWeek(Matcher match) {
    return new BadDay(Gap.Reason.AMBIGUOUS, match.group());
  }

  private @Nullable Meaning shift(Matcher match) {
    if (match.group(1) != null || match.group(3) != null) {
      return new DayShift(1);
    }
    if (match.group(2) != null || match.group(4) != null) {
      return new DayShift(-1);
    }
    return Numerals.whole(match.group(5)).map(DayShift::new).orElse(null);
  }
}
