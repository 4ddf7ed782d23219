package org.actsandbox.agent.language.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.actsandbox.agent.language.read.Meaning.Unit;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.text.ScriptedPattern;
import org.actsandbox.protocol.vocabulary.WordLists;
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
  public static final List<CountRule> ALL = read();

  private static final Set<String> OF_NUMBERS = Set.of("n", "n+1", "n+2", "2n", "sum");

  /** Returns whether the rule counts nothing in a sentence without a number. */
  boolean needsNumber() {
    return OF_NUMBERS.contains(number);
  }

  private static List<CountRule> read() {
    var rules = new ArrayList<CountRule>();
    var parts = new HashMap<String, String>();
    parts.put("{n}", "(" + Numerals.NUMBER + ")");
    for (var line : WordLists.lines(CountRule.class, "counts.txt")) {
      var field = line.split(" \\| ", -1);
      boolean isPart = field[0].equals("part");
      if (field.length != (isPart ? 3 : 5)) {
        throw new IllegalStateException(
            "counts.txt: five fields expected, three for a part: " + line);
      }
      if (isPart) {
        parts.put("{" + field[1] + "}", field[2]);
      } else {
        rules.add(of(field, parts));
      }
    }
    return List.copyOf(rules);
  }

  private static CountRule of(String[] field, Map<String, String> parts) {
    var regex = field[2];
    for (var part : parts.entrySet()) {
      regex = regex.replace(part.getKey(), part.getValue());
    }
    return new CountRule(
        field[0].equals("-") ? null : Unit.valueOf(field[0].toUpperCase(Locale.ROOT)),
        field[1],
        ScriptedPattern.of(regex),
        field[3],
        field[4].equals("-") ? null : Integer.valueOf(field[4]));
  }
}
