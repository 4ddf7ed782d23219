package org.actsandbox.scenarios.mission.run;

import java.util.Locale;

/** Says what came of one mission. */
public enum MissionVerdict {
  PASSED,
  FAILED,
  /**
   * The agent was not done when its time was over. It is not passed, even if the world is as it
   * must be.
   */
  UNFINISHED,
  /**
   * The sandbox broke, or the provider of the model under test. It counts neither for nor against
   * the agent.
   */
  INFRASTRUCTURE,
  /** A limit of the whole run was reached before it began. */
  NOT_PLAYED;

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static MissionVerdict of(String code) {
    return valueOf(code.toUpperCase(Locale.ROOT));
  }

  /** Tells whether it counts in the grade. */
  public boolean counts() {
    return this != INFRASTRUCTURE && this != NOT_PLAYED;
  }
}
