package org.actsandbox.sandbox.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Tells H2 that a table's first column, the world's partition, selects few rows only, and so does
 * the column of the principal, because a world has few principals.
 *
 * <p>H2 assumes that half of the values in an unknown column are different. For an empty table it
 * then prefers the primary key, of which a query gives the world only, to the index that selects
 * the few wanted rows. A session keeps that plan while the table grows, so each query reads all
 * rows of a world. PostgreSQL keeps statistics of its own.
 */
final class H2Selectivity {

  /** Percentage of different values; H2's own default is 50. */
  private static final int PARTITION_SELECTIVITY = 1;

  private static final String PARTITION_COLUMNS =
      """
      select c.table_name, c.column_name from information_schema.columns c
      join information_schema.tables t
        on t.table_schema = c.table_schema and t.table_name = c.table_name
      where c.table_schema = schema() and t.table_type = 'BASE TABLE' and (c.ordinal_position = 1 or c.column_name = 'principal_id')
        and c.selectivity <> 1 and c.table_name <> 'flyway_schema_history'
      """;

  private H2Selectivity() {}

  static void apply(DataSource database) throws SQLException {
    try (var connection = database.getConnection()) {
      if (connection.getMetaData().getDatabaseProductName().equals("H2")) {
        for (var statement : statements(connection)) {
          try (var change = connection.createStatement()) {
            change.execute(statement);
          }
        }
      }
    }
  }

  private static List<String> statements(Connection connection) throws SQLException {
    var found = new ArrayList<String>();
    try (var query = connection.createStatement();
        var rows = query.executeQuery(PARTITION_COLUMNS)) {
      while (rows.next()) {
        found.add(
            "alter table \"%s\" alter column \"%s\" selectivity %d"
                .formatted(rows.getString(1), rows.getString(2), PARTITION_SELECTIVITY));
      }
    }
    return found;
  }
}
