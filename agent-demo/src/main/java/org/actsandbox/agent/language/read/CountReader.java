package org.actsandbox.agent.language.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.read.Meaning.Count;
import org.actsandbox.agent.language.read.Meaning.Unit;
import org.actsandbox.agent.language.read.RuleFile.Rule;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.text.Sentence;

/** Finds counts by the rules of {@code counts.txt}: nights, people, tickets, rooms, pieces. */
final class CountReader {

  private static final RuleFile RULES = RuleFile.of("counts.txt");

  /** Arguments of rules that count nothing in a sentence without a number. */
  private static final Set<String> OF_NUMBERS = Set.of("n", "n+1", "n+2", "2n", "sum");

  private static final Pattern NUMBER = Pattern.compile(Numerals.NUMBER);

  private static final Pattern TOTAL = Pattern.compile(Numerals.NUMBER + "(?:个?人|位)");

  private final Sentence sentence;
  private final List<MeaningSpan> spans = new ArrayList<>();
  private boolean oneRoomEach;

  private CountReader(Sentence sentence) {
    this.sentence = sentence;
  }

  static List<MeaningSpan> read(Sentence sentence) {
    var reader = new CountReader(sentence);
    boolean hasNumber = NUMBER.matcher(sentence.plain()).find();
    reader.claimEach();
    RULES.claim(
        sentence, rule -> hasNumber || !OF_NUMBERS.contains(rule.argument()), reader::apply);
    reader.withoutPartsOfTotal();
    return reader.spans;
  }

  /**
   * A room for each person is a number only together with the people. Its words may have been read
   * before: "a room each".
   */
  private void claimEach() {
    var each = RULES.anywhere("room each", sentence.plain());
    while (each.find()) {
      oneRoomEach = true;
      sentence.claim(each.start(), each.end());
    }
  }

  private boolean apply(Rule rule, Matcher match) {
    var numbers = RuleFile.captured(match).stream().map(Numerals::whole).toList();
    var first = numbers.isEmpty() ? Optional.<Integer>empty() : numbers.getFirst();
    int sum = numbers.stream().mapToInt(number -> number.orElse(0)).sum();
    return switch (rule.argument()) {
      case "-" -> true;
      case "n" -> first.isPresent() && !isPart(match) && add(rule, match, first.get());
      case "n+1" -> first.isPresent() && add(rule, match, first.get() + 1);
      case "n+2" -> first.isPresent() && add(rule, match, first.get() + 2);
      case "2n" -> first.isPresent() && add(rule, match, 2 * first.get());
      case "sum" -> sum > 0 && add(rule, match, sum);
      case "2 alone" -> spans.isEmpty() && add(rule, match, 2);
      default -> add(rule, match, Integer.parseInt(rule.argument()));
    };
  }

  private boolean isPart(Matcher match) {
    return RULES.precedes("part of a count", sentence.plain(), match.start());
  }

  private boolean add(Rule rule, Matcher match, int number) {
    var unit = Unit.valueOf(rule.kind().toUpperCase(Locale.ROOT));
    return spans.add(span(match.start(), match.end(), unit, number));
  }

  private static MeaningSpan span(int start, int end, Unit unit, int number) {
    return new MeaningSpan(start, end, new Count(unit, number));
  }

  /** The number of all people wins over the ones who were named: 带娃和我爸妈，四个人. */
  private void withoutPartsOfTotal() {
    var total =
        spans.stream().filter(span -> isPeople(span) && isTotal(span)).reduce((_, last) -> last);
    total.ifPresent(all -> spans.removeIf(span -> isPeople(span) && !span.equals(all)));
    if (oneRoomEach) {
      spans.stream()
          .filter(CountReader::isPeople)
          .findFirst()
          .map(all -> span(all.start(), all.end(), Unit.ROOMS, ((Count) all.meaning()).number()))
          .ifPresent(spans::add);
    }
  }

  private static boolean isPeople(MeaningSpan span) {
    return span.counts(Unit.PEOPLE);
  }

  /** Returns whether the words are a plain number of more than one: 四个人, but not 两大一小. */
  private boolean isTotal(MeaningSpan span) {
    return ((Count) span.meaning()).number() > 1
        && TOTAL.matcher(span.in(sentence.plain())).matches();
  }
}
