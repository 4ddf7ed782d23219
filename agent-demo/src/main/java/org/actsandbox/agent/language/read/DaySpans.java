package org.actsandbox.agent.language.read;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.read.Meaning.Bound;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.InvalidDay;
import org.actsandbox.agent.language.text.Sentence;
import org.jspecify.annotations.Nullable;

/** Collects the days found so far in one sentence, read as of one date. */
final class DaySpans {

  private static final Pattern WEEKEND = Pattern.compile("\\D*(?:weekend|周末)\\D*");
  private static final Pattern DAY_OF_MONTH =
      Pattern.compile("(?:on )?(?:the )?\\d{1,2}(?:st|nd|rd|th|[号日])");
  private static final Pattern DATE = Pattern.compile(".*(?:\\d|月|号).*");

  private final Sentence sentence;
  private final LocalDate today;
  private final List<MeaningSpan> spans = new ArrayList<>();
  private @Nullable LocalDate deniedDay;

  DaySpans(Sentence sentence, LocalDate today) {
    this.sentence = sentence;
    this.today = today;
  }

  Sentence sentence() {
    return sentence;
  }

  LocalDate today() {
    return today;
  }

  /** Moves the day of an event to the day before, when the traveller leaves then: 周日结婚，前一天走. */
  private void moveToDayBefore() {
    var match = DayReader.RULES.anywhere("leaves the day before", sentence.plain());
    if (!match.find()) {
      return;
    }
    spans.stream()
        .filter(span -> span.end() <= match.start() && span.meaning() instanceof Day)
        .max(Comparator.comparingInt(MeaningSpan::end))
        .ifPresent(
            span -> {
              var day = ((Day) span.meaning()).first().minusDays(1);
              sentence.claim(match.start(), match.end());
              spans.set(spans.indexOf(span), span.with(Day.on(day)));
            });
  }

  /** Returns the days; days that form a range become one. */
  List<MeaningSpan> joined() {
    moveToDayBefore();
    return withRanges();
  }

  /** Takes the meaning of a match; null says that the match is something else. */
  boolean claim(Matcher match, @Nullable Meaning meaning) {
    if (meaning instanceof Day day
        && DayReader.RULES.precedes("not", sentence.plain(), match.start())) {
      deniedDay = day.first();
    } else if (meaning != null) {
      spans.add(shifted(match, bounded(meaning, match)));
    }
    return meaning != null;
  }

  void add(Matcher match, Meaning meaning) {
    spans.add(MeaningSpan.of(match, meaning));
  }

  /** Returns the last day that stands before this place of the sentence. */
  Optional<LocalDate> dayBefore(int start) {
    return spans.stream()
        .filter(span -> span.end() <= start && span.meaning() instanceof Day)
        .max(Comparator.comparingInt(MeaningSpan::end))
        .map(span -> ((Day) span.meaning()).last());
  }

  boolean isEmpty() {
    return spans.isEmpty();
  }

  /** Returns the day that the sentence rejects, if there is one. */
  Optional<LocalDate> deniedDay() {
    return Optional.ofNullable(deniedDay);
  }

  /** Reads a day beside a named one: 春节前一天, "the day before Christmas". */
  private MeaningSpan shifted(Matcher match, Meaning meaning) {
    if (meaning instanceof Day day) {
      for (var name : List.of("eve", "morrow")) {
        var beside = day.first().plusDays(name.equals("eve") ? -1 : 1);
        var before = DayReader.RULES.before(name, sentence.plain(), match.start());
        var after = DayReader.RULES.after(name, sentence.plain(), match.end());
        if (before.find() && sentence.isFree(before.start(), match.start())) {
          return span(before.start(), match.end(), new Day(beside, beside, day.bound()));
        }
        if (after.lookingAt()) {
          return span(match.start(), after.end(), new Day(beside, beside, day.bound()));
        }
      }
    }
    return span(match.start(), match.end(), meaning);
  }

  private MeaningSpan span(int start, int end, Meaning meaning) {
    sentence.claim(start, end);
    return new MeaningSpan(start, end, meaning);
  }

  private Meaning bounded(Meaning meaning, Matcher match) {
    if (meaning instanceof InvalidDay bad) {
      // The question quotes the principal's own spelling.
      var words = sentence.original().substring(match.start(), match.end()).strip();
      return new InvalidDay(bad.reason(), bad.words().equals(match.group()) ? words : bad.words());
    }
    if (!(meaning instanceof Day day)) {
      return meaning;
    }
    return new Day(day.first(), day.last(), bound(match));
  }

  private Bound bound(Matcher match) {
    return stands("by", match) ? Bound.BY : stands("until", match) ? Bound.UNTIL : Bound.ON;
  }

  private boolean stands(String name, Matcher match) {
    return DayReader.RULES.precedes(name, sentence.plain(), match.start())
        || DayReader.RULES.follows(name, sentence.plain(), match.end());
  }

  private List<MeaningSpan> withRanges() {
    Collections.sort(spans);
    var joined = new ArrayList<MeaningSpan>();
    for (var each : spans) {
      var last = joined.isEmpty() ? null : joined.getLast();
      var span = last == null ? each : afterMonthEnd(last, each);
      if (last != null
          && last.meaning() instanceof Day from
          && span.meaning() instanceof Day to
          && to.first().isAfter(from.first())
          && connects(last, span)) {
        joined.removeLast();
        joined.add(
            new MeaningSpan(last.start(), span.end(), new Day(from.first(), to.last(), Bound.ON)));
      } else {
        joined.add(span);
      }
    }
    joined.removeIf(span -> isNamedIn(span, joined) || isWeekendBesideDates(span, joined));
    return joined;
  }

  /** In "from the 24th to the 2nd" the last day is that of the month after the first. */
  private MeaningSpan afterMonthEnd(MeaningSpan last, MeaningSpan next) {
    return last.meaning() instanceof Day from
            && next.meaning() instanceof Day to
            && to.first().isBefore(from.first())
            && DAY_OF_MONTH.matcher(words(next)).matches()
            && connects(last, next)
        ? next.with(new Day(to.first().plusMonths(1), to.last().plusMonths(1), to.bound()))
        : next;
  }

  /** Returns whether a date says which weekend it is: "a weekend trip, December 12 and 13". */
  private boolean isWeekendBesideDates(MeaningSpan span, List<MeaningSpan> all) {
    return WEEKEND.matcher(words(span)).matches()
        && all.stream()
            .filter(other -> !other.equals(span) && other.meaning() instanceof Day)
            .anyMatch(other -> DATE.matcher(words(other)).matches());
  }

  private String words(MeaningSpan span) {
    return sentence.plain().substring(span.start(), span.end());
  }

  /**
   * Returns whether the day only names the days of a range: "Christmas, from the 24th to the 27th".
   */
  private boolean isNamedIn(MeaningSpan span, List<MeaningSpan> all) {
    return span.meaning() instanceof Day feast
        && feast.first().equals(feast.last())
        && DayReader.RULES.occurs("named", words(span))
        && all.stream()
            .anyMatch(
                other ->
                    other.meaning() instanceof Day range
                        && range.last().isAfter(range.first())
                        && !feast.first().isBefore(range.first())
                        && !feast.first().isAfter(range.last()));
  }

  private boolean connects(MeaningSpan last, MeaningSpan next) {
    var between = sentence.plain().substring(last.end(), next.start());
    return DayReader.RULES.after("to", between, 0).matches()
        && (!between.contains("and")
            || sentence.plain().substring(0, last.start()).endsWith("between "));
  }
}
