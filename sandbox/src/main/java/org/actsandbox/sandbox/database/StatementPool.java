package org.actsandbox.sandbox.database;

import java.sql.SQLException;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.dbcp2.DelegatingPreparedStatement;
import org.apache.commons.dbcp2.PStmtKey;
import org.apache.commons.dbcp2.PoolingConnection;
import org.apache.commons.pool2.KeyedObjectPool;
import org.apache.commons.pool2.PooledObject;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the idle prepared statements of one connection, one of each text.
 *
 * <p>{@code GenericKeyedObjectPool} is not used: at every return it checks for each known text,
 * under a lock of each, whether a caller waits, which took 7 % of the server's time. No caller
 * waits here: a statement that is not in the pool is prepared.
 */
final class StatementPool implements KeyedObjectPool<PStmtKey, DelegatingPreparedStatement> {

  private final PoolingConnection connection;
  private final int capacity;

  /** The longest unused statement comes first. */
  private final Map<PStmtKey, PooledObject<DelegatingPreparedStatement>> idle =
      new LinkedHashMap<>();

  private final IdentityHashMap<DelegatingPreparedStatement, Lent> lent = new IdentityHashMap<>();

  private boolean closed;

  private record Lent(PStmtKey text, PooledObject<DelegatingPreparedStatement> statement) {}

  /**
   * @param connection prepares, clears and closes statements
   * @param capacity maximum number of idle statements
   */
  StatementPool(PoolingConnection connection, int capacity) {
    this.connection = connection;
    this.capacity = capacity;
  }

  @Override
  public synchronized DelegatingPreparedStatement borrowObject(PStmtKey text) throws SQLException {
    var found = idle.remove(text);
    var statement = found == null ? connection.makeObject(text) : found;
    connection.activateObject(text, statement);
    lent.put(statement.getObject(), new Lent(text, statement));
    return statement.getObject();
  }

  /**
   * Returns the statement to the pool. A statement that cannot be cleared is closed, because the
   * next user must not find old parameters in it.
   */
  @Override
  public synchronized void returnObject(PStmtKey text, DelegatingPreparedStatement given)
      throws SQLException {
    var back = lent.remove(given);
    if (back == null) {
      return;
    }
    if (closed) {
      connection.destroyObject(text, back.statement());
      return;
    }
    try {
      connection.passivateObject(text, back.statement());
    } catch (SQLException unclear) {
      connection.destroyObject(text, back.statement());
      throw unclear;
    }
    addIdle(text, back.statement());
  }

  @Override
  public synchronized void invalidateObject(PStmtKey text, DelegatingPreparedStatement given)
      throws SQLException {
    var back = lent.remove(given);
    if (back != null) {
      connection.destroyObject(text, back.statement());
    }
  }

  @Override
  public synchronized void addObject(PStmtKey text) throws SQLException {
    addIdle(text, connection.makeObject(text));
  }

  @Override
  public synchronized void clear() throws SQLException {
    var all = Map.copyOf(idle);
    idle.clear();
    for (var each : all.entrySet()) {
      destroy(each.getKey(), each.getValue());
    }
  }

  @Override
  public synchronized void clear(PStmtKey text) throws SQLException {
    destroy(text, idle.remove(text));
  }

  /** Closes the idle statements; statements in use are closed when they are returned. */
  @Override
  public synchronized void close() {
    closed = true;
    try {
      clear();
    } catch (SQLException broken) {
      throw new IllegalStateException("a kept statement cannot be closed", broken);
    }
  }

  @Override
  public synchronized int getNumActive() {
    return lent.size();
  }

  @Override
  public synchronized int getNumActive(PStmtKey text) {
    return (int) lent.values().stream().filter(each -> each.text().equals(text)).count();
  }

  @Override
  public synchronized int getNumIdle() {
    return idle.size();
  }

  @Override
  public synchronized int getNumIdle(PStmtKey text) {
    return idle.containsKey(text) ? 1 : 0;
  }

  private void addIdle(PStmtKey text, PooledObject<DelegatingPreparedStatement> statement)
      throws SQLException {
    destroy(text, idle.put(text, statement));
    if (idle.size() > capacity) {
      var longest = idle.keySet().iterator().next();
      destroy(longest, idle.remove(longest));
    }
  }

  private void destroy(PStmtKey text, @Nullable PooledObject<DelegatingPreparedStatement> statement)
      throws SQLException {
    if (statement != null) {
      connection.destroyObject(text, statement);
    }
  }
}
