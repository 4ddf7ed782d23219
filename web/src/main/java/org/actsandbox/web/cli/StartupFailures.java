package org.actsandbox.web.cli;

import java.net.BindException;
import java.nio.file.Path;
import org.springframework.boot.web.server.PortInUseException;

/** Turns what went wrong while starting into the one line a user can act on; bugs stay bugs. */
final class StartupFailures {

  private StartupFailures() {}

  static RuntimeException explained(RuntimeException failure, int port, Path data) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PortInUseException || cause instanceof BindException) {
        return new CannotStart(
            "port %d was taken meanwhile: choose another --port".formatted(port), failure);
      }
      if (cause instanceof java.sql.SQLException broken) {
        return new CannotStart(
            "the database in %s cannot be opened (%s): stop the sandbox that uses it, start with --fresh to forget it, or choose another --data"
                .formatted(data, firstLine(broken)),
            failure);
      }
    }
    return failure;
  }

  private static String firstLine(Throwable failure) {
    var message = String.valueOf(failure.getMessage());
    var line = message.lines().findFirst().orElse("");
    return line.length() <= 160 ? line : line.substring(0, 160) + "…";
  }
}
