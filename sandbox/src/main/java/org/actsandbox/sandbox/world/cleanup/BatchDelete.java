package org.actsandbox.sandbox.world.cleanup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Deletes some rows of a partition; only here do the statements for the two databases differ. */
final class BatchDelete {

  private final JdbcTemplate template;
  private final JdbcClient jdbc;
  private final boolean postgres;
  private List<String> tables = List.of();

  BatchDelete(JdbcTemplate template, JdbcClient jdbc) {
    this.template = template;
    this.jdbc = jdbc;
    this.postgres =
        Boolean.TRUE.equals(
            template.execute(
                (ConnectionCallback<Boolean>)
                    connection ->
                        connection.getMetaData().getDatabaseProductName().contains("Postgre")));
  }

  /**
   * Returns every table with rows of worlds; the database is asked, so that no table is forgotten,
   * and once, because tables are made only before a server starts.
   */
  List<String> tables() {
    if (tables.isEmpty()) {
      var found = template.execute((ConnectionCallback<List<String>>) BatchDelete::withWorldColumn);
      tables = found == null ? List.of() : found;
    }
    return tables;
  }

  int deleteSome(String table, String partition, int limit) {
    return jdbc.sql(statement(table)).param(1, partition).param(2, limit).update();
  }

  private String statement(String table) {
    return postgres
        ? "delete from %1$s where ctid = any(array(select ctid from %1$s where world = ? limit ?))"
            .formatted(table)
        : "delete from %s where world = ? fetch first ? rows only".formatted(table);
  }

  private static List<String> withWorldColumn(Connection connection) throws SQLException {
    var tables = new ArrayList<String>();
    try (var columns =
        connection
            .getMetaData()
            .getColumns(connection.getCatalog(), connection.getSchema(), "%", "world")) {
      while (columns.next()) {
        tables.add(columns.getString("TABLE_NAME"));
      }
    }
    return tables;
  }
}
