package org.actsandbox.agent.language.read;

import static java.time.temporal.TemporalAdjusters.next;
import static java.time.temporal.TemporalAdjusters.nextOrSame;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.Clarification;
import org.actsandbox.agent.language.read.Meaning.Bound;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.DayShift;
import org.actsandbox.agent.language.text.Numerals;
import org.jspecify.annotations.Nullable;

/**
 * Finds days that are counted from today or from an earlier day. Weeks begin on Monday, as
 * everywhere in China.
 */
final class RelativeDayReader {

  private static final String N = "(" + Numerals.NUMBER + ")";
  private static final String WEEKDAY =
      "(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?"
          + "|sun(?:day)?)\\b";
  private static final String XINGQI = "(?:周|星期|礼拜)([一二三四五六日天](?![月个])|[1-7](?![\\d月个]))";

  private static final Pattern WEEKEND =
      Pattern.compile(
          "\\b(?:over |on |at )?(?:(this|next|the|a) )?weekend\\b|(这个?|本|(?<!一)下下个?|下个?)?周末(?!(?:都|从来|一般)?(?:不|没)[^，,。;]{1,6}[，,。;].*(?:周|星期|礼拜)[一二三四五])");
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

  /** Ours: a weekday after a day that is farther away than this is counted from today. */
  private static final int SOON_DAYS = 14;

