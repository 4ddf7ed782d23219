package org.actsandbox.sandbox.database.redo;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/**
 * Tests that no column has large objects: H2 keeps what is in them outside of its transactions, so
 * the redo log would have a reference to something that is not in the file.
 */
class LargeObjectTests {

  @Test
  void noColumnHasLargeObjects() throws SQLException {
    var database = new JdbcDataSource();
    database.setURL(
        "jdbc:h2:mem:large-objects;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1");
    Flyway.configure().dataSource(database).locations("classpath:db/migration").load().migrate();
    int columns = 0;
    var large = new ArrayList<String>();
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      try (var rows =
          statement.executeQuery(
              "select table_name, column_name, data_type from information_schema.columns"
                  + " where table_schema = 'public'")) {
        while (rows.next()) {
          columns++;
          if (rows.getString(3).contains("LARGE OBJECT")) {
            large.add(rows.getString(1) + "." + rows.getString(2));
          }
        }
      }
      statement.execute("shutdown");
    }
    assertThat(columns).isGreaterThan(300);
    assertThat(large).isEmpty();
  }
}
