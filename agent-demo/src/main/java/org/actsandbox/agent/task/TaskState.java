package org.actsandbox.agent.task;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The states of a task. */
public enum TaskState {
  /** The principal has not decided about the authority. */
  ASKED,
  /** The agent has no sub-account with money yet. */
  FUNDING,
  WORKING,
  /** An obstacle stands in the way that the principal can remove. */
  PAUSED,
  /** All steps are delivered. */
  DONE,
  /** Some of the steps are delivered. */
  PARTIAL,
  /** No step is delivered. */
  ENDED;

  /** The whole lifecycle: a move that is not listed here is refused. */
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
