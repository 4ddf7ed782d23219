package org.actsandbox.agent.watch;

/** Somebody else moved the watch between reading and writing it; whoever was late does nothing. */
final class StaleWatchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StaleWatchException(String watchId, WatchState from) {
    super("watch %s is not %s any more".formatted(watchId, from.code()), null, false, false);
  }
}
