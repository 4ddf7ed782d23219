package org.actsandbox.sandbox.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.actsandbox.protocol.time.WorkScope;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lends the connections of a pool. A piece of work keeps its connection between two uses, so that
 * it takes one from the pool and not one per statement.
 *
 * <p>A kept connection belongs to the first that claims it. When the pool is exhausted, others
 * claim what is kept, so work that waits for something else while it keeps a connection never holds
 * others up. Races: a borrower counts itself and then looks for kept connections; who keeps one
 * makes it visible and then looks at the count; so at least one of them sees the other.
 */
final class ScopedConnections {

  private static final Logger log = LoggerFactory.getLogger(ScopedConnections.class);

  /** After this time the pool has to look whether the database still knows the connection. */
  private static final long MAX_KEPT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final DataSource pool;
  private final int size;
  private final DatabaseCost cost;

  /** Counts connections that are lent, and callers that wait for one. */
  private final AtomicInteger wanted = new AtomicInteger();

  private final Set<KeptConnection> kept = ConcurrentHashMap.newKeySet();

  /**
   * @param size the number of connections of the pool
   */
  ScopedConnections(DataSource pool, int size, DatabaseCost cost) {
    this.pool = pool;
    this.size = size;
    this.cost = cost;
  }

  private final class KeptConnection implements WorkScope.Kept {

    private final Connection connection;
    private final long since = System.nanoTime();
    private final AtomicBoolean claimed = new AtomicBoolean();

    KeptConnection(Connection connection) {
      this.connection = connection;
    }

    boolean claim() {
      kept.remove(this);
      return claimed.compareAndSet(false, true);
    }

    boolean isUsable() throws SQLException {
      return System.nanoTime() - since < MAX_KEPT_NANOS && !connection.isClosed();
    }

    ScopedConnections lender() {
      return ScopedConnections.this;
    }

    @Override
    public void giveBack() {
      if (claim()) {
        try {
          ScopedConnections.this.giveBack(connection);
        } catch (SQLException failed) {
          // The work is done, and the pool replaces a connection that cannot be closed.
          log.warn("a connection could not be given back", failed);
        }
      }
    }
  }

  /** Returns the connection that this work has kept, or else one of the pool. */
  Connection take() throws SQLException {
    var own = WorkScope.current().flatMap(WorkScope::take).orElse(null);
    if (own instanceof KeptConnection mine && mine.lender() == this && mine.claim()) {
      if (mine.isUsable()) {
        return mine.connection;
      }
      giveBack(mine.connection);
    } else if (own != null) {
      own.giveBack();
    }
    return borrow();
  }

  private Connection borrow() throws SQLException {
    if (wanted.incrementAndGet() > size) {
      releaseOne();
    }
    boolean lent = false;
    try {
      var connection = pool.getConnection();
      lent = true;
      cost.connections().increment();
      return connection;
    } finally {
      if (!lent) {
        wanted.decrementAndGet();
      }
    }
  }

  /** Gives one kept connection back to the pool, if there is one. */
  private void releaseOne() throws SQLException {
    for (var each : kept) {
      if (each.claim()) {
        giveBack(each.connection);
        return;
      }
    }
  }

  /**
   * Keeps an open connection, whose statements are closed, for the next use by this work.
   *
   * @return false if the caller must give it back instead
   */
  boolean keep(Connection connection) {
    var scope = WorkScope.current();
    if (scope.isEmpty() || !isAtRest(connection)) {
      return false;
    }
    var mine = new KeptConnection(connection);
    if (!scope.get().keep(mine)) {
      return false;
    }
    kept.add(mine);
    if (wanted.get() > size) {
      mine.giveBack();
    }
    return true;
  }

  private static boolean isAtRest(Connection connection) {
    try {
      return !connection.isClosed() && connection.getAutoCommit();
    } catch (SQLException broken) {
      // The pool looks at it when it is given back.
      return false;
    }
  }

  void giveBack(Connection connection) throws SQLException {
    try {
      connection.close();
    } finally {
      wanted.decrementAndGet();
    }
  }
}
