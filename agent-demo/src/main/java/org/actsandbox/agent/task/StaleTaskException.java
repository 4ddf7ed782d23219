package org.actsandbox.agent.task;

/**
 * Says that another thread moved the task between reading and writing it, so that this change is
 * dropped.
 */
final class StaleTaskException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StaleTaskException(String taskId) {
    super("task %s was moved meanwhile".formatted(taskId), null, false, false);
  }
}
