package org.actsandbox.agent.language.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.actsandbox.agent.language.text.Numerals;
import org.actsandbox.agent.language.text.ScriptedPattern;
import org.actsandbox.protocol.vocabulary.WordLists;

/**
 * Reads files of rules, one a line, whose fields a bar separates. In their expressions {@code {n}}
 * stands for a number, and the name of a line {@code part | name | expression} for that expression.
 */
final class RuleLines {

  private RuleLines() {}

  /** Represents one line that is a rule. */
  record Line(List<String> fields, ScriptedPattern pattern) {

    String field(int index) {
      return fields.get(index);
    }
  }

  /**
   * Returns the rules in their order.
   *
   * @param count how many fields a rule has
   * @param expression the index of the field with the regular expression
   */
  static List<Line> read(String name, int count, int expression) {
    var rules = new ArrayList<Line>();
    var parts = new LinkedHashMap<String, String>();
    parts.put("{n}", "(" + Numerals.NUMBER + ")");
    for (var line : WordLists.lines(RuleLines.class, name)) {
      var fields = List.of(line.split(" \\| ", -1));
      boolean isPart = fields.getFirst().equals("part");
      if (fields.size() != (isPart ? 3 : count)) {
        throw new IllegalStateException(
            "%s: %d fields expected, three for a part: %s".formatted(name, count, line));
      }
      if (isPart) {
        parts.put("{" + fields.get(1) + "}", fields.get(2));
      } else {
        var regex = fields.get(expression);
        for (var part : parts.entrySet()) {
          regex = regex.replace(part.getKey(), part.getValue());
        }
        rules.add(new Line(fields, ScriptedPattern.of(regex)));
      }
    }
    return List.copyOf(rules);
  }
}
