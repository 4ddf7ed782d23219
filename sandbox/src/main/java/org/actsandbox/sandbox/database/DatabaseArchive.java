package org.actsandbox.sandbox.database;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.actsandbox.protocol.json.Json;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Writes a whole database and the server's secret into one file, and reads such a file: for
 * backups, and to move between an H2 file and PostgreSQL (ADR 22).
 *
 * <p>The file is a zip: {@code archive.json} lists the migrations of the tables, {@code
 * tables/NAME.jsonl} has a table's rows, {@code server.secret} is the secret that every key depends
 * on. Reading and writing need the memory of a few rows.
 */
public final class DatabaseArchive {

  static final String CONTENTS = "archive.json";
  static final String SECRET = "server.secret";
  private static final String FORMAT = "act-sandbox-archive/1";
  private static final String TABLES = "tables/";
  private static final String ROWS = ".jsonl";
  private static final int MAX_CONTENTS = 64 * 1024;
  private static final int SECRET_BYTES = 32;
  private static final String EARLIER =
      "the database is of an earlier version: export it with that version, or start this one on it"
          + " first";

  private final DataSource database;
  private final Flyway flyway;

  /**
   * @param flyway has the migrations of this version and has not run them by itself
   */
  DatabaseArchive(DataSource database, Flyway flyway) {
    this.database = database;
    this.flyway = flyway;
  }

  /**
   * Holds the amount of data that was written or read.
   *
   * @param tables number of tables that have rows
   * @param rows number of rows in all tables
   */
  public record Summary(int tables, long rows) {}

  /**
   * Describes the content of an archive.
   *
   * @param migrations versions of the tables, oldest first
   * @param nextGeneration generation of the next new world, so that a deleted world's keys do not
   *     open a later world
   */
  private record Contents(
      @Nullable String format, @Nullable List<String> migrations, long nextGeneration) {}

