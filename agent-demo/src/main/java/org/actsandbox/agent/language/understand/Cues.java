package org.actsandbox.agent.language.understand;

import org.actsandbox.agent.language.read.RuleFile;

/** Holds the words by which the readers of this package know what a sentence is about. */
final class Cues {

  static final RuleFile KNOWN =
      RuleFile.of(Cues.class, "talk.txt", "choices.txt", "changes.txt", "wishes.txt");

  private Cues() {}
}
