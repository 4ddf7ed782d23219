package org.actsandbox.web.cli.server;

import org.actsandbox.sandbox.database.StartupFailure;
import org.jspecify.annotations.Nullable;

/** The server cannot start here; the message is the one line the user sees, with what to do. */
public final class ServerStartFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ServerStartFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** What the user can do something about becomes one line; bugs stay bugs. */
  public static RuntimeException explained(RuntimeException failure) {
    return StartupFailure.behind(failure)
        .<RuntimeException>map(known -> new ServerStartFailure(known.oneLine(), failure))
        .orElse(failure);
  }
}
