package org.actsandbox.agent.language.read;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.Clarification;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.text.Sentence;
import org.jspecify.annotations.Nullable;

/** The days found so far in one sentence, as of one day. */
final class DaySpans {

  private final Sentence sentence;
  private final LocalDate today;
  private final List<MeaningSpan> meaningSpans = new ArrayList<>();

  DaySpans(Sentence sentence, LocalDate today) {
    this.sentence = sentence;
    this.today = today;
  }

  /** What a match means; null when it is something else after all. */
  interface Rule {
    @Nullable Meaning read(Matcher match);
  }

  Sentence sentence() {
    return sentence;
  }

  LocalDate today() {
    return today;
  }

  /** Days that stand side by side as a range are one. */
  List<MeaningSpan> joined() {
    return DayRanges.join(sentence.plain(), meaningSpans);
  }

  void on(Pattern pattern, Rule rule) {
    sentence.claimMatches(
        pattern,
        match -> {
          var meaning = rule.read(match);
          if (meaning == null) {
            return false;
          }
          meaningSpans.add(new MeaningSpan(match.start(), match.end(), bounded(meaning, match)));
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

  static int number(Matcher match, int group) {
    return Numerals.whole(match.group(group)).orElse(-1);
  }

  Meaning exact(int year, int month, int day, Matcher match) {
    try {
      return notPast(LocalDate.of(year, month, day), match);
    } catch (DateTimeException noSuchDay) {
      return new Meaning.InvalidDay(Clarification.Reason.IMPOSSIBLE, match.group().strip());
    }
  }

  Meaning notPast(LocalDate day, Matcher match) {
    return day.isBefore(today) ? new Meaning.InvalidDay(Clarification.Reason.PAST, match.group().strip()) : Day.on(day);
  }
}
