package org.actsandbox.agent.watch;

/**
 * Says that another thread moved the watch between reading and writing it, so that this change is
 * dropped.
 */
final class StaleWatchException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StaleWatchException(String watchId, WatchState from) {
    super("watch %s is not %s any more".formatted(watchId, from.code()), null, false, false);
  }
}
