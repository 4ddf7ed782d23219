package org.actsandbox.sandbox.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.PoolingConnection;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Opens H2 connections that keep their prepared statements. H2's own query cache is searched
 * statement by statement whenever a transaction changes a table: with the hundred statements of a
 * connection this costs more than it saves.
 */
final class StatementCachingDataSource extends DelegatingDataSource {

  /** Statements kept per connection; the longest unused one is removed first. */
  private static final int MAX_STATEMENTS = 160;

  /**
   * Limit of a login in seconds; the pool also gives it to its own threads to end when it is
   * closed.
   */
  private static final int LOGIN_TIMEOUT_SECONDS = 5;

  StatementCachingDataSource(DataSource connections) {
    super(connections);
  }

  @Override
  public Connection getConnection() throws SQLException {
    var connection = new PoolingConnection(super.getConnection());
    connection.setStatementPool(new StatementPool(connection, MAX_STATEMENTS));
    return connection;
  }

  @Override
  public int getLoginTimeout() {
    return LOGIN_TIMEOUT_SECONDS;
  }
}
