package org.actsandbox.agent.purchase;

/** The turn was told to stop: the principal cancelled, or the process ends. */
public final class TurnStoppedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public TurnStoppedException() {
    super("stopped", null, false, false);
  }
}
