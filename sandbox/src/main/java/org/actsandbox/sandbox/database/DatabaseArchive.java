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
 * All of a database and the server's secret in one file: a backup, and the way from an H2 file to
 * PostgreSQL and back (ADR 22).
 *
 * <p>The file is a zip: {@code archive.json} says of which migrations the tables are, {@code
 * tables/NAME.jsonl} has a table's rows, {@code server.secret} what every key depends on. Reading
 * and writing take the memory of a few rows.
 */
public final class DatabaseArchive {

  static final String CONTENTS = "archive.json";
  static final String SECRET = "server.secret";
  private static final String FORMAT = "act-sandbox-archive/1";
  private static final String TABLES = "tables/";
  private static final String ROWS = ".jsonl";
  private static final int MAX_CONTENTS = 64 * 1024;
  private static final int SECRET_BYTES = 32;

  private final DataSource database;
  private final Flyway flyway;

  /**
   * @param flyway with the migrations of this version, none of which it has carried out by itself
   */
  DatabaseArchive(DataSource database, Flyway flyway) {
    this.database = database;
    this.flyway = flyway;
  }

  /**
   * What was written or read.
   *
   * @param tables number of tables that have rows
   * @param rows of all tables together
   */
  public record Summary(int tables, long rows) {}

  /**
   * What an archive is of.
   *
   * @param migrations versions of the tables, oldest first
   * @param nextGeneration the next new world's: a deleted world's keys must not open a later one
   */
  private record Contents(
      @Nullable String format, @Nullable List<String> migrations, long nextGeneration) {}

  /**
   * Writes the archive; on a failure no file is left. The tables are not changed.
   *
   * @throws StartupFailure if the file exists or cannot be written, or the database is of another
   *     version
   */
  Summary export(Path file, byte[] secret) {
    requireThisVersion();
    var part = file.resolveSibling(file.getFileName() + ".part");
    try {
      if (Files.exists(file)) {
        throw new FileAlreadyExistsException(file.toString());
      }
      OwnerOnly.create(part, new byte[0]);
      try {
        var summary = write(part, secret);
        // A backup that cannot be read is found now rather than when it is needed.
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
   * Reads an archive into a database without data, all of it or nothing.
   *
   * @throws StartupFailure if the database holds data, or the archive is of a later version
   */
  Summary restore(ArchiveReader archive) {
    try {
      var contents = contents(archive);
      requireEmpty();
      migrate(archive, migrations(archive, contents));
      Summary summary;
      try (var connection = database.getConnection()) {
        connection.setAutoCommit(false);
        try {
          // First, because H2 commits at this statement.
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

  /** The secret that the keys and PINs in the archive depend on. */
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
      // All tables at one moment, also when another program reads and writes the database.
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      rowByRow(connection);
      archive.entry(
          CONTENTS, Json.bytes(new Contents(FORMAT, applied(), nextGeneration(connection))));
      archive.entry(SECRET, secret);
      for (var name : DatabaseEraser.ownTables(connection)) {
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

  /** H2 would hold the first 40,000 rows of a result in memory, however long each is. */
  private static void rowByRow(Connection connection) throws SQLException {
    if (connection.getMetaData().getDatabaseProductName().equals("H2")) {
      execute(connection, "set lazy_query_execution true");
    }
  }

  private static Summary read(ArchiveReader archive, Connection connection)
      throws IOException, SQLException {
    int filled = 0;
    long all = 0;
    var unread = archive.names();
    unread.removeAll(List.of(CONTENTS, SECRET, ArchiveWriter.SUMS));
    for (var name : DatabaseEraser.ownTables(connection)) {
      var entry = TABLES + name + ROWS;
      unread.remove(entry);
      try (var in = archive.entry(entry)) {
        long rows = ArchivedTable.of(connection, name).read(connection, in);
        filled += rows > 0 ? 1 : 0;
        all += rows;
      }
    }
    if (!unread.isEmpty()) {
      throw new IllegalArgumentException("this version has no place for " + unread);
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

  /** An export changes nothing, so it does not bring an older database to this version either. */
  private void requireThisVersion() {
    var info = flyway.info();
    if (info.applied().length == 0) {
      throw new StartupFailure("the database has never been a sandbox's: nothing to export", null);
    }
    for (var migration : info.applied()) {
      if (!migration.getState().isResolved()) {
        throw new StartupFailure(
            "the database is of a later version (%s): export it with that version"
                .formatted(migration.getVersion()),
            null);
      }
    }
    if (info.pending().length > 0) {
      throw new StartupFailure(
          "the database is of an earlier version: export it with that version, or start this one on it first",
          null);
    }
  }

  /** Brings the empty tables to the version of the archive; what came later is done afterwards. */
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
          "its tables are of a version between others: start the version that wrote it once more, and export again");
    }
    Flyway.configure().configuration(flyway.getConfiguration()).target(newest).load().migrate();
  }

  private static List<String> migrations(ArchiveReader archive, Contents contents) {
    var migrations = contents.migrations();
    if (migrations == null || migrations.isEmpty()) {
      throw archive.refused("it does not say of which version its tables are");
    }
    return migrations;
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

  /** Before anything is migrated: a wrong address must not change another sandbox's database. */
  private void requireEmpty() throws SQLException, IOException {
    try (var connection = database.getConnection()) {
      for (var name : DatabaseEraser.ownTables(connection)) {
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
