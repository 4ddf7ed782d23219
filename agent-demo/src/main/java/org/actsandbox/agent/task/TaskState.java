package org.actsandbox.agent.task;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.actsandbox.protocol.journal.JournalEvent;

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

  /** Returns the event that the agent notes when a task comes into this state. */
  JournalEvent event() {
    return switch (this) {
      case ASKED -> JournalEvent.TASK_ASKED;
      case FUNDING -> JournalEvent.TASK_FUNDING;
      case WORKING -> JournalEvent.TASK_WORKING;
      case PAUSED -> JournalEvent.TASK_PAUSED;
      case DONE -> JournalEvent.TASK_DONE;
      case PARTIAL -> JournalEvent.TASK_PARTIAL;
      case ENDED -> JournalEvent.TASK_ENDED;
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