  /** With this wish a week need not be narrowed to a day: its cheapest day is asked for. */
  private static final Pattern CHEAPEST_OF_DAYS =
      Pattern.compile("\\bcheapest\\b|\\blowest (?:price|fare)\\b|最便宜|最低价|最划算|最省钱");

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
              + "|in the next (?:half )?hour|within the (?:next )?(?:half )?hour|within an hour(?= to\\b)|today|tonight|this(?= (?:early |late )?(?:morning|afternoon|evening))|now|right now|tomorrow|tmrw?|tomorow|tommorow|tommorrow|2morrow|tomorrow's)\\b"
              + "|(大后[天日]|后[天日]|明[天日儿]|明(?=[早晚上下中])|次日|今[天日儿]|今(?=[早晚上下中])|前[天日]|昨[天日晚]|现在|马上|立刻|(?:半个?|一个?)(?:小时|钟头)(?:之内|以内|内)(?=[去出走到坐]))");
  private static final Pattern SHIFT =
      Pattern.compile(
          "\\b(?:(the (?:next )?day after|the following day|the next day|(?:a|one) day later|(?:one|a) day after)"
              + "|(the day before|the previous day|(?:a|one) day (?:earlier|before)))\\b(?! tomorrow| yesterday)"
              + "|(第二天|后一天|晚一天|推迟一天|延后一天|再晚一天|往后一天|改后一天|隔天)|(前一天|早一天|提前一天|往前一天)"
              + "|\\b"
              + N
              + " days later\\b");

  /** "Tomorrow or the day after" names two days. */
  private static final Pattern OR_THE_DAY_AFTER =
      Pattern.compile(
          "\\b(?:on )?(today|tomorrow|"
              + WEEKDAY
              + ") (?:or|and)(?: maybe| perhaps)?(?: on)? (?:the day after|the following day|the next day)\\b(?! tomorrow)");

  /** A trip that may begin on any day of a week. */
  private static final Pattern ANY_DAY_OF_WEEK =
      Pattern.compile(
          "\\b(?:any ?(?:day|time)|whenever|whichever day|some ?(?:day|time))(?: is fine)?(?: in| of|,)? (?:the )?(next|this) week\\b"
              + "|(下下个?|下个?|这个?|本)(?:周|星期|礼拜)(?:里|内)?(?:哪天|任何一天|任意一天|随便(?:哪|一)天|随便|几号)(?:都(?:行|可以|好|成))?");

  private static final Pattern AFTER_NEXT =
      Pattern.compile("\\b(?:on )?the " + WEEKDAY + " after next\\b");

  /** The next departure is one of today. */
  private static final Pattern NEXT_DEPARTURE =
      Pattern.compile(
          "\\b(?:the )?(?:very )?next(?= (?:(?:available |possible |direct )?(?:one|train|departure)|available|possible) (?:to|from|out|home|back|for)\\b)"
              + "|(?:下|最近的?)一?[班趟](?=(?:车|火车|高铁|动车)?(?:[去到回往]|从))");

  /** "I sat", "in the sun" and "we wed" are no days. */
  private static final Pattern IS_NO_DAY =
      Pattern.compile("\\b(?:i|we|he|she|they|you|who|the|got|just|be) (?:sat|sun|wed)$");

  private static final Pattern SUN_OF_GOODS =
      Pattern.compile(" ?(?:hat|cream|umbrella|screen|block|glasses|protection|lotion|shade)");

  private static final Pattern RANGE_BEFORE = Pattern.compile("(?:周|星期|礼拜)[一二三四五六日天](?:到|至|-|~)$");

  private final DaySpans days;
  private final LocalDate today;

  RelativeDayReader(DaySpans days) {
    this.days = days;
    this.today = days.today();
  }

  /**
   * @param continuing whether an earlier sentence named a day, which this sentence may shift
   */
  void read(boolean continuing) {
    if (continuing) {
      days.claimDays(SHIFT, this::shift);
    }
    days.claimDays(OR_THE_DAY_AFTER, this::thisOrTheNextDay);
    days.claimDays(ANY_DAY_OF_WEEK, this::anyDayOfWeek);
    days.claimDays(AFTER_NEXT, m -> Day.on(inWeek(2, weekday(m.group(1)))));
    days.claimDays(IN_DAYS, this::inDays);
    days.claimDays(A_WEEK, m -> Day.on(today.plusDays(m.group(1).equals("week") ? 7 : 14)));
    days.claimDays(WEEK_AFTER, this::weekAfter);
    days.claimDays(NEAR_DAY, this::nearDay);
    days.claimDays(WEEKEND, this::weekend);
    if (!continuing && days.isEmpty()) {
      // The word may be part of 过周末, which names a trip.
      days.addFirst(WEEKEND, this::weekend);
    }
    days.claimDays(ENGLISH_WEEKDAY, this::englishWeekday);
    days.claimDays(CHINESE_WEEKDAY, this::chineseWeekday);
    days.claimDays(WHOLE_WEEK, this::wholeWeek);
    days.claimDays(
        WHOLE_MONTH, m -> new Meaning.InvalidDay(Clarification.Reason.AMBIGUOUS, m.group()));
    if (!continuing && days.isEmpty()) {
      days.claimDays(NEXT_DEPARTURE, _ -> Day.on(today));
    }
    if (!continuing && days.deniedDay().isPresent()) {
      days.claimDays(SHIFT, this::shift);
    }
  }

  private Meaning thisOrTheNextDay(Matcher match) {
    var first =
        switch (match.group(1)) {
          case "today" -> today;
          case "tomorrow" -> today.plusDays(1);
          default -> today.with(nextOrSame(weekday(match.group(2))));
        };
    return new Day(first, first.plusDays(1), Bound.ON);
  }

  private Meaning anyDayOfWeek(Matcher match) {
    var which = match.group(1) == null ? match.group(2) : match.group(1);
    int weeks = which.startsWith("下下") ? 2 : which.startsWith("下") || which.equals("next") ? 1 : 0;
    var first = monday().plusWeeks(weeks);
    return new Day(first.isBefore(today) ? today : first, first.plusDays(6), Bound.ON);
  }

  private @Nullable Meaning inDays(Matcher match) {
    int group = 1;
    while (match.group(group) == null) {
      group += 2;
    }
    int count = DaySpans.number(match, group);
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
          new Meaning.InvalidDay(Clarification.Reason.PAST, word);
      case "today", "tonight", "now", "right now", "现在", "马上", "立刻" -> Day.on(today);
      default -> {
        boolean same =
            word.startsWith("this") || word.startsWith("今") || word.matches(".*(?:\\bhour|内)");
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
    // On a Sunday the weekend is the one to come, unless it is called this weekend.
    boolean isOver =
        (which == null || which.equals("a") || which.equals("the"))
            && today.getDayOfWeek() == DayOfWeek.SUNDAY;
    var saturday = monday().plusDays(5).plusWeeks(isOver ? 1 : weeks);
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
    if (IS_NO_DAY.matcher(days.sentence().plain()).region(0, match.end()).find()
        || (match.group().equals("sun")
            && SUN_OF_GOODS
                .matcher(days.sentence().plain())
                .region(match.end(), days.sentence().plain().length())
                .lookingAt())) {
      return null;
    }
    var which = match.group(1) == null ? "" : match.group(1);
    var later = match.group(3) == null ? "" : match.group(3);
    if (which.equals("last")) {
      return new Meaning.InvalidDay(Clarification.Reason.PAST, match.group());
    }
    var day = weekday(word);
    if (later.equals("after next")) {
      return Day.on(inWeek(2, day));
    }
    if (which.equals("next") || later.endsWith("next week")) {
      return Day.on(inWeek(1, day));
    }
    if (which.isEmpty() && later.isEmpty() && day == today.getDayOfWeek()) {
      return afterEarlierDay(day, match);
    }
    return Day.on(today.with(nextOrSame(day)));
  }

  /**
   * Reads the weekday of today: after another day it is the next such day after it, and alone it
   * may be today or a week later.
   */
  private Meaning afterEarlierDay(DayOfWeek day, Matcher match) {
    return days.dayBefore(match.start())
        .filter(earlier -> earlier.isBefore(today.plusDays(SOON_DAYS)))
        .<Meaning>map(earlier -> Day.on(earlier.with(next(day))))
        .orElseGet(
            () ->
                new Meaning.InvalidDay(
                    Clarification.Reason.AMBIGUOUS, today + " / " + today.plusWeeks(1)));
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
      return new Meaning.InvalidDay(Clarification.Reason.PAST, match.group());
    }
    if (!which.isEmpty()) {
      // On a Sunday "this Saturday" is the one to come, as it is in English.
      boolean isOver = today.getDayOfWeek() == DayOfWeek.SUNDAY && day != DayOfWeek.SUNDAY;
      return days.notPast(inWeek(isOver ? 1 : 0, day), match);
    }
    return day == today.getDayOfWeek() && !endsRange(match)
        ? afterEarlierDay(day, match)
        : Day.on(today.with(nextOrSame(day)));
  }

  /** Returns whether the weekday ends a range: in 下周一到周三 the Wednesday does not depend on today. */
  private boolean endsRange(Matcher match) {
    return RANGE_BEFORE.matcher(days.sentence().plain().substring(0, match.start())).find();
  }

  private Meaning wholeWeek(Matcher match) {
    if (!CHEAPEST_OF_DAYS.matcher(days.sentence().plain()).find()) {
      return new Meaning.InvalidDay(Clarification.Reason.AMBIGUOUS, match.group());
    }
    var which = match.group(1) == null ? match.group(2) : match.group(1);
    int weeks = which.startsWith("下下") ? 2 : which.startsWith("下") || which.equals("next") ? 1 : 0;
    var first = monday().plusWeeks(weeks);
    boolean isOver = weeks == 0 && today.getDayOfWeek() == DayOfWeek.SUNDAY;
    return new Day(
        first.isBefore(today) ? today : first,
        isOver ? today.plusDays(6) : first.plusDays(6),
        Bound.ON);
  }

  private @Nullable Meaning shift(Matcher match) {
    var shift =
        match.group(1) != null || match.group(3) != null
            ? Optional.of(1)
            : match.group(2) != null || match.group(4) != null
                ? Optional.of(-1)
                : Numerals.whole(match.group(5));
    // "Not tomorrow but the day after" counts from the rejected day.
    return shift
        .<Meaning>map(
            by ->
                days.deniedDay()
                    .<Meaning>map(day -> Day.on(day.plusDays(by)))
                    .orElseGet(() -> new DayShift(by)))
        .orElse(null);
  }
}
