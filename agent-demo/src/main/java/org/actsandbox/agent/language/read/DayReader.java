package org.actsandbox.agent.language.read;

import static java.time.temporal.TemporalAdjusters.nextOrSame;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Matcher;
import org.actsandbox.agent.language.Clarification.Reason;
import org.actsandbox.agent.language.read.Meaning.Bound;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.DayShift;
import org.actsandbox.agent.language.read.Meaning.InvalidDay;
import org.actsandbox.agent.language.read.RuleFile.Rule;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.text.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * Finds days: dates and feasts by the rules of {@code dates.txt}, and those that are counted from
 * today or from an earlier day by the rules of {@code days.txt}.
 */
final class DayReader {

  /** Ours: a weekday after a day that is farther away than this is counted from today. */
  private static final int SOON_DAYS = 14;

  private static final int MAX_NUMBER = 400;

  static final RuleFile RULES = RuleFile.of("dates.txt", "days.txt");

  private final DaySpans days;
  private final LocalDate today;
  private final String text;
  private final DateReader dates;

  private DayReader(DaySpans days) {
    this.days = days;
    this.today = days.today();
    this.text = days.sentence().plain();
    this.dates = new DateReader(today, days.sentence().isChinese());
  }

  /**
   * @param continuing whether an earlier sentence named a day, which this sentence may shift
   */
  static List<MeaningSpan> read(Sentence sentence, LocalDate today, boolean continuing) {
    var days = new DaySpans(sentence, today);
    var reader = new DayReader(days);
    RULES.claim(
        sentence,
        rule -> isShift(rule) ? continuing : !isOnlyAlone(rule) || reader.isAlone(continuing),
        reader::claim);
    if (reader.isAlone(continuing)) {
      reader.addWeekend();
    }
    if (!continuing && days.deniedDay().isPresent()) {
      RULES.claim(sentence, DayReader::isShift, reader::claim);
    }
    return days.joined();
  }

  private static boolean isShift(Rule rule) {
    return rule.kind().equals("shift");
  }

  private static boolean isOnlyAlone(Rule rule) {
    return rule.argument().equals("alone");
  }

  private boolean isAlone(boolean continuing) {
    return !continuing && days.isEmpty();
  }

  /** Adds a weekend whose word is part of 过周末, which names a trip. */
  private void addWeekend() {
    for (var rule : RULES.rules()) {
      var match = rule.pattern().whole().matcher(text);
      if (rule.kind().equals("weekend") && days.isEmpty() && match.find()) {
        days.add(match, weekend(rule.argument(), match));
      }
    }
  }

  private boolean claim(Rule rule, Matcher match) {
    return days.claim(match, meaning(rule, match));
  }

  private @Nullable Meaning meaning(Rule rule, Matcher match) {
    var which = rule.argument();
    return switch (rule.kind()) {
      case "date" -> dates.date(which, match);
      case "range" -> dates.range(match);
      case "of" -> dates.ofMonth(which, match);
      case "slashed" -> dates.slashed(match);
      case "end" -> dates.monthEnd(which);
      case "feast" -> dates.feast(which);
      case "on" -> dates.moving(which, match);
      case "lunar" -> dates.lunar(which, match);
      case "past" -> new InvalidDay(Reason.PAST, match.group());
      case "ambiguous" -> new InvalidDay(Reason.AMBIGUOUS, match.group());
      case "shift" -> shift(which, match);
      case "or" ->
          orTheNext(which.equals("weekday") ? coming(match) : inDays(Integer.parseInt(which)));
      case "any" ->
          which.isEmpty() ? new Day(inDays(1), inDays(7), Bound.ON) : rest(Integer.parseInt(which));
      case "week" ->
          which.equals("of")
              ? cheapestOf(dates.weekOfMonth(match), match)
              : week(Integer.parseInt(which), match);
      case "weekend" ->
          which.startsWith("of") ? dates.weekendOf(which, match) : weekend(which, match);
      case "weekday" -> weekday(which, match);
      default -> later(rule.kind(), match);
    };
  }

