package org.actsandbox.sandbox.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.jspecify.annotations.Nullable;

/**
 * Knows the migrations that the baseline has replaced (ADR 27). The tables of a database that has
 * run all of them are those of the baseline, so it is taken over by a new list of migrations. A
 * database that has run only some of them is refused before anything opens it for writing.
 */
final class FormerMigrations {

  /** Versions of the baseline, in the order in which they run. */
  private static final List<String> BASELINE = List.of("1", "1.1", "2", "3");

  /** Version that is in every archive of before and in none of after. */
  private static final String FORMER_ONLY = "5";

  /** Versions and Flyway's checksums; the migration in Java has no checksum. */
  static final Set<String> ALL =
      Set.of(
          "1 -1810474634",
          "1.1 -1642310554",
          "2 727646",
          "2.1 2000981784",
          "2.2 1305990098",
          "2.3 -361805365",
          "3 -666386860",
          "4 977297414",
          "5 -1814751437",
          "20 -760558291",
          "21 -1327054205",
          "22 1514368504",
          "24 -365711530",
          "25 406335710",
          "30 204171154",
          "31 null",
          "31.1 -595153232",
          "32 -523537828",
          "33 -1853692409",
          "34 -988290331",
          "35 -1061670328",
          "36.1 -1367837880",
          "36.2 -1840131914",
          "36.16 1549226909",
          "40 -1858810357",
          "41 353755482",
          "72 -435139155");

  private static final String INCOMPLETE =
      "of an early build and lack changes of the last one before 0.1.0";

  private FormerMigrations() {}

  /**
   * Refuses a database that has run some of the former migrations but not all. An H2 file is opened
   * for reading only, so that a refused one keeps every byte.
   */
  static void requireAllOrNone(DatabaseAddress address) throws SQLException {
    try (var connection =
        DriverManager.getConnection(
            address.readOnlyUrl(), address.username(), address.password())) {
      var applied = applied(connection);
      if (isFormer(connection) && !applied.equals(ALL)) {
        throw new StartupFailure(
            "the tables of %s are %s: start that one on the data once, then this one; or %s"
                .formatted(
                    address.place(),
                    INCOMPLETE,
                    address.isFile()
                        ? "start with --fresh, which forgets all of it"
                        : "name an empty database"),
            null);
      }
    }
  }

  static boolean areIn(Flyway flyway) throws SQLException {
    try (var connection = flyway.getConfiguration().getDataSource().getConnection()) {
      return isFormer(connection);
    }
  }

  /** Replaces the former migrations in the database's list by the baseline, in one transaction. */
  static void takeOver(Flyway flyway) throws SQLException {
    if (!areIn(flyway)) {
      return;
    }
    // Flyway shows the checksums of this build only where none is noted, as in a list that is
    // absent.
    var baseline =
        Arrays.stream(
                Flyway.configure()
                    .configuration(flyway.getConfiguration())
                    .table("absent_schema_history")
                    .load()
                    .info()
                    .all())
            .filter(migration -> BASELINE.contains(migration.getVersion().getVersion()))
            .toList();
    try (var connection = flyway.getConfiguration().getDataSource().getConnection()) {
      connection.setAutoCommit(false);
      try (var delete =
          connection.prepareStatement(
              "delete from \"flyway_schema_history\" where \"version\" is not null")) {
        delete.executeUpdate();
      }
      for (int i = 0; i < baseline.size(); i++) {
        insert(connection, i + 1, baseline.get(i));
      }
      connection.commit();
    }
  }

  private static void insert(Connection connection, int rank, MigrationInfo migration)
      throws SQLException {
    try (var insert =
        connection.prepareStatement(
            """
            insert into "flyway_schema_history" ("installed_rank", "version", "description", "type", "script",
              "checksum", "installed_by", "execution_time", "success") values (?, ?, ?, ?, ?, ?, ?, 0, true)
            """)) {
      insert.setInt(1, rank);
      insert.setString(2, migration.getVersion().getVersion());
      insert.setString(3, migration.getDescription());
      insert.setString(4, migration.getType().name());
      insert.setString(5, migration.getScript());
      insert.setObject(6, migration.getChecksum());
      insert.setString(7, connection.getMetaData().getUserName());
      insert.executeUpdate();
    }
  }

  /**
   * Returns the versions of an archive as this build names them.
   *
   * @throws IllegalArgumentException if the archive has some of the former versions but not all
   */
  static List<String> inThisBuild(List<String> versions) {
    if (!versions.contains(FORMER_ONLY)) {
      return versions;
    }
    var all = new HashSet<String>();
    ALL.forEach(each -> all.add(each.split(" ", 2)[0]));
    if (!all.equals(Set.copyOf(versions))) {
      throw new IllegalArgumentException(
          "its tables are %s: import it with the build that wrote it, start that one on the data once, and export again"
              .formatted(INCOMPLETE));
    }
    return BASELINE;
  }

  /** The first migration had another description. */
  private static boolean isFormer(Connection connection) throws SQLException {
    return rows(connection, "\"version\" = '1' and \"description\" = 'worlds'").size() == 1;
  }

  private static Set<String> applied(Connection connection) throws SQLException {
    return Set.copyOf(rows(connection, "\"version\" is not null"));
  }

  private static List<String> rows(Connection connection, String condition) throws SQLException {
    var rows = new ArrayList<String>();
    if (!DatabaseEraser.hasHistory(connection)) {
      return rows;
    }
    try (var statement = connection.createStatement();
        var found =
            statement.executeQuery(
                "select \"version\", \"checksum\" from \"flyway_schema_history\" where "
                    + condition)) {
      while (found.next()) {
        @Nullable Object checksum = found.getObject(2);
        rows.add(found.getString(1) + " " + checksum);
      }
    }
    return rows;
  }
}
