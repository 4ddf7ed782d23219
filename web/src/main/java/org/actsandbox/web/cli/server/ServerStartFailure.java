package org.actsandbox.web.cli.server;

import org.jspecify.annotations.Nullable;

/** The server cannot start here; the message is the one line the user sees, with what to do. */
public final class ServerStartFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ServerStartFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
