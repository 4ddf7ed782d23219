package org.actsandbox.agent.language.understand;

import java.util.List;
import org.actsandbox.agent.language.read.RuleFile;
import org.actsandbox.agent.language.read.RuleFile.Rule;
import org.actsandbox.agent.language.text.ScriptedPattern;

/** Holds the words by which the readers of this package know what a sentence is about. */
final class Cues {

  static final RuleFile KNOWN =
      RuleFile.of(Cues.class, "talk.txt", "choices.txt", "changes.txt", "wishes.txt");

  private Cues() {}

  /** Returns the arguments of the lines of a kind whose words are in the text, in their order. */
  static List<String> found(String kind, String text) {
    var searched = ScriptedPattern.Text.of(text);
    return KNOWN.lines().stream()
        .filter(line -> line.kind().equals(kind) && line.pattern().isFoundIn(searched))
        .map(Rule::argument)
        .toList();
  }
}
