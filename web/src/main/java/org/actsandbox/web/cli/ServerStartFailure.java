package org.actsandbox.web.cli;

import org.jspecify.annotations.Nullable;

/** The server cannot start here; the message is the one line the user sees, with what to do. */
final class ServerStartFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ServerStartFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