  /**
   * Writes the archive; after a failure no file is left. The tables are not changed.
   *
   * @throws StartupFailure if the file exists or cannot be written, or the database has another
   *     version
   */
  Summary export(Path file, byte[] secret) {
    var part = file.resolveSibling(file.getFileName() + ".part");
    try {
      requireThisVersion();
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      OwnerOnly.create(part, new byte[0]);
      try {
        var summary = write(part, secret);
        // Reading it now detects a broken backup before the backup is needed.
        ArchiveReader.open(part).close();
        Files.move(part, file);
        return summary;
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (FileAlreadyExistsException there) {
      throw new StartupFailure(
          "%s exists: delete it or name another file".formatted(there.getFile()), there);
    } catch (IOException | JacksonException failed) {
      throw new StartupFailure("%s cannot be written: %s".formatted(file, failed), failed);
    } catch (SQLException failed) {
      throw new StartupFailure("the database cannot be read: " + failed.getMessage(), failed);
    }
  }

  /**
   * Reads an archive into a database without data, completely or not at all.
   *
   * @throws StartupFailure if the database holds data, or the archive has a later version
   */
  Summary restore(ArchiveReader archive) {
    try {
      var contents = contents(archive);
      requireEmpty();
      FormerMigrations.takeOver(flyway);
      migrate(archive, migrations(archive, contents));
      Summary summary;
      try (var connection = database.getConnection()) {
        connection.setAutoCommit(false);
        try {
          // This statement comes first, because H2 commits at it.
          continueGenerations(connection, contents.nextGeneration());
          summary = read(archive, connection);
          connection.commit();
        } finally {
          connection.rollback();
        }
      }
      flyway.migrate();
      return summary;
    } catch (IOException | IllegalArgumentException unreadable) {
      throw archive.refused(String.valueOf(unreadable.getMessage()));
    } catch (FlywayException | SQLException failed) {
      throw new StartupFailure("the archive cannot be stored: " + failed.getMessage(), failed);
    }
  }

  /** Returns the secret that the keys and PINs in the archive depend on. */
  static byte[] secret(ArchiveReader archive) {
    try {
      return archive.bytes(SECRET, SECRET_BYTES);
    } catch (IOException unreadable) {
      throw archive.refused(String.valueOf(unreadable.getMessage()));
    }
  }

  private Summary write(Path part, byte[] secret) throws IOException, SQLException {
    int filled = 0;
    long all = 0;
    try (var connection = database.getConnection();
        var archive = new ArchiveWriter(part)) {
      connection.setAutoCommit(false);
      // All tables are read in the same state, even if another program changes the database.
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      rowByRow(connection);
      archive.entry(
          CONTENTS, Json.bytes(new Contents(FORMAT, applied(), nextGeneration(connection))));
      archive.entry(SECRET, secret);
      for (var name : archivedTables(connection)) {
        try (var out = archive.entry(TABLES + name + ROWS)) {
          long rows = ArchivedTable.of(connection, name).write(connection, out);
          filled += rows > 0 ? 1 : 0;
          all += rows;
        }
      }
      connection.rollback();
      archive.complete();
    }
    return new Summary(filled, all);
  }

  /** Returns the tables of an archive: all but those of the nodes of one database (ADR 57). */
  private static Set<String> archivedTables(Connection connection)
      throws SQLException, IOException {
    var names = DatabaseEraser.ownTables(connection);
    names.removeAll(Set.of("nodes", "world_leases", "server_secret"));
    return names;
  }

  /**
   * Makes H2 read row by row; otherwise it would hold the first 40,000 rows of a result in memory,
   * however long they are.
   */
  private static void rowByRow(Connection connection) throws SQLException {
    if (connection.getMetaData().getDatabaseProductName().equals("H2")) {
      execute(connection, "set lazy_query_execution true");
    }
  }

  private static Summary read(ArchiveReader archive, Connection connection)
      throws IOException, SQLException {
    int filled = 0;
    long all = 0;
    var unreadEntries = archive.names();
    unreadEntries.removeAll(List.of(CONTENTS, SECRET, ArchiveWriter.SUMS));
    for (var name : archivedTables(connection)) {
      var entry = TABLES + name + ROWS;
      unreadEntries.remove(entry);
      try (var in = archive.entry(entry)) {
        long rows = ArchivedTable.of(connection, name).read(connection, in);
        filled += rows > 0 ? 1 : 0;
        all += rows;
      }
    }
    if (!unreadEntries.isEmpty()) {
      throw new IllegalArgumentException("this version has no place for " + unreadEntries);
    }
    return new Summary(filled, all);
  }

  private static Contents contents(ArchiveReader archive) throws IOException {
    try {
      var contents = Json.read(archive.bytes(CONTENTS, MAX_CONTENTS), Contents.class);
      if (!FORMAT.equals(contents.format())) {
        throw archive.refused("its format is %s, expected %s".formatted(contents.format(), FORMAT));
      }
      return contents;
    } catch (JacksonException broken) {
      throw new IllegalArgumentException(CONTENTS + ": " + broken.getOriginalMessage(), broken);
    }
  }

  /**
   * Refuses a database of another version: an export changes nothing, so it does not migrate an
   * older database.
   */
  private void requireThisVersion() throws SQLException {
    if (FormerMigrations.areIn(flyway)) {
      throw new StartupFailure(EARLIER, null);
    }
    var info = flyway.info();
    if (info.applied().length == 0) {
      throw new StartupFailure("the database has never been a sandbox's: nothing to export", null);
    }
    var later = LaterMigrations.in(flyway);
    if (later.isPresent()) {
      throw new StartupFailure(
          "the database is of a later version (%s): export it with that version"
              .formatted(later.get()),
          null);
    }
    if (info.pending().length > 0) {
      throw new StartupFailure(EARLIER, null);
    }
  }

  /**
   * Migrates the empty tables to the version of the archive; later migrations run after the import.
   */
  private void migrate(ArchiveReader archive, List<String> versions) {
    var known = Arrays.stream(flyway.info().all()).map(DatabaseArchive::version).toList();
    var later = new ArrayList<>(versions);
    later.removeAll(known);
    if (!later.isEmpty()) {
      throw archive.refused(
          "its tables are of a later version (%s): import it with the version that wrote it"
              .formatted(String.join(", ", later)));
    }
    var newest = MigrationVersion.fromVersion(versions.getLast());
    var until =
        known.stream()
            .filter(each -> MigrationVersion.fromVersion(each).compareTo(newest) <= 0)
            .toList();
    if (!new TreeSet<>(until).equals(new TreeSet<>(versions))) {
      throw archive.refused(
          "its tables are of a version between others: start the version that wrote it once more,"
              + " and export again");
    }
    Flyway.configure().configuration(flyway.getConfiguration()).target(newest).load().migrate();
  }

  private static List<String> migrations(ArchiveReader archive, Contents contents) {
    var migrations = contents.migrations();
    if (migrations == null || migrations.isEmpty()) {
      throw archive.refused("it does not say of which version its tables are");
    }
    return FormerMigrations.inThisBuild(migrations);
  }

  private List<String> applied() {
    return Arrays.stream(flyway.info().applied())
        .map(MigrationInfo::getVersion)
        .sorted()
        .map(MigrationVersion::getVersion)
        .toList();
  }

  private static String version(MigrationInfo migration) {
    return migration.getVersion().getVersion();
  }

  /**
   * Refuses a database with data before any migration runs: a wrong address must not change another
   * sandbox's database.
   */
  private void requireEmpty() throws SQLException, IOException {
    try (var connection = database.getConnection()) {
      for (var name : archivedTables(connection)) {
        if (new ArchivedTable(name, List.of()).hasRows(connection)) {
          throw new StartupFailure(
              "the database holds data (table %s): import into a new data folder (--data) or an empty database"
                  .formatted(name),
              null);
        }
      }
    }
  }

  private static long nextGeneration(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select nextval('world_generations')")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void continueGenerations(Connection connection, long next) throws SQLException {
    execute(connection, "alter sequence world_generations restart with " + next);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
