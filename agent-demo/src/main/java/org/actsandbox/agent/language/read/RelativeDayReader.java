package org.actsandbox.agent.language.read;

import static java.time.temporal.TemporalAdjusters.next;
import static java.time.temporal.TemporalAdjusters.nextOrSame;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.actsandbox.agent.language.Clarification.Reason;
import org.actsandbox.agent.language.read.Meaning.Bound;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.DayShift;
import org.actsandbox.agent.language.read.Meaning.InvalidDay;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.text.ScriptedPattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds days that are counted from today or from an earlier day by the rules of {@link DayRule}.
 */
final class RelativeDayReader {

  /** Ours: a weekday after a day that is farther away than this is counted from today. */
  private static final int SOON_DAYS = 14;

  private static final int MAX_NUMBER = 400;

  /** With this wish a week need not be narrowed to a day: its cheapest day is asked for. */
  private static final Pattern CHEAPEST_OF_DAYS =
      Pattern.compile("\\bcheapest\\b|\\blowest (?:price|fare)\\b|最便宜|最低价|最划算|最省钱");

  private static final Pattern RANGE_BEFORE = Pattern.compile("(?:周|星期|礼拜)[一二三四五六日天](?:到|至|-|~)$");

  private final DaySpans days;
  private final LocalDate today;
  private final ScriptedPattern.Text text;

  RelativeDayReader(DaySpans days) {
    this.days = days;
    this.today = days.today();
    this.text = ScriptedPattern.Text.of(days.sentence().plain());
  }

  /**
   * @param continuing whether an earlier sentence named a day, which this sentence may shift
   */
  void read(boolean continuing) {
    for (var rule : DayRule.ALL) {
      if (rule.isShift() ? continuing : !rule.which().equals("alone") || isAlone(continuing)) {
        claim(rule);
      }
      if (rule.kind().equals("weekend") && isAlone(continuing)) {
        // The word may be part of 过周末, which names a trip.
        rule.pattern()
            .in(text)
            .ifPresent(pattern -> days.addFirst(pattern, match -> weekend(rule.which())));
      }
    }
    if (!continuing && days.deniedDay().isPresent()) {
      DayRule.ALL.stream().filter(DayRule::isShift).forEach(this::claim);
    }
  }

  private boolean isAlone(boolean continuing) {
    return !continuing && days.isEmpty();
  }

  private void claim(DayRule rule) {
    rule.pattern()
        .in(text)
        .ifPresent(pattern -> days.claimDays(pattern, match -> meaning(rule, match)));
  }

  private @Nullable Meaning meaning(DayRule rule, Matcher match) {
    var which = rule.which();
    return switch (rule.kind()) {
      case "past" -> new InvalidDay(Reason.PAST, match.group());
      case "ambiguous" -> new InvalidDay(Reason.AMBIGUOUS, match.group());
      case "shift" -> shift(which, match);
      case "or" ->
          orTheNext(which.equals("weekday") ? coming(match) : inDays(Integer.parseInt(which)));
      case "any" -> rest(Integer.parseInt(which));
      case "week" -> week(Integer.parseInt(which), match);
      case "weekend" -> weekend(which);
      case "weekday" -> weekday(which, match);
      default -> later(rule.kind(), match);
    };
  }

  private @Nullable Meaning later(String number, Matcher match) {
    if (!number.endsWith("n")) {
      return Day.on(inDays(Integer.parseInt(number)));
    }
    int count = Numerals.whole(captured(match)).orElse(-1);
    return count < 0 || count > MAX_NUMBER
        ? null
        : Day.on(inDays(number.equals("+7n") ? 7 * count : count));
  }

  /** "Not tomorrow but the day after" counts from the rejected day. */
  private @Nullable Meaning shift(String number, Matcher match) {
    int by =
        number.equals("+n") ? Numerals.whole(captured(match)).orElse(0) : Integer.parseInt(number);
    return by == 0
        ? null
        : days.deniedDay()
            .<Meaning>map(day -> Day.on(day.plusDays(by)))
            .orElseGet(() -> new DayShift(by));
  }

