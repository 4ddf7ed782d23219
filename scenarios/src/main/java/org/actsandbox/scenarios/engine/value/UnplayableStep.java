package org.actsandbox.scenarios.engine.value;

import org.jspecify.annotations.Nullable;

/** A step could not be done at all: nothing to choose from, nobody at the cashier, no answer. */
public final class UnplayableStep extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnplayableStep(String message) {
    this(message, null);
  }

  public UnplayableStep(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
