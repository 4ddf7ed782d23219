package org.actsandbox.sandbox.database;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.web.server.PortInUseException;

/**
 * Signals that the server cannot start for a reason outside the program; the message is one line
 * for people.
 */
public final class StartupFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Exit code of a start that nothing but other settings would mend. */
  private static final int WRONG_SETTING = 2;

  private final int exitCode;

  public StartupFailure(String oneLine, @Nullable Throwable cause) {
    this(oneLine, cause, WRONG_SETTING);
  }

  StartupFailure(String oneLine, @Nullable Throwable cause, int exitCode) {
    super(oneLine.lines().findFirst().orElse(""), cause);
    this.exitCode = exitCode;
  }

  public String oneLine() {
    return String.valueOf(getMessage());
  }

  public int exitCode() {
    return exitCode;
  }

  /**
   * Finds the failure among the causes of a framework exception; empty if the exception is a bug.
   */
  public static Optional<StartupFailure> behind(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof StartupFailure failure) {
        return Optional.of(failure);
      }
      if (cause instanceof BindException wrong && wrong.getProperty() != null) {
        return Optional.of(valueUnreadable(wrong));
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

  private static StartupFailure valueUnreadable(BindException wrong) {
    var property = java.util.Objects.requireNonNull(wrong.getProperty());
    return new StartupFailure(
        "the setting %s has a value that cannot be read as %s (docs/configuration.md)"
            .formatted(property.getName(), form(wrong.getTarget())),
        wrong);
  }

  /** Describes the expected form; the value itself is left out, because it may be a password. */
  private static String form(Bindable<?> target) {
    var type = target.getType().resolve(Object.class);
    return switch (type.getSimpleName()) {
      case "int", "Integer", "long", "Long" -> "a whole number";
      case "boolean", "Boolean" -> "true or false";
      case "Duration" -> "a time such as 500ms, 2s or PT1M";
      case "URI" -> "an address";
      default -> type.getSimpleName();
    };
  }

  private static StartupFailure portTaken(PortInUseException taken) {
    return new StartupFailure(
        "port %d is taken: stop what listens there or start with another --port"
            .formatted(taken.getPort()),
        taken);
  }
}
