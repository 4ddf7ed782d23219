package org.actsandbox.agent.task;

/** Somebody else moved the task between reading and writing it; whoever was late does nothing. */
final class StaleTaskException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StaleTaskException(String taskId) {
    super("task %s was moved by somebody else".formatted(taskId), null, false, false);
  }
}
