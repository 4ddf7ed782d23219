package org.actsandbox.web.console.grades;

import org.actsandbox.scenarios.mission.run.ReasonKind;
import org.actsandbox.web.console.words.PageText;

/** Says in the reader's language why a mission did not pass. */
final class ReasonText {

  private ReasonText() {}

  /** Returns the sentence; one that is of no kind stays as the grade has it. */
  static String of(PageText words, String reason) {
    return ReasonKind.find(reason)
        .map(found -> words.say("grades.reason." + found.kind().code(), found.details().toArray()))
        .orElse(reason);
  }
}
