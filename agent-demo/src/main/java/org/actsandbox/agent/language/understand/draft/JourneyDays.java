package org.actsandbox.agent.language.understand.draft;

import java.time.Period;
import java.util.List;
import java.util.stream.Collectors;
import org.actsandbox.agent.language.Clarification.Reason;
import org.actsandbox.agent.language.read.Meaning;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.read.Meaning.Hours;
import org.actsandbox.agent.language.read.MeaningSpan;
import org.actsandbox.agent.language.text.Sentence;
import org.jspecify.annotations.Nullable;

/** Reads on which day a journey is: one day, one of several, or a journey on each of them. */
final class JourneyDays {

  private static final int ADJACENT_CHARS = 3;
  private final Sentence sentence;
  private final DraftFindings findings;
  private final TrainDraft draft;
  private final List<MeaningSpan> days;
  private final List<MeaningSpan> hourSpans;

  JourneyDays(Segment segment, Sentence sentence, DraftFindings findings, TrainDraft draft) {
    this.sentence = sentence;
    this.findings = findings;
    this.draft = draft;
    this.days = spans(segment, Day.class);
    this.hourSpans = spans(segment, Hours.class);
  }

  /**
   * Returns after which time a day that is told by its name comes again; null for a day that comes
   * once.
   */
  static @Nullable Period recurrence(String words) {
    if (words.matches("(?:周|星期|礼拜).|(?:on )?(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*")) {
      return Period.ofWeeks(1);
    }
    return words.matches("\\D{0,7}\\d{1,2}(?:st|nd|rd|th|号|日)") ? Period.ofMonths(1) : null;
  }

  private static List<MeaningSpan> spans(Segment segment, Class<? extends Meaning> type) {
    return segment.spans.stream().filter(span -> type.isInstance(span.meaning())).toList();
  }

  /** Fills the days of the journey. */
  void fill() {
    for (var span : days) {
      if (span.meaning() instanceof Day day) {
        date(day, span);
      }
    }
  }

  private void date(Day day, MeaningSpan span) {
    var current = draft.date;
    if (current == null) {
      draft.date = day.first();
      draft.recurrence = recurrence(span.in(sentence.plain()));
      draft.latestDate = day.last().equals(day.first()) ? null : day.last();
      return;
    }
    if (!draft.round && !draft.back && isOneEach() && day.first().equals(day.last())) {
      draft.otherDays.add(day.first());
      return;
    }
    if (draft.round && !day.first().isBefore(current)) {
      draft.latestDate = day.first();
      return;
    }
    if (current.equals(day.first())) {
      return;
    }
    if (isChoiceOfDays(span)
        && day.first()
            .equals(
                draft.latestDate == null ? current.plusDays(1) : draft.latestDate.plusDays(1))) {
      if (hasHoursOfItsOwn(span)) {
        findings.ask("date", Reason.AMBIGUOUS, current + " / " + day.first());
      }
      draft.latestDate = day.first();
      return;
    }
    boolean sameWeekday = current.getDayOfWeek() == day.first().getDayOfWeek();
    if (adjacent(span) && sameWeekday) {
      draft.date = current.isAfter(day.first()) ? current : day.first();
    } else {
      findings.ask(
          "date",
          adjacent(span) ? Reason.CONTRADICTORY : Reason.AMBIGUOUS,
          current + " / " + day.first());
    }
  }

  /** Asks for one of several times that each have tickets of their own: 早上和晚上各一张. */
  void askWhichHours() {
    if (hourSpans.size() > 1 && isOneEach() && draft.otherDays.isEmpty()) {
      findings.ask(
          "time",
          Reason.AMBIGUOUS,
          hourSpans.stream()
              .map(span -> sentence.original().substring(span.start(), span.end()))
              .collect(Collectors.joining(" / ")));
    }
  }

  private boolean isOneEach() {
    return Details.KNOWN.occurs("one each", sentence.plain());
  }

  /** Returns whether each day has hours of its own: "Sunday evening or Monday morning". */
  private boolean hasHoursOfItsOwn(MeaningSpan day) {
    var first = days.getFirst();
    return hourSpans.stream().anyMatch(h -> h.start() >= first.end() && h.end() <= day.start())
        && hourSpans.stream().anyMatch(h -> h.start() >= day.end());
  }

  /** Returns whether the day is a further possible day: "Wednesday or Thursday". */
  private boolean isChoiceOfDays(MeaningSpan span) {
    var before = sentence.plain().substring(0, span.start());
    var after = sentence.plain().substring(span.end());
    return Details.KNOWN.precedes("further day", before, before.length())
        || Details.KNOWN.follows("further day", after, 0)
        || ((before.matches(".*[,，、] ?$") || adjacent(span))
            && Details.KNOWN.occurs("or later", after));
  }

  private boolean adjacent(MeaningSpan span) {
    return days.stream()
        .anyMatch(
            d ->
                !d.equals(span)
                    && d.end() <= span.start()
                    && span.start() - d.end() <= ADJACENT_CHARS);
  }
}
