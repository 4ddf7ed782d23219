package org.actsandbox.agent.wire;

/** Ends a turn that was told to stop, because the principal cancelled or the process ends. */
public final class TurnStoppedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public TurnStoppedException() {
    super("stopped", null, false, false);
  }
}
