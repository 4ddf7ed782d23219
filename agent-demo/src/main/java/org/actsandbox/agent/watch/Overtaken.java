package org.actsandbox.agent.watch;

/** Somebody else moved the watch between reading and writing it; whoever was late does nothing. */
final class Overtaken extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Overtaken(String watchId, WatchState from) {
    super("watch %s is not %s any more".formatted(watchId, from.code()), null, false, false);
  }
}
