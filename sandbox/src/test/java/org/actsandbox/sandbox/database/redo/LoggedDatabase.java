package org.actsandbox.sandbox.database.redo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.actsandbox.sandbox.database.H2TableEngine;
import org.actsandbox.sandbox.database.OwnerOnly;

/** A database behind a redo log, and what a process would leave of it that ends now. */
final class LoggedDatabase implements AutoCloseable {

  static {
    LoggedFiles.register();
  }

  private final Path folder;
  private final Connection keeper;
  private final RedoLog log;

  private LoggedDatabase(Path folder, RedoLog.Files files) throws SQLException, IOException {
    this.folder = folder;
    RedoRecovery.run(file(folder), url(folder), "sa", "");
    this.keeper = DriverManager.getConnection(url(folder), "sa", "");
    try {
      this.log = RedoLog.open(file(folder), files, keeper);
    } catch (IOException refused) {
      keeper.close();
      throw refused;
    }
  }

  /** Opens the database in a folder, and applies the log that lies there. */
  static LoggedDatabase open(Path folder) throws SQLException, IOException {
    return open(folder, OwnerOnly::open);
  }

  static LoggedDatabase open(Path folder, RedoLog.Files files) throws SQLException, IOException {
    return new LoggedDatabase(folder, files);
  }

  static Path file(Path folder) {
    return folder.resolve("sandbox.mv.db");
  }

  static String url(Path folder) {
    return "jdbc:h2:logged:"
        + folder.resolve("sandbox")
        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE"
        + ";WRITE_DELAY=60000;PAGE_SIZE=4096;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0"
        + ";DEFAULT_TABLE_ENGINE="
        + H2TableEngine.class.getName();
  }

  RedoLog log() {
    return log;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url(folder), "sa", "");
  }

  void execute(String... statements) throws SQLException {
    try (var statement = keeper.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Copies what the operating system has into another folder. */
  Path crash(Path into) throws IOException {
    Files.createDirectories(into);
    try (var files = Files.list(folder)) {
      for (var each : files.filter(Files::isRegularFile).toList()) {
        Files.copy(each, into.resolve(each.getFileName()));
      }
    }
    return into;
  }

  List<Path> segments() throws IOException {
    return List.copyOf(RedoSegment.beside(file(folder)).values());
  }

  /** Returns all committed rows once, as the tables and as each of their indexes have them. */
  SortedMap<String, List<String>> content() throws SQLException {
    try (var reader = connect()) {
      return content(reader);
    }
  }

  private static SortedMap<String, List<String>> content(Connection reader) throws SQLException {
    var all = new TreeMap<String, List<String>>();
    var tables =
        strings(
            reader,
            "select table_name from information_schema.tables where table_schema = 'public'");
    for (var table : tables) {
      all.put(table, strings(reader, "select * from " + table));
      all.put(table + " count", strings(reader, "select count(*) from " + table));
      var indexes =
          strings(
              reader,
              "select index_name from information_schema.indexes where table_name = '%s'"
                  .formatted(table));
      for (var index : indexes) {
        var sql = "select * from %s use index (\"%s\") where 1 = 1".formatted(table, index);
        all.put(table + " by " + index, strings(reader, sql));
      }
    }
    return all;
  }

  private static List<String> strings(Connection reader, String sql) throws SQLException {
    var found = new ArrayList<String>();
    try (var statement = reader.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        var row = new StringJoiner("|");
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        found.add(row.toString());
      }
    }
    found.sort(null);
    return found;
  }

  /** Returns what a start finds in a folder. */
  static SortedMap<String, List<String>> contentAfterStart(Path folder)
      throws SQLException, IOException {
    try (var started = open(folder)) {
      return started.content();
    }
  }

  @Override
  public void close() throws SQLException, IOException {
    log.close();
  }
}
