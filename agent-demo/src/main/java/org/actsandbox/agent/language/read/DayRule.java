package org.actsandbox.agent.language.read;

import java.util.List;
import org.actsandbox.agent.language.text.ScriptedPattern;

/**
 * Represents one line of {@code days.txt}.
 *
 * @param kind the first word of the day: {@code weekday}, {@code +1}; the file says them all
 * @param which its second word; empty if there is none
 * @param example a sentence with this day, which runs as a test
 * @param day the day of the example
 */
public record DayRule(
    String kind, String which, ScriptedPattern pattern, String example, String day) {

  /** The rules in their order; the first one that matches a stretch claims it. */
  public static final List<DayRule> ALL =
      RuleLines.read("days.txt", 4, 1).stream().map(DayRule::of).toList();

  private static DayRule of(RuleLines.Line line) {
    var words = line.field(0).split(" ", 2);
    return new DayRule(
        words[0], words.length == 1 ? "" : words[1], line.pattern(), line.field(2), line.field(3));
  }

  /** Returns whether the rule counts from the day of an earlier sentence or a rejected one. */
  public boolean isShift() {
    return kind.equals("shift");
  }
}
