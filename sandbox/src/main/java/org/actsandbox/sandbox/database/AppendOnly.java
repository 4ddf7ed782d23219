package org.actsandbox.sandbox.database;

import java.sql.Connection;
import java.sql.SQLException;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * Refuses changes to append-only tables in H2, for {@link AppendOnlyMigration}; the tables' first
 * column is the world.
 */
public final class AppendOnly implements Trigger {

  private static final String CHECK_VIOLATED = "23514";

  private String table = "";

  @Override
  public void init(
      Connection connection,
      String schema,
      String trigger,
      String tableName,
      boolean before,
      int type) {
    table = tableName;
  }

  @Override
  public void fire(
      Connection connection,
      @Nullable Object @Nullable [] oldRow,
      @Nullable Object @Nullable [] newRow)
      throws SQLException {
    if (newRow == null && oldRow != null && isEmptied(connection, oldRow[0])) {
      return;
    }
    throw new SQLException(table + " is append-only", CHECK_VIOLATED);
  }

  private static boolean isEmptied(Connection connection, @Nullable Object partition)
      throws SQLException {
    try (var statement =
        connection.prepareStatement("select 1 from emptied_partitions where partition_key = ?")) {
      statement.setObject(1, partition);
      try (var found = statement.executeQuery()) {
        return found.next();
      }
    }
  }
}
