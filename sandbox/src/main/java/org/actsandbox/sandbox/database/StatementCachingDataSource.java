package org.actsandbox.sandbox.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.apache.commons.dbcp2.PoolingConnection;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * H2 connections that keep what they prepared. H2's own memory of statements (its query cache) is
 * walked through, statement by statement, whenever a transaction changes a table: with the hundred
 * statements that a connection meets that costs more than it saves.
 */
final class StatementCachingDataSource extends DelegatingDataSource {

  /** Statements kept per connection; the longest unused one makes room. */
  private static final int KEPT = 160;

  /** Also what the pool gives its own threads to end in when it is closed. */
  private static final int LOGIN_TIMEOUT_SECONDS = 5;

  StatementCachingDataSource(DataSource connections) {
    super(connections);
  }

  @Override
  public Connection getConnection() throws SQLException {
    var connection = new PoolingConnection(super.getConnection());
    connection.setStatementPool(new StatementPool(connection, KEPT));
    return connection;
  }

  @Override
  public int getLoginTimeout() {
    return LOGIN_TIMEOUT_SECONDS;
  }
}
