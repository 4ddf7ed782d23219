package org.actsandbox.protocol.http;

/**
 * Takes the work that a request starts. The work begins after the answer is in the journal and
 * before the caller has the answer. So the journal has the request before its consequences, and a
 * caller with the answer finds the work begun.
 */
public interface FollowUpTasks {

  /**
   * Runs the work exactly once, even if the caller is gone. It runs on a thread that must not wait,
   * so it may only start a thread or give a signal.
   */
  void run(Runnable work);
}
