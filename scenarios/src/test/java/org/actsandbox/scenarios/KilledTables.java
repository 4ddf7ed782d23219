package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import org.actsandbox.sandbox.database.redo.LoggedFiles;
import org.actsandbox.sandbox.database.redo.RedoRecovery;

/** Looks at the database that a killed server left: at each table, and at each of its indexes. */
final class KilledTables {

  private static final String OPTIONS =
      ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;CASE_INSENSITIVE_IDENTIFIERS=TRUE;DB_CLOSE_ON_EXIT=FALSE";

  private KilledTables() {}

  /** Represents what was found. */
  record Found(int tables, int indexes, int rows, long logBytes) {}

  /**
   * Brings a copy up to the end of its log, and compares the rows of each table with what each of
   * its indexes has: a transaction of which a part is missing leaves a row without its entries.
   */
  static Found check(Path data, Path copy) throws IOException, SQLException {
    Files.createDirectories(copy);
    long logBytes = 0;
    try (var files = Files.list(data)) {
      for (var each : files.filter(file -> isDatabase(file.getFileName().toString())).toList()) {
        Files.copy(each, copy.resolve(each.getFileName()));
        if (each.getFileName().toString().contains(".redo.")) {
          logBytes += Files.size(each);
        }
      }
    }
    LoggedFiles.register();
    var url = "jdbc:h2:" + LoggedFiles.SCHEME + ":" + copy.resolve("sandbox") + OPTIONS;
    RedoRecovery.run(copy.resolve("sandbox.mv.db"), url, "sa", "");
    int tables = 0;
    int indexes = 0;
    int rows = 0;
    try (var connection = DriverManager.getConnection(url, "sa", "")) {
      for (var table : strings(connection, TABLES)) {
        tables++;
        var all = strings(connection, "select * from \"%s\"".formatted(table));
        rows += all.size();
        assertThat(strings(connection, "select count(*) from \"%s\"".formatted(table)))
            .as(table)
            .containsExactly(String.valueOf(all.size()));
        for (var index : strings(connection, INDEXES.formatted(table))) {
          indexes++;
          var sql = "select * from \"%s\" use index (\"%s\") where 1 = 1".formatted(table, index);
          assertThat(strings(connection, sql)).as("%s by %s", table, index).isEqualTo(all);
        }
      }
    }
    assertThat(tables).isGreaterThan(30);
    try (var files = Files.list(copy)) {
      for (var each : files.toList()) {
        Files.delete(each);
      }
    }
    return new Found(tables, indexes, rows, logBytes);
  }

  private static final String TABLES =
      "select table_name from information_schema.tables where table_schema = 'public'";

  private static final String INDEXES =
      "select index_name from information_schema.indexes where table_name = '%s'";

  private static boolean isDatabase(String name) {
    return name.equals("sandbox.mv.db") || name.startsWith("sandbox.redo.");
  }

  private static List<String> strings(Connection connection, String sql) throws SQLException {
    var found = new ArrayList<String>();
    try (var statement = connection.createStatement();
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
}
