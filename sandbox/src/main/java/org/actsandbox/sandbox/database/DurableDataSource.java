package org.actsandbox.sandbox.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Counts what is asked of the database, and returns from a commit only when the change is in the
 * database file; and the same when a connection that changed something without a transaction is
 * closed.
 */
final class DurableDataSource extends DelegatingDataSource {

  private final @Nullable GroupCommit groupCommit;
  private final DatabaseCost cost;

  /**
   * @param groupCommit null for a database that itself returns from a commit only then
   */
  DurableDataSource(DataSource connections, @Nullable GroupCommit groupCommit, DatabaseCost cost) {
    super(connections);
    this.groupCommit = groupCommit;
    this.cost = cost;
  }

  @Override
  public Connection getConnection() throws SQLException {
    try {
      var connection = new DurableConnection(super.getConnection(), groupCommit, cost);
      cost.connections().increment();
      return connection;
    } catch (SQLException failed) {
      if (groupCommit != null) {
        groupCommit.failed(failed);
      }
      throw failed;
    }
  }
}
