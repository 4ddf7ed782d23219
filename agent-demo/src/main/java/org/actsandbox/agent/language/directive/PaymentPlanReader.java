package org.actsandbox.agent.language.directive;

import static java.time.temporal.TemporalAdjusters.next;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Matcher;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.text.Numerals;
import org.jspecify.annotations.Nullable;

/** Finds plans of payments in a sentence: every Monday, on the 25th. */
final class PaymentPlanReader {

  /**
   * @param every the time between payments; absent for a single payment
   */
  record Plan(LocalDate first, @Nullable Period every) {}

  private PaymentPlanReader() {}

  static Optional<Plan> in(AnnotatedSentence annotated, LocalDate today, BitSet cut) {
    var text = annotated.sentence().plain();
    var matcher = DirectiveParser.RULES.anywhere("every", text);
    if (matcher.find()) {
      cut.set(matcher.start(), matcher.end());
      var start = DirectiveParser.RULES.before("from next month", text, matcher.start());
      if (start.find()) {
        cut.set(start.start(), start.end());
        return Optional.of(every(matcher, today.withDayOfMonth(1).plusMonths(1).minusDays(1)));
      }
      return Optional.of(every(matcher, today));
    }
    for (var span : annotated.marks()) {
      var words = text.substring(span.start(), span.end()).strip();
      var after = DirectiveParser.RULES.after("pay", text, span.end());
      if (DirectiveParser.isSingleDay(span)
          && !DirectiveParser.RULES.follows("soon", words, 0)
          && after.lookingAt()
          && span.meaning() instanceof Day day) {
        int start =
            text.substring(0, span.start()).endsWith("on ") ? span.start() - 3 : span.start();
        cut.set(start, span.end());
        return Optional.of(new Plan(day.first(), null));
      }
    }
    return Optional.empty();
  }

  private static Plan every(Matcher match, LocalDate today) {
    int number = number(match);
    var adverb = match.group("adverb");
    var unit =
        adverb == null
            ? match.group("unit")
            : adverb.equals("daily") ? "day" : adverb.replace("ly", "");
    if (match.group("of") != null) {
      unit = "month";
    } else if (match.group("per") != null) {
      unit = match.group("per");
    } else if (unit == null) {
      unit = match.group("zday") != null ? "day" : match.group().contains("月") ? "month" : "week";
    }
    var weekday = weekday(match, unit);
    if (weekday != null) {
      return new Plan(today.with(next(weekday)), Period.ofWeeks(number));
    }
    return switch (unit) {
      case "day", "morning", "evening", "afternoon", "night" ->
          new Plan(today.plusDays(1), Period.ofDays(number));
      case "month" -> new Plan(dayOfMonth(match, today), Period.ofMonths(number));
      case "fortnight" -> new Plan(today.plusWeeks(2), Period.ofWeeks(2));
      default -> new Plan(today.plusWeeks(1), Period.ofWeeks(number));
    };
  }

  private static int number(Matcher match) {
    var word = match.group("number") == null ? match.group("zn") : match.group("number");
    if (word == null) {
      return 1;
    }
    return switch (word) {
      case "three", "3", "三" -> 3;
      case "four", "4", "四" -> 4;
      default -> 2;
    };
  }

  private static @Nullable DayOfWeek weekday(Matcher match, String unit) {
    var chinese = match.group("zweek");
    if (chinese != null) {
      return DayOfWeek.of(Math.min("一二三四五六日天".indexOf(chinese), 6) + 1);
    }
    int index = "montuewedthufrisatsun".indexOf(unit.substring(0, 3));
    return unit.endsWith("day") && unit.length() > 3 && index >= 0
        ? DayOfWeek.of(index / 3 + 1)
        : null;
  }

  /** Returns the next such day; a month that is too short is skipped. */
  private static LocalDate dayOfMonth(Matcher match, LocalDate today) {
    var dayNumber =
        match.group("of") != null
            ? match.group("of").replace("first", "1").replaceAll("\\D", "")
            : match.group("day") == null ? match.group("zmonth") : match.group("day");
    int day = dayNumber == null ? 1 : Math.clamp(Numerals.whole(dayNumber).orElse(1), 1, 31);
    var month = YearMonth.from(today);
    while (!month.isValidDay(day) || !month.atDay(day).isAfter(today)) {
      month = month.plusMonths(1);
    }
    return month.atDay(day);
  }
}
