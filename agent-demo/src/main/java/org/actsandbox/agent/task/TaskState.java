package org.actsandbox.agent.task;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** How far a task is. */
public enum TaskState {
  /** The principal has not decided about the authority. */
  ASKED,
  /** There is no sub-account of this agent with money in it. */
  FUNDING,
  WORKING,
  /** Something the principal can mend stands in the way. */
  PAUSED,
  /** Everything was delivered. */
  DONE,
  /** Some of it was delivered. */
  PARTIAL,
  /** Nothing was delivered. */
  ENDED;

  /** The whole lifecycle: a move not listed here is refused. */
  Set<TaskState> successors() {
    return switch (this) {
      case ASKED -> EnumSet.of(FUNDING, ENDED);
      case FUNDING -> EnumSet.of(WORKING, ENDED);
      case WORKING -> EnumSet.of(PAUSED, DONE, PARTIAL, ENDED);
      case PAUSED -> EnumSet.of(WORKING, PARTIAL, ENDED);
      case DONE, PARTIAL, ENDED -> EnumSet.noneOf(TaskState.class);
    };
  }

  public boolean isFinal() {
    return successors().isEmpty();
  }

  @JsonValue
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
