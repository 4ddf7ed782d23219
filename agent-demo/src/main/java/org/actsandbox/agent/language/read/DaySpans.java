package org.actsandbox.agent.language.read;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.Clarification;
import org.actsandbox.agent.language.read.Meaning.Day;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.text.Sentence;
import org.jspecify.annotations.Nullable;

/** Collects the days found so far in one sentence, read as of one date. */
final class DaySpans {

  private final Sentence sentence;
  private final LocalDate today;
  private static final Pattern DENIED =
      Pattern.compile(
          "(?:不是|不要|别|不去|不在|不能|\\b(?:not|instead of|rather than|anything but|except(?: for)?|can't do|cannot do)(?: on)?)\\s*$");
  private static final Pattern DAY_BEFORE =
      Pattern.compile("\\b(?:the )?(?:day|night|evening) (before|after) (?:the )?$");
  private static final Pattern LEAVES_BEFORE =
      Pattern.compile(
          "(?:前一[天日]|提前一?[天日]|头一?天)((?:晚上|下午|早上|上午|中午)?(?:就|再|要)?(?:走|出发|去|到|动身|过去)(?!也))");
  private static final Pattern DAY_AFTERWARDS =
      Pattern.compile("^的?(?:(前一[天晚日]|前[夜夕])|(后一[天日]|第二天|次日))");

  private final List<MeaningSpan> meaningSpans = new ArrayList<>();
  private @Nullable LocalDate deniedDay;

  DaySpans(Sentence sentence, LocalDate today) {
    this.sentence = sentence;
    this.today = today;
  }

  /** Reads the meaning of a match; it returns null when the match is something else. */
  interface Rule {
    @Nullable Meaning read(Matcher match);
  }

  Sentence sentence() {
    return sentence;
  }

  LocalDate today() {
    return today;
  }

  /** Moves the day of an event to the day before, when the traveller leaves then: 周日结婚，前一天走. */
  private void moveToDayBefore() {
    var match = LEAVES_BEFORE.matcher(sentence.plain());
    if (!match.find()) {
      return;
    }
    meaningSpans.stream()
        .filter(span -> span.end() <= match.start() && span.meaning() instanceof Day)
        .max(Comparator.comparingInt(MeaningSpan::end))
        .ifPresent(
            span -> {
              var day = ((Day) span.meaning()).first().minusDays(1);
              sentence.claim(match.start(), match.start(1));
              meaningSpans.set(
                  meaningSpans.indexOf(span),
                  new MeaningSpan(span.start(), span.end(), Day.on(day)));
            });
  }

  /** Returns the days; days that form a range become one. */
  List<MeaningSpan> joined() {
    moveToDayBefore();
    return DayRanges.join(sentence.plain(), meaningSpans);
  }

  void claimDays(Pattern pattern, Rule rule) {
    sentence.claimMatches(
        pattern,
        match -> {
          var meaning = rule.read(match);
          if (meaning == null) {
            return false;
          }
          if (meaning instanceof Day day && isDenied(match)) {
            deniedDay = day.first();
            return true;
          }
          meaningSpans.add(shifted(match, bounded(meaning, match)));
          return true;
        });
  }

  /** Adds the first day of this pattern although other words may have claimed its place. */
  void addFirst(Pattern pattern, Function<Matcher, Meaning> reading) {
    var match = pattern.matcher(sentence.plain());
    if (match.find()) {
      meaningSpans.add(new MeaningSpan(match.start(), match.end(), reading.apply(match)));
    }
  }

  /** Returns the last day that stands before this place of the sentence. */
  Optional<LocalDate> dayBefore(int start) {
    return meaningSpans.stream()
        .filter(span -> span.end() <= start && span.meaning() instanceof Day)
        .max(Comparator.comparingInt(MeaningSpan::end))
        .map(span -> ((Day) span.meaning()).last());
  }

  boolean isEmpty() {
    return meaningSpans.isEmpty();
  }

  /** Returns the day that the sentence rejects, if there is one. */
  Optional<LocalDate> deniedDay() {
    return Optional.ofNullable(deniedDay);
  }

  private boolean isDenied(Matcher match) {
    var before = sentence.plain().substring(Math.max(0, match.start() - 24), match.start());
    return DENIED.matcher(before).find();
  }

  /** Reads a day beside a named one: 春节前一天, "the day before Christmas". */
  private MeaningSpan shifted(Matcher match, Meaning meaning) {
    if (!(meaning instanceof Day day)) {
      return new MeaningSpan(match.start(), match.end(), meaning);
    }
    var text = sentence.plain();
    var before = DAY_BEFORE.matcher(text).region(0, match.start());
    var after = DAY_AFTERWARDS.matcher(text).region(match.end(), text.length());
    int shift = 0;
    int start = match.start();
    int end = match.end();
    if (before.find() && sentence.isFree(before.start(), match.start())) {
      shift = before.group(1).equals("before") ? -1 : 1;
      start = before.start();
    } else if (after.lookingAt()) {
      shift = after.group(1) != null ? -1 : 1;
      end = after.end();
    }
    sentence.claim(start, end);
    return new MeaningSpan(
        start,
        end,
        shift == 0
            ? day
            : new Day(day.first().plusDays(shift), day.first().plusDays(shift), day.bound()));
  }

  private Meaning bounded(Meaning meaning, Matcher match) {
    if (meaning instanceof Meaning.InvalidDay bad) {
      // The question quotes the principal's own spelling.
      var words = sentence.original().substring(match.start(), match.end()).strip();
      return bad.words().equals(match.group().strip())
          ? new Meaning.InvalidDay(bad.reason(), words)
          : bad;
    }
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

  Meaning validDay(int year, int month, int day, Matcher match) {
    try {
      return notPast(LocalDate.of(year, month, day), match);
    } catch (DateTimeException noSuchDay) {
      return new Meaning.InvalidDay(Clarification.Reason.IMPOSSIBLE, match.group().strip());
    }
  }

  Meaning notPast(LocalDate day, Matcher match) {
    return day.isBefore(today)
        ? new Meaning.InvalidDay(Clarification.Reason.PAST, match.group().strip())
        : Day.on(day);
  }
}
