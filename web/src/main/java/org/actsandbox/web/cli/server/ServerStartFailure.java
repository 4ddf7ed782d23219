package org.actsandbox.web.cli.server;

import org.actsandbox.sandbox.database.StartupFailure;
import org.jspecify.annotations.Nullable;

/**
 * Says why a command cannot start or use a server; the message is the one line that the user sees,
 * with what to do.
 */
public final class ServerStartFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  public ServerStartFailure(String message, @Nullable Throwable cause) {
    this(message, cause, ExitCodes.USAGE);
  }

  private ServerStartFailure(String message, @Nullable Throwable cause, int exitCode) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }

  /**
   * Turns a failure that the user can correct into one line; returns any other failure unchanged.
   */
  public static RuntimeException explained(RuntimeException failure) {
    return StartupFailure.behind(failure)
        .<RuntimeException>map(
            known -> new ServerStartFailure(known.oneLine(), failure, known.exitCode()))
        .orElse(failure);
  }
}
