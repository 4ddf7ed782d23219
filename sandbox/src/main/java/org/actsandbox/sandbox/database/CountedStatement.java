package org.actsandbox.sandbox.database;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.commons.dbcp2.DelegatingConnection;
import org.apache.commons.dbcp2.DelegatingPreparedStatement;

/** Counts the executions of a prepared statement. */
final class CountedStatement extends DelegatingPreparedStatement {

  private final LongAdder executions;
  private int batched;

  CountedStatement(
      DelegatingConnection<?> connection, PreparedStatement statement, LongAdder executions) {
    super(connection, statement);
    this.executions = executions;
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    executions.increment();
    try {
      return ((PreparedStatement) getDelegate()).executeQuery();
    } catch (SQLException failed) {
      handleException(failed);
      throw failed;
    }
  }

  @Override
  public int executeUpdate() throws SQLException {
    executions.increment();
    return super.executeUpdate();
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    executions.increment();
    return super.executeLargeUpdate();
  }

  @Override
  public boolean execute() throws SQLException {
    executions.increment();
    return super.execute();
  }

  @Override
  public void addBatch() throws SQLException {
    batched++;
    super.addBatch();
  }

  @Override
  public void clearBatch() throws SQLException {
    batched = 0;
    super.clearBatch();
  }

  @Override
  public int[] executeBatch() throws SQLException {
    executions.add(batched);
    batched = 0;
    return super.executeBatch();
  }
}
