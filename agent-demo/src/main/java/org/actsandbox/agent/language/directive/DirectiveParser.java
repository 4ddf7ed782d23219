package org.actsandbox.agent.language.directive;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.actsandbox.agent.language.Clarification;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.agent.language.read.AnnotatedSentence;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.Meaning.Bound;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.read.RuleFile;
import org.actsandbox.agent.language.text.Numerals;
import org.jspecify.annotations.Nullable;

/**
 * Finds in a sentence until when, below which price and how often something is to be bought later.
 *
 * @param said the directive, as far as the sentence says it
 * @param problem the reason why the last day is not understood
 * @param rest the sentence without these words: the wish itself
 */
public record DirectiveParser(Directive said, @Nullable Clarification problem, String rest) {

  static final RuleFile RULES = RuleFile.of("directives.txt");

  public boolean isEmpty() {
    return said.equals(Directive.OPEN) && problem == null && rest.isEmpty();
  }

  private static final DirectiveParser NONE = new DirectiveParser(Directive.OPEN, null, "");

  /**
   * Reads the directive; it is empty unless the sentence has a word of waiting, watching, a plan or
   * a falling price.
   */
  public static DirectiveParser of(AnnotatedSentence annotated, LocalDate today) {
    var text = annotated.sentence().plain();
    var cut = new BitSet();
    var below = below(text, cut);
    boolean authorizes = cutMatches("authority", text, cut);
    boolean keeps = cutMatches("keep", text, cut) || authorizes;
    var plan = PaymentPlanReader.in(annotated, today, cut);
    if (below.isEmpty() && !keeps && plan.isEmpty()) {
      return NONE;
    }
    var until = until(annotated, today, cut);
    if (!keeps && plan.isEmpty() && until.isUnsaid() && isLimitNow(annotated)) {
      return NONE;
    }
    var directive =
        new Directive(
            until.day(),
            below.filter(price -> !price.strict()).map(Price::yuan).orElse(null),
            below.filter(Price::strict).map(Price::yuan).orElse(null),
            plan.map(PaymentPlanReader.Plan::first).orElse(null),
            plan.map(PaymentPlanReader.Plan::every).orElse(null));
    return new DirectiveParser(
        directive, until.problem(), without(annotated.sentence().original(), cut));
  }

  /**
   * Returns whether the price is a limit of a purchase now: "a ticket for Monday, if it is under
   * 200". A price that falls, or a moment to come, needs waiting.
   */
  private static boolean isLimitNow(AnnotatedSentence annotated) {
    return annotated.any(m -> m.meaning() instanceof Day)
        && RULES.occurs("if", annotated.sentence().plain())
        && !RULES.occurs("wait", annotated.sentence().plain());
  }

  /** Reads the last day that the sentence calls so, as in 到周五. */
  public static Until namedLastDay(AnnotatedSentence annotated, LocalDate today) {
    return until(annotated, today, new BitSet());
  }

  /** Reads the last day alone, as the answer to a question. */
  public static Until lastDay(AnnotatedSentence annotated, LocalDate today) {
    var until = until(annotated, today, new BitSet());
    return until.isUnsaid()
        ? annotated.marks().stream()
            .flatMap(span -> Stream.ofNullable(until(span)))
            .findFirst()
            .orElse(until)
        : until;
  }

  /**
   * The last day of the purchase.
   *
   * @param problem the reason why the day that was said is not understood
   */
  public record Until(@Nullable LocalDate day, @Nullable Clarification problem) {
    private static final Until UNSAID = new Until(null, null);

    public boolean isUnsaid() {
      return equals(UNSAID);
    }
  }

  private record Price(String yuan, boolean strict) {}

