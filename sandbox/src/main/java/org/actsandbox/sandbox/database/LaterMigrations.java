package org.actsandbox.sandbox.database;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;

/**
 * Knows which migrations of a database this version does not have: a later version has made them,
 * and what it has changed would be read and written wrongly.
 */
final class LaterMigrations {

  private LaterMigrations() {}

  /**
   * Returns their versions, separated by commas; empty if this version has all that were applied.
   */
  static Optional<String> in(Flyway flyway) {
    var versions =
        Arrays.stream(flyway.info().applied())
            .filter(migration -> !migration.getState().isResolved())
            .map(migration -> String.valueOf(migration.getVersion()))
            .collect(Collectors.joining(", "));
    return versions.isEmpty() ? Optional.empty() : Optional.of(versions);
  }

  /** Refuses to start on a database that a later version has changed. */
  static void requireNone(Flyway flyway, DatabaseAddress address) {
    in(flyway)
        .ifPresent(
            versions -> {
              throw new StartupFailure(
                  "the tables of %s are of a later version (%s): start that version on them, or import an archive from before it into a new data folder (docs/operations.md)"
                      .formatted(address.place(), versions),
                  null);
            });
  }
}
