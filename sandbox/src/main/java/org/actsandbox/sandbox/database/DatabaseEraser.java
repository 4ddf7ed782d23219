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
 * Empties the sandbox's own tables in a database that may have others beside them. Sequences go on,
 * so that a world of before and a later one of its name have no key in common.
 */
final class DatabaseEraser {

  private static final String HISTORY = "flyway_schema_history";
  private static final Pattern MADE =
      Pattern.compile("(?:create table|rename to) ([a-z_]+)", Pattern.CASE_INSENSITIVE);

  private DatabaseEraser() {}

  /** Does nothing where no sandbox was before. */
  static void empty(DataSource source) throws SQLException, IOException {
    try (var connection = source.getConnection();
        var statement = connection.createStatement()) {
      if (!tables(connection).contains(HISTORY)) {
        return;
      }
      var own = ownTables(connection);
      if (!own.isEmpty()) {
        statement.execute("truncate table " + String.join(", ", own));
      }
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
    }
  }

  static boolean hasHistory(DataSource source) throws SQLException {
    try (var connection = source.getConnection()) {
      return tables(connection).contains(HISTORY);
    }
  }

  /** The sandbox's own tables that are there, by name. */
  static Set<String> ownTables(Connection connection) throws SQLException, IOException {
    var own = own();
    own.retainAll(tables(connection));
    return own;
  }

  /** Every table that a migration makes, also under a name it has no more. */
  private static Set<String> own() throws IOException {
    var names = new TreeSet<String>();
    for (var script :
        new PathMatchingResourcePatternResolver().getResources("classpath*:db/migration/*.sql")) {
      var made = MADE.matcher(script.getContentAsString(StandardCharsets.UTF_8));
      while (made.find()) {
        names.add(made.group(1));
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