  private static Optional<Price> below(String text, BitSet cut) {
    var matcher = RULES.anywhere("below", text);
    while (matcher.find()) {
      boolean english = matcher.group("en") != null;
      var amount = Numerals.parse(matcher.group(english ? "en" : "zh"));
      if (amount.isPresent()) {
        cut.set(matcher.start(), matcher.end());
        if (matcher.group("thing") != null) {
          // The thing with the falling price is the wish itself.
          cut.clear(matcher.start("thing"), matcher.end("thing"));
        }
        boolean strict =
            english
                ? matcher.group("strict") != null
                : matcher.group("within") != null || "于破".contains(matcher.group("how"));
        var yuan = amount.get().setScale(2, java.math.RoundingMode.HALF_UP).toPlainString();
        return Optional.of(new Price(yuan, strict));
      }
    }
    return Optional.empty();
  }

  private static boolean cutMatches(String name, String text, BitSet cut) {
    var matcher = RULES.anywhere(name, text);
    boolean found = false;
    while (matcher.find()) {
      int next = cut.nextSetBit(matcher.start());
      if (next < 0 || next >= matcher.end()) {
        cut.set(matcher.start(), matcher.end());
        found = true;
      }
    }
    return found;
  }

  private static Until until(AnnotatedSentence annotated, LocalDate today, BitSet cut) {
    var text = annotated.sentence().plain();
    for (var span : annotated.marks().reversed()) {
      int next = cut.nextSetBit(span.start());
      if (next >= 0 && next < span.end()) {
        continue;
      }
      var before = RULES.before("until", text, span.start());
      var after = RULES.after("until", text, span.end());
      boolean led = before.find();
      boolean followed = after.lookingAt();
      var found = led || followed ? until(span) : null;
      if (found != null) {
        cut.set(led ? before.start() : span.start(), followed ? after.end() : span.end());
        return found;
      }
    }
    var week = RULES.anywhere("this week", text);
    if (week.find()) {
      cut.set(week.start(), week.end());
      return new Until(today.with(TemporalAdjusters.nextOrSame(DayOfWeek.SUNDAY)), null);
    }
    var month = RULES.anywhere("until the month", text);
    if (month.find()) {
      cut.set(month.start(), month.end());
      return new Until(endOf(month, today), null);
    }
    return Until.UNSAID;
  }

  private static @Nullable Until until(MeaningSpan span) {
    return switch (span.meaning()) {
      case Day day -> new Until(day.last(), null);
      case Meaning.InvalidDay bad ->
          new Until(null, new Clarification("until", bad.reason(), bad.words()));
      default -> null;
    };
  }

  /**
   * Returns the end: "until March" ends before March. A principal who means more can say so, and a
   * shorter time does no harm.
   */
  private static @Nullable LocalDate endOf(Matcher match, LocalDate today) {
    boolean english = match.group("month") != null;
    int number =
        english
            ? "janfebmaraprmayjunjulaugsepoctnovdec".indexOf(match.group("month").substring(0, 3))
                    / 3
                + 1
            : Numerals.whole(match.group("n")).orElse(0);
    if (number < 1 || number > 12) {
      return null;
    }
    boolean whole =
        english
            ? match.group("edge") != null || "through".equals(match.group("word"))
            : match.group("late") != null;
    var year = match.group("year");
    var month = LocalDate.of(year == null ? today.getYear() : Integer.parseInt(year), number, 1);
    if (year == null && !month.isAfter(today)) {
      month = month.plusYears(1);
    }
    return whole ? month.plusMonths(1).minusDays(1) : month.minusDays(1);
  }

  static boolean isSingleDay(MeaningSpan span) {
    return span.meaning() instanceof Day day
        && day.bound() == Bound.ON
        && day.first().equals(day.last());
  }

  private static String without(String original, BitSet cut) {
    var rest = new StringBuilder();
    for (int i = 0; i < original.length(); i++) {
      if (!cut.get(i)) {
        rest.append(original.charAt(i));
      } else if (i == 0 || !cut.get(i - 1)) {
        rest.append(", ");
      }
    }
    return rest.toString();
  }
}
