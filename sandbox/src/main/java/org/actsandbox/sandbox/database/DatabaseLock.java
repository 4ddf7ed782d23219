package org.actsandbox.sandbox.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reserves a PostgreSQL database for one process: each of two processes would hold worlds, clocks
 * and journals in memory that the other does not know. H2 locks its file itself. Nodes that know of
 * each other (ADR 57) share the lock.
 *
 * <p>The lock is PostgreSQL's own (a session's advisory lock), so it always ends with the process.
 * When the database restarts, the lock is taken again; if another process was faster, {@code lost}
 * runs.
 */
final class DatabaseLock implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DatabaseLock.class);

  /** Number of the lock in its database: the letters ACTSBX. */
  private static final long KEY = 0x4143_5453_4258L;

  /** PostgreSQL's state for a lock that was not free in time. */
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(2);

  /** Time for PostgreSQL to notice that an earlier process has ended. */
  private static final Duration START_TIMEOUT = Duration.ofSeconds(3);

  private final DatabaseAddress address;
  private final boolean shared;
  private final Runnable lost;
  private final ScheduledExecutorService checks;
  private @Nullable Connection holder;

  private DatabaseLock(DatabaseAddress address, boolean shared, Runnable lost) {
    this.address = address;
    this.shared = shared;
    this.lost = lost;
    var thread = Thread.ofPlatform().daemon().name("database-lock");
    this.checks = new ScheduledThreadPoolExecutor(1, thread.factory());
  }

  /**
   * Takes the lock.
   *
   * @param shared whether other nodes may have it, too
   * @param lost called once, on another thread, when another process has taken the database
   *     meanwhile
   * @throws StartupFailure if another process has the lock, or the database does not answer
   */
  static DatabaseLock take(DatabaseAddress address, boolean shared, Runnable lost) {
    var lock = new DatabaseLock(address, shared, lost);
    if (address.isFile()) {
      return lock;
    }
    try {
      if (!lock.acquire(START_TIMEOUT)) {
        throw new StartupFailure(
            (shared
                    ? "the database %s is in use by a sandbox that is no node: stop that one, or"
                        + " start it with act.nodes.key, too"
                    : "the database %s is in use by another sandbox: stop that one, or give this"
                        + " one a database of its own")
                .formatted(address.place()),
            null);
      }
    } catch (SQLException failed) {
      throw address.failure(failed);
    }
    var _ =
        lock.checks.scheduleWithFixedDelay(
            lock::check,
            CHECK_INTERVAL.toMillis(),
            CHECK_INTERVAL.toMillis(),
            TimeUnit.MILLISECONDS);
    return lock;
  }

  private synchronized boolean acquire(Duration timeout) throws SQLException {
    var connection =
        DriverManager.getConnection(address.url(), address.username(), address.password());
    try {
      if (timeout.isPositive()) {
        execute(connection, "set lock_timeout = " + timeout.toMillis());
        execute(connection, "select pg_advisory_lock%s(%d)".formatted(mode(), KEY));
        holder = connection;
      } else if (tryLock(connection)) {
        holder = connection;
      }
    } catch (SQLException failed) {
      connection.close();
      if (LOCK_NOT_AVAILABLE.equals(failed.getSQLState())) {
        return false;
      }
      throw failed;
    }
    if (holder != connection) {
      connection.close();
    }
    return holder == connection;
  }

  private String mode() {
    return shared ? "_shared" : "";
  }

  private boolean tryLock(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var row =
            statement.executeQuery("select pg_try_advisory_lock%s(%d)".formatted(mode(), KEY))) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private synchronized void check() {
    try {
      if (holder != null && holder.isValid((int) CHECK_INTERVAL.toSeconds())) {
        return;
      }
      if (holder != null) {
        holder.close();
        holder = null;
      }
      if (!acquire(Duration.ZERO)) {
        log.error("another sandbox has taken the database {}: this one stops", address.place());
        checks.shutdown();
        lost.run();
      }
    } catch (SQLException away) {
      log.debug("the database does not answer, so its lock is taken when it does", away);
    }
  }

  @Override
  public void close() throws SQLException {
    checks.shutdownNow();
    synchronized (this) {
      if (holder != null) {
        holder.close();
        holder = null;
      }
    }
  }
}