  private Meaning weekday(String which, Matcher match) {
    var day = dayOfWeek(captured(match));
    return switch (which) {
      case "soon" -> Day.on(coming(match));
      case "+7" -> Day.on(coming(match).plusWeeks(1));
      case "1", "2" -> Day.on(monday(Integer.parseInt(which)).with(nextOrSame(day)));
      case "0" -> {
        // On a Sunday "this Saturday" is the one to come, as it is in English.
        boolean isOver = today.getDayOfWeek() == DayOfWeek.SUNDAY && day != DayOfWeek.SUNDAY;
        yield days.notPast(monday(isOver ? 1 : 0).with(nextOrSame(day)), match);
      }
      default ->
          day == today.getDayOfWeek() && !endsRange(match)
              ? afterEarlierDay(day, match)
              : Day.on(coming(match));
    };
  }

  /**
   * Reads the weekday of today: after another day it is the next such day after it, and alone it
   * may be today or a week later.
   */
  private Meaning afterEarlierDay(DayOfWeek day, Matcher match) {
    return days.dayBefore(match.start())
        .filter(earlier -> earlier.isBefore(inDays(SOON_DAYS)))
        .<Meaning>map(earlier -> Day.on(earlier.with(next(day))))
        .orElseGet(() -> new InvalidDay(Reason.AMBIGUOUS, today + " / " + today.plusWeeks(1)));
  }

  /** Returns whether the weekday ends a range: in 下周一到周三 the Wednesday does not depend on today. */
  private boolean endsRange(Matcher match) {
    return RANGE_BEFORE.matcher(text.text().substring(0, match.start())).find();
  }

  private Meaning weekend(String which) {
    // On a Sunday the weekend is the one to come, unless it is called this weekend.
    boolean isOver = today.getDayOfWeek() == DayOfWeek.SUNDAY;
    int weeks = which.isEmpty() ? (isOver ? 1 : 0) : Integer.parseInt(which);
    var saturday = monday(weeks).plusDays(5);
    return new Day(notBeforeToday(saturday), saturday.plusDays(1), Bound.ON);
  }

  private Meaning week(int weeks, Matcher match) {
    if (!CHEAPEST_OF_DAYS.matcher(text.text()).find()) {
      return new InvalidDay(Reason.AMBIGUOUS, match.group());
    }
    boolean isOver = weeks == 0 && today.getDayOfWeek() == DayOfWeek.SUNDAY;
    return isOver ? new Day(today, inDays(6), Bound.ON) : rest(weeks);
  }

  /** Returns the days of a week that are not over. */
  private Day rest(int weeks) {
    return new Day(notBeforeToday(monday(weeks)), monday(weeks).plusDays(6), Bound.ON);
  }

  private static Meaning orTheNext(LocalDate day) {
    return new Day(day, day.plusDays(1), Bound.ON);
  }

  private LocalDate inDays(int number) {
    return today.plusDays(number);
  }

  private LocalDate coming(Matcher match) {
    return today.with(nextOrSame(dayOfWeek(captured(match))));
  }

  private LocalDate monday(int weeks) {
    return today.minusDays(today.getDayOfWeek().getValue() - 1L).plusWeeks(weeks);
  }

  private LocalDate notBeforeToday(LocalDate day) {
    return day.isBefore(today) ? today : day;
  }

  private static String captured(Matcher match) {
    return IntStream.rangeClosed(1, match.groupCount())
        .mapToObj(match::group)
        .filter(Objects::nonNull)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("days.txt needs a group: " + match.pattern()));
  }

  private static DayOfWeek dayOfWeek(String word) {
    int index = "一二三四五六日天".indexOf(word);
    return DayOfWeek.of(
        index >= 0
            ? Math.min(index, 6) + 1
            : Character.isDigit(word.charAt(0))
                ? Integer.parseInt(word)
                : "montuewedthufrisatsun".indexOf(word.substring(0, 3)) / 3 + 1);
  }
}
