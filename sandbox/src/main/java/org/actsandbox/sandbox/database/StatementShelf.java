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
 * The statements that one connection has prepared and nobody uses at the moment, one of each text.
 *
 * <p>Not {@code GenericKeyedObjectPool}: that asks every text it knows, under a lock of each,
 * whether somebody waits for one whenever one is given back, which was 7 % of the server's time.
 * Nobody ever waits here: what is not on the shelf is prepared.
 */
final class StatementShelf implements KeyedObjectPool<PStmtKey, DelegatingPreparedStatement> {

  private final PoolingConnection connection;
  private final int room;

  /** The longest unused first. */
  private final Map<PStmtKey, PooledObject<DelegatingPreparedStatement>> kept =
      new LinkedHashMap<>();

  private final IdentityHashMap<
          DelegatingPreparedStatement, PooledObject<DelegatingPreparedStatement>>
      lent = new IdentityHashMap<>();

  private boolean closed;

  /**
   * @param connection prepares, clears and closes
   * @param room statements kept at most
   */
  StatementShelf(PoolingConnection connection, int room) {
    this.connection = connection;
    this.room = room;
  }

  @Override
  public synchronized DelegatingPreparedStatement borrowObject(PStmtKey text) throws SQLException {
    var found = kept.remove(text);
    var statement = found == null ? connection.makeObject(text) : found;
    connection.activateObject(text, statement);
    lent.put(statement.getObject(), statement);
    return statement.getObject();
  }

  @Override
  public synchronized void returnObject(PStmtKey text, DelegatingPreparedStatement given)
      throws SQLException {
    var statement = lent.remove(given);
    if (statement == null) {
      return;
    }
    connection.passivateObject(text, statement);
    if (closed) {
      connection.destroyObject(text, statement);
      return;
    }
    destroy(text, kept.put(text, statement));
    if (kept.size() > room) {
      var longest = kept.keySet().iterator().next();
      destroy(longest, kept.remove(longest));
    }
  }

  @Override
  public synchronized void invalidateObject(PStmtKey text, DelegatingPreparedStatement given)
      throws SQLException {
    destroy(text, lent.remove(given));
  }

  @Override
  public synchronized void addObject(PStmtKey text) throws SQLException {
    destroy(text, kept.put(text, connection.makeObject(text)));
  }

  @Override
  public synchronized void clear() throws SQLException {
    var all = Map.copyOf(kept);
    kept.clear();
    for (var each : all.entrySet()) {
      destroy(each.getKey(), each.getValue());
    }
  }

  @Override
  public synchronized void clear(PStmtKey text) throws SQLException {
    destroy(text, kept.remove(text));
  }

  /** Statements still lent are closed when they are given back. */
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
    throw new UnsupportedOperationException("nobody counts what is lent of " + text);
  }

  @Override
  public synchronized int getNumIdle() {
    return kept.size();
  }

  @Override
  public synchronized int getNumIdle(PStmtKey text) {
    return kept.containsKey(text) ? 1 : 0;
  }

  private void destroy(PStmtKey text, @Nullable PooledObject<DelegatingPreparedStatement> statement)
      throws SQLException {
    if (statement != null) {
      connection.destroyObject(text, statement);
    }
  }
}
