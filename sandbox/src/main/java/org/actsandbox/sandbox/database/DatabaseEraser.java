package org.actsandbox.sandbox.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Empties the sandbox's own tables in a database that may contain other tables. Sequences continue,
 * so that a deleted world and a later one of the same name have no key in common.
 */
final class DatabaseEraser {

  private static final String HISTORY = "flyway_schema_history";
  private static final Pattern TABLE_NAME =
      Pattern.compile("(?:create table|rename to) ([a-z_]+)", Pattern.CASE_INSENSITIVE);

  private DatabaseEraser() {}

  /** Empties the tables; does nothing in a database that no sandbox has used. */
  static void empty(DataSource source) throws SQLException, IOException {
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      if (!tables(connection).contains(HISTORY)) {
        return;
      }
      var migrationTables = ownTables(connection);
      if (!migrationTables.isEmpty()) {
        statement.execute("truncate table " + String.join(", ", migrationTables));
      }
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
    }
  }

  static boolean hasHistory(DataSource source) throws SQLException {
    try (var connection = source.getConnection()) {
      return hasHistory(connection);
    }
  }

  static boolean hasHistory(Connection connection) throws SQLException {
    return tables(connection).contains(HISTORY);
  }

  /** Returns the names of the sandbox's own tables that exist. */
  static Set<String> ownTables(Connection connection) throws SQLException, IOException {
    var migrationTables = migrationTables();
    migrationTables.retainAll(tables(connection));
    return migrationTables;
  }

  /** Returns every table name in the migrations, including old names. */
  private static Set<String> migrationTables() throws IOException {
    var names = new TreeSet<String>();
    for (var script :
        new PathMatchingResourcePatternResolver().getResources("classpath*:db/migration/*.sql")) {
      var tableName = TABLE_NAME.matcher(script.getContentAsString(StandardCharsets.UTF_8));
      while (tableName.find()) {
        names.add(tableName.group(1));
      }
    }
    return names;
  }

  private static List<String> tables(Connection connection) throws SQLException {
    var names = new ArrayList<String>();
    try (var found =
        connection
            .getMetaData()
            .getTables(
                connection.getCatalog(), connection.getSchema(), "%", new String[] {"TABLE"})) {
      while (found.next()) {
        names.add(found.getString("TABLE_NAME"));
      }
    }
    return names;
  }
}
