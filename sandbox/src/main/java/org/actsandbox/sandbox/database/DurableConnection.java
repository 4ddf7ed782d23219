package org.actsandbox.sandbox.database;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.actsandbox.participant.RepeatableWork;
import org.apache.commons.dbcp2.DelegatingConnection;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is done on a connection, and waits for the file after a commit and after a change
 * without a transaction, unless it is {@link RepeatableWork}.
 */
final class DurableConnection extends DelegatingConnection<Connection> {

  private final @Nullable GroupCommit groupCommit;
  private final DatabaseCost cost;
  private final ScopedConnections lender;

  /** True if a statement that may change data was made since the last wait. */
  private boolean changes;

  private boolean returned;

  /** Statements that may change data and may be executed again. */
  private final List<Statement> open = new ArrayList<>();

  DurableConnection(ScopedConnections lender, @Nullable GroupCommit groupCommit, DatabaseCost cost)
      throws SQLException {
    super(lender.take());
    this.lender = lender;
    this.groupCommit = groupCommit;
    this.cost = cost;
  }

  @Override
  public Statement createStatement() throws SQLException {
    return changing(super.createStatement());
  }

  @Override
  public Statement createStatement(int type, int concurrency) throws SQLException {
    return changing(super.createStatement(type, concurrency));
  }

  @Override
  public Statement createStatement(int type, int concurrency, int holdability) throws SQLException {
    return changing(super.createStatement(type, concurrency, holdability));
  }

  @Override
  public CallableStatement prepareCall(String sql) throws SQLException {
    return changing(super.prepareCall(sql));
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
    return changing(super.prepareCall(sql, type, concurrency));
  }

  @Override
  public CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    return changing(super.prepareCall(sql, type, concurrency, holdability));
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws SQLException {
    try {
      return counted(sql, getDelegateInternal().prepareStatement(sql));
    } catch (SQLException failed) {
      handleException(failed);
      throw failed;
    }
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int generatedKeys) throws SQLException {
    return counted(sql, super.prepareStatement(sql, generatedKeys));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int[] columns) throws SQLException {
    return counted(sql, super.prepareStatement(sql, columns));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, String[] columns) throws SQLException {
    return counted(sql, super.prepareStatement(sql, columns));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    return counted(sql, super.prepareStatement(sql, type, concurrency));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    return counted(sql, super.prepareStatement(sql, type, concurrency, holdability));
  }

  @Override
  public void commit() throws SQLException {
    cost.commits().increment();
    super.commit();
    if (changes) {
      await();
      changes = hasOpenStatement();
    }
  }

  @Override
  public void close() throws SQLException {
    if (returned) {
      return;
    }
    returned = true;
    var connection = getDelegateInternal();
    try {
      if (!connection.isClosed()) {
        passivate();
      }
    } finally {
      setClosedInternal(true);
      if (!lender.keep(connection)) {
        lender.giveBack(connection);
      }
    }
    if (changes) {
      changes = false;
      await();
    }
  }

  /** Reports each failure: a store that is gone ends the server. */
  @Override
  protected void handleException(SQLException failed) throws SQLException {
    if (groupCommit != null) {
      groupCommit.failed(failed);
    }
    super.handleException(failed);
  }

  private void await() {
    if (groupCommit != null && !RepeatableWork.isCurrent()) {
      groupCommit.await();
    }
  }

  private PreparedStatement counted(String sql, PreparedStatement statement) throws SQLException {
    var counted = new CountedStatement(this, statement, cost.executions());
    return reads(sql) ? counted : changing(counted);
  }

  private <S extends Statement> S changing(S statement) throws SQLException {
    changes = true;
    hasOpenStatement();
    open.add(statement);
    return statement;
  }

  private boolean hasOpenStatement() throws SQLException {
    for (var each = open.iterator(); each.hasNext(); ) {
      if (each.next().isClosed()) {
        each.remove();
      }
    }
    return !open.isEmpty();
  }

  private static boolean reads(String sql) {
    return sql.stripLeading().regionMatches(true, 0, "select", 0, "select".length());
  }
}
