package org.actsandbox.protocol.http;

/**
 * Where an endpoint leaves what its request sets going: it starts when the answer has been written
 * down, and before the caller can have it. So the journal tells the request before its
 * consequences, and whoever has the answer finds them begun.
 */
public interface FollowUpTasks {

  /**
   * Runs exactly once, also when the caller is gone. On a thread that must not wait: start a
   * thread, give a signal, no more.
   */
  void run(Runnable work);
}