  private @Nullable Meaning later(String number, Matcher match) {
    if (!number.endsWith("n")) {
      return Day.on(inDays(Integer.parseInt(number)));
    }
    int count = Numerals.whole(RuleFile.captured(match).getFirst()).orElse(-1);
    return count < 0 || count > MAX_NUMBER
        ? null
        : Day.on(inDays(number.equals("+7n") ? 7 * count : count));
  }

  /** "Not tomorrow but the day after" counts from the rejected day. */
  private @Nullable Meaning shift(String number, Matcher match) {
    int by =
        number.equals("+n")
            ? Numerals.whole(RuleFile.captured(match).getFirst()).orElse(0)
            : Integer.parseInt(number);
    return by == 0
        ? null
        : days.deniedDay()
            .<Meaning>map(day -> Day.on(day.plusDays(by)))
            .orElseGet(() -> new DayShift(by));
  }

  private Meaning weekday(String which, Matcher match) {
    var day = dayOfWeek(RuleFile.captured(match).getFirst());
    return switch (which) {
      case "soon" -> Day.on(coming(match));
      case "+7" -> Day.on(coming(match).plusWeeks(1));
      case "1", "2" -> Day.on(monday(Integer.parseInt(which)).with(nextOrSame(day)));
      case "0" -> {
        // On a Sunday "this Saturday" is the one to come, as it is in English.
        boolean isOver = today.getDayOfWeek() == DayOfWeek.SUNDAY && day != DayOfWeek.SUNDAY;
        yield dates.notPast(monday(isOver ? 1 : 0).with(nextOrSame(day)), match);
      }
      default ->
          day != today.getDayOfWeek()
              ? Day.on(coming(match))
              : endsRange(match) ? endOfRange(day, match) : afterEarlierDay(day, match);
    };
  }

  /**
   * Reads the weekday of today: after another day it is the next such day after it, and alone it
   * may be today or a week later.
   */
  private Meaning afterEarlierDay(DayOfWeek day, Matcher match) {
    return days.dayBefore(match.start())
        .filter(earlier -> earlier.isBefore(inDays(SOON_DAYS)))
        .<Meaning>map(earlier -> Day.on(earlier.with(nextOrSame(day))))
        .orElseGet(() -> new InvalidDay(Reason.AMBIGUOUS, today + " / " + today.plusWeeks(1)));
  }

  private Meaning endOfRange(DayOfWeek day, Matcher match) {
    return Day.on(
        days.dayBefore(match.start())
            .map(first -> first.with(nextOrSame(day)))
            .orElseGet(() -> coming(match)));
  }

  /** Returns whether the weekday ends a range: in 下周一到周三 the Wednesday does not depend on today. */
  private boolean endsRange(Matcher match) {
    return RULES.precedes("range of weekdays", text, match.start());
  }

  private Meaning weekend(String which, Matcher match) {
    // On a Sunday the weekend is the one to come; "this weekend" may be today or in a week.
    boolean isOver = today.getDayOfWeek() == DayOfWeek.SUNDAY;
    if (isOver && which.equals("0")) {
      return new InvalidDay(Reason.AMBIGUOUS, match.group());
    }
    int weeks = which.isEmpty() ? (isOver ? 1 : 0) : Integer.parseInt(which);
    var saturday = monday(weeks).plusDays(5);
    return new Day(notBeforeToday(saturday), saturday.plusDays(1), Bound.ON);
  }

  /** Returns the days as a choice when the cheapest of them is wanted; they are unclear else. */
  private Meaning cheapestOf(@Nullable Meaning days, Matcher match) {
    return days instanceof Day && RULES.occurs("cheapest", text)
        ? days
        : new InvalidDay(Reason.AMBIGUOUS, match.group());
  }

  private Meaning week(int weeks, Matcher match) {
    if (!RULES.occurs("cheapest", text)) {
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
    return today.with(nextOrSame(dayOfWeek(RuleFile.captured(match).getFirst())));
  }

  private LocalDate monday(int weeks) {
    return today.minusDays(today.getDayOfWeek().getValue() - 1L).plusWeeks(weeks);
  }

  private LocalDate notBeforeToday(LocalDate day) {
    return day.isBefore(today) ? today : day;
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
