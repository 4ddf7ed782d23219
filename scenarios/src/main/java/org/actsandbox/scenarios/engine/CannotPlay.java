package org.actsandbox.scenarios.engine;

import org.jspecify.annotations.Nullable;

/** A step could not be done at all: nothing to choose from, nobody at the cashier, no answer. */
public final class CannotPlay extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CannotPlay(String message) {
    this(message, null);
  }

  public CannotPlay(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
