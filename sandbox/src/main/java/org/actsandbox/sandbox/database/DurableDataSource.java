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
  private final ScopedConnections scoped;

  /**
   * @param size the number of connections that there are at most
   * @param groupCommit null for a database that itself returns from a commit only then
   */
  DurableDataSource(
      DataSource connections, int size, @Nullable GroupCommit groupCommit, DatabaseCost cost) {
    super(connections);
    this.scoped = new ScopedConnections(connections, size, cost);
    this.groupCommit = groupCommit;
    this.cost = cost;
  }

  @Override
  public Connection getConnection() throws SQLException {
    try {
      return new DurableConnection(scoped, groupCommit, cost);
    } catch (SQLException failed) {
      if (groupCommit != null) {
        groupCommit.failed(failed);
      }
      throw failed;
    }
  }
}
