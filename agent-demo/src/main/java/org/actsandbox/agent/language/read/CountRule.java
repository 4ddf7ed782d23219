package org.actsandbox.agent.language.read;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.actsandbox.agent.language.read.Meaning.Unit;
import org.actsandbox.agent.language.text.ScriptedPattern;
import org.jspecify.annotations.Nullable;

/**
 * Represents one line of {@code counts.txt}.
 *
 * @param unit what is counted; absent if the rule only takes a stretch that counts nothing
 * @param number how the count follows from the numbers of the match; the file says it
 * @param example a sentence with this count, which runs as a test
 * @param count the count of the example; absent if nothing is counted
 */
public record CountRule(
    @Nullable Unit unit,
    String number,
    ScriptedPattern pattern,
    String example,
    @Nullable Integer count) {

  /** The rules in their order; the first one that matches a stretch claims it. */
  public static final List<CountRule> ALL =
      RuleLines.read("counts.txt", 5, 2).stream().map(CountRule::of).toList();

  private static final Set<String> OF_NUMBERS = Set.of("n", "n+1", "n+2", "2n", "sum");

  /** Returns whether the rule counts nothing in a sentence without a number. */
  boolean needsNumber() {
    return OF_NUMBERS.contains(number);
  }

  private static CountRule of(RuleLines.Line line) {
    return new CountRule(
        line.field(0).equals("-") ? null : Unit.valueOf(line.field(0).toUpperCase(Locale.ROOT)),
        line.field(1),
        line.pattern(),
        line.field(3),
        line.field(4).equals("-") ? null : Integer.valueOf(line.field(4)));
  }
}
