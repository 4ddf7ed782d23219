package org.actsandbox.sandbox.database;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.PortInUseException;

/** The server cannot start for a reason outside the program; the message is one line for people. */
public final class StartupFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public StartupFailure(String oneLine, @Nullable Throwable cause) {
    super(oneLine.lines().findFirst().orElse(""), cause);
  }

  public String oneLine() {
    return String.valueOf(getMessage());
  }

  /** The failure behind whatever the framework threw, or nothing if it is a bug. */
  public static Optional<StartupFailure> behind(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartupFailure failure) {
        return Optional.of(failure);
      }
      if (cause instanceof PortInUseException taken) {
        return Optional.of(portTaken(taken));
      }
      if (cause instanceof java.net.BindException bind) {
        return Optional.of(
            new StartupFailure(
                "the address to listen on cannot be used: " + bind.getMessage(), bind));
      }
    }
    return Optional.empty();
  }

  private static StartupFailure portTaken(PortInUseException taken) {
    return new StartupFailure(
        "port %d is taken: stop what listens there or start with another --port"
            .formatted(taken.getPort()),
        taken);
  }
}
