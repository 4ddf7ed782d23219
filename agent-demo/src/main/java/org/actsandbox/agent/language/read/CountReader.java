package org.actsandbox.agent.language.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.actsandbox.agent.language.read.Meaning.Count;
import org.actsandbox.agent.language.read.Meaning.Unit;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.text.ScriptedPattern;
import org.actsandbox.agent.language.text.Sentence;

/** Finds counts by the rules of {@link CountRule}: nights, people, tickets, rooms, pieces. */
final class CountReader {

  private static final Pattern NUMBER = Pattern.compile(Numerals.NUMBER);

  private static final Pattern TOTAL = Pattern.compile(Numerals.NUMBER + "(?:个?人|位)");

  /** Three tickets, one of them by the window (其中一张靠窗), are three. */
  private static final Pattern PART =
      Pattern.compile("(?:其中|当中)(?:的|有|要)?$|\\b(?:of (?:them|which|those)|including),? $");

  private final Sentence sentence;
  private final List<MeaningSpan> meaningSpans = new ArrayList<>();
  private boolean oneRoomEach;

  private CountReader(Sentence sentence) {
    this.sentence = sentence;
  }

  static List<MeaningSpan> read(Sentence sentence) {
    var reader = new CountReader(sentence);
    var text = ScriptedPattern.Text.of(sentence.plain());
    boolean hasNumber = NUMBER.matcher(sentence.plain()).find();
    for (var rule : CountRule.ALL) {
      if (hasNumber || !rule.needsNumber()) {
        rule.pattern().in(text).ifPresent(pattern -> reader.claim(rule, pattern));
      }
    }
    reader.withoutPartsOfTotal();
    return reader.meaningSpans;
  }

  private void claim(CountRule rule, Pattern pattern) {
    if (rule.number().equals("each")) {
      claimEach(pattern);
    } else {
      sentence.claimMatches(pattern, match -> apply(rule, match));
    }
  }

  /**
   * A room for each person is a number only together with the people. Its words may have been read
   * before: "a room each".
   */
  private void claimEach(Pattern pattern) {
    var matcher = pattern.matcher(sentence.plain());
    while (matcher.find()) {
      oneRoomEach = true;
      sentence.claim(matcher.start(), matcher.end());
    }
  }

  private boolean apply(CountRule rule, Matcher match) {
    var numbers =
        IntStream.rangeClosed(1, match.groupCount())
            .mapToObj(match::group)
            .filter(Objects::nonNull)
            .map(Numerals::whole)
            .toList();
    var first = numbers.isEmpty() ? Optional.<Integer>empty() : numbers.getFirst();
    int sum = numbers.stream().mapToInt(number -> number.orElse(0)).sum();
    return switch (rule.number()) {
      case "-" -> true;
      case "n" -> first.isPresent() && !isPart(match) && add(rule, match, first.get());
      case "n+1" -> first.isPresent() && add(rule, match, first.get() + 1);
      case "n+2" -> first.isPresent() && add(rule, match, first.get() + 2);
      case "2n" -> first.isPresent() && add(rule, match, 2 * first.get());
      case "sum" -> sum > 0 && add(rule, match, sum);
      case "2 alone" -> meaningSpans.isEmpty() && add(rule, match, 2);
      default -> add(rule, match, Integer.parseInt(rule.number()));
    };
  }

  private boolean isPart(Matcher match) {
    return PART.matcher(sentence.plain().substring(0, match.start())).find();
  }

  private boolean add(CountRule rule, Matcher match, int number) {
    if (rule.unit() == null) {
      throw new IllegalStateException("counts.txt has a number without a unit: " + rule);
    }
    return meaningSpans.add(span(match.start(), match.end(), rule.unit(), number));
  }

  private static MeaningSpan span(int start, int end, Unit unit, int number) {
    return new MeaningSpan(start, end, new Count(unit, number));
  }

  /** The number of all people wins over the ones who were named: 带娃和我爸妈，四个人. */
  private void withoutPartsOfTotal() {
    var total =
        meaningSpans.stream()
            .filter(span -> isPeople(span) && isTotal(span))
            .reduce((_, last) -> last);
    total.ifPresent(all -> meaningSpans.removeIf(span -> isPeople(span) && !span.equals(all)));
    if (oneRoomEach) {
      meaningSpans.stream()
          .filter(CountReader::isPeople)
          .findFirst()
          .map(all -> span(all.start(), all.end(), Unit.ROOMS, ((Count) all.meaning()).number()))
          .ifPresent(meaningSpans::add);
    }
  }

  private static boolean isPeople(MeaningSpan span) {
    return span.meaning() instanceof Count count && count.unit() == Unit.PEOPLE;
  }

  /** Returns whether the words are a plain number of more than one: 四个人, but not 两大一小. */
  private boolean isTotal(MeaningSpan span) {
    return ((Count) span.meaning()).number() > 1
        && TOTAL.matcher(sentence.plain().substring(span.start(), span.end())).matches();
  }
}
