package org.actsandbox.scenarios.engine.value;

import org.jspecify.annotations.Nullable;

/**
 * Says that a step could not be played at all, for example because there is no offer to choose, no
 * payment waits at the cashier, or no answer came.
 */
public final class UnplayableStep extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnplayableStep(String message) {
    this(message, null);
  }

  public UnplayableStep(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
