package org.actsandbox.web.cli;

import org.actsandbox.sandbox.database.StartupFailure;
import org.jspecify.annotations.Nullable;

/** The server cannot start here; the message is the one line the user sees, with what to do. */
final class CannotStart extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CannotStart(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** What the user can do something about becomes one line; bugs stay bugs. */
  static RuntimeException explained(RuntimeException failure) {
    return StartupFailure.behind(failure)
        .<RuntimeException>map(known -> new CannotStart(known.oneLine(), failure))
        .orElse(failure);
  }
}
