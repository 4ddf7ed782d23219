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
final class StatementPool implements KeyedObjectPool<PStmtKey, DelegatingPreparedStatement> {

  private final PoolingConnection connection;
  private final int room;

  /** The longest unused first. */
  private final Map<PStmtKey, PooledObject<DelegatingPreparedStatement>> kept =
      new LinkedHashMap<>();

  private final IdentityHashMap<DelegatingPreparedStatement, Lent> lent = new IdentityHashMap<>();

  private boolean closed;

  private record Lent(PStmtKey text, PooledObject<DelegatingPreparedStatement> statement) {}

  /**
   * @param connection prepares, clears and closes
   * @param room statements kept at most
   */
  StatementPool(PoolingConnection connection, int room) {
    this.connection = connection;
    this.room = room;
  }

  @Override
  public synchronized DelegatingPreparedStatement borrowObject(PStmtKey text) throws SQLException {
    var found = kept.remove(text);
    var statement = found == null ? connection.makeObject(text) : found;
    connection.activateObject(text, statement);
    lent.put(statement.getObject(), new Lent(text, statement));
    return statement.getObject();
  }

  /** A statement that cannot be cleared is closed: nobody may find in it what was set before. */
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
    keep(text, back.statement());
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
    keep(text, connection.makeObject(text));
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
    return (int) lent.values().stream().filter(each -> each.text().equals(text)).count();
  }

  @Override
  public synchronized int getNumIdle() {
    return kept.size();
  }

  @Override
  public synchronized int getNumIdle(PStmtKey text) {
    return kept.containsKey(text) ? 1 : 0;
  }

  private void keep(PStmtKey text, PooledObject<DelegatingPreparedStatement> statement)
      throws SQLException {
    destroy(text, kept.put(text, statement));
    if (kept.size() > room) {
      var longest = kept.keySet().iterator().next();
      destroy(longest, kept.remove(longest));
    }
  }

  private void destroy(PStmtKey text, @Nullable PooledObject<DelegatingPreparedStatement> statement)
      throws SQLException {
    if (statement != null) {
      connection.destroyObject(text, statement);
    }
  }
}
