package org.actsandbox.sandbox.database;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.actsandbox.protocol.time.WorkScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests that work keeps its connection, and that nothing else waits for what it keeps. */
class ScopedConnectionsTests {

  private static final int SIZE = 2;

  private final DatabaseCost cost = new DatabaseCost();
  private final AtomicInteger writes = new AtomicInteger();
  private final GroupCommit commits = new GroupCommit(writes::incrementAndGet);
  private HikariDataSource pool;
  private DurableDataSource connections;

  @BeforeEach
  void open() throws SQLException {
    var config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
    config.setMaximumPoolSize(SIZE);
    config.setConnectionTimeout(SECONDS.toMillis(30));
    pool = new HikariDataSource(config);
    connections = new DurableDataSource(pool, SIZE, commits, cost);
    try (var connection = connections.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create table note (id int primary key)");
    }
  }

  @AfterEach
  void close() {
    pool.close();
    commits.close();
  }

  @Test
  void workTakesOneConnectionAndGivesItBackAtItsEnd() {
    long before = cost.connections().sum();
    WorkScope.run(
        () -> {
          insert(1);
          inTransaction(2);
          insert(3);
          assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isEqualTo(1);
        });
    assertThat(cost.connections().sum() - before).isEqualTo(1);
    assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    assertThat(count()).isEqualTo(3);
  }

  @Test
  void eachChangeIsInTheFileBeforeItsConnectionIsKept() {
    int before = writes.get();
    WorkScope.run(
        () -> {
          insert(1);
          assertThat(writes).hasValue(before + 1);
          inTransaction(2);
          assertThat(writes).hasValue(before + 2);
        });
  }

  @Test
  void workThatFailsGivesItsConnectionBack() {
    assertThatThrownBy(
            () ->
                WorkScope.run(
                    () -> {
                      insert(1);
                      insert(1);
                    }))
        .hasRootCauseInstanceOf(SQLException.class);
    assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
  }

  /** Checks a transaction that its owner leaves open: the next use must not go on with it. */
  @Test
  void anOpenTransactionIsNotKept() throws SQLException {
    WorkScope.run(
        () -> {
          try (var connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            insert(connection, 1);
          } catch (SQLException failed) {
            throw new IllegalStateException(failed);
          }
          assertThat(count()).isZero();
        });
  }

  @Test
  void aConnectionThatThePoolHasDroppedIsNotUsedAgain() {
    WorkScope.run(
        () -> {
          insert(1);
          try (var connection = connections.getConnection()) {
            pool.evictConnection(connection.unwrap(Connection.class));
            connection.unwrap(Connection.class).abort(Runnable::run);
          } catch (SQLException failed) {
            throw new IllegalStateException(failed);
          }
          insert(2);
        });
    assertThat(count()).isEqualTo(2);
    assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
  }

  /** Checks the deadlock that keeping would bring: all keep one and wait for who has none. */
  @Test
  void workThatWaitsForOthersHoldsNoneOfThemUp() throws Exception {
    var kept = new CountDownLatch(SIZE);
    var done = new CountDownLatch(1);
    var waiting =
        IntStream.rangeClosed(1, SIZE)
            .mapToObj(
                id ->
                    CompletableFuture.runAsync(
                        () ->
                            WorkScope.run(
                                () -> {
                                  insert(id);
                                  kept.countDown();
                                  await(done);
                                  insert(10 + id);
                                }),
                        task -> Thread.ofVirtual().start(task)))
            .toList();
    assertThat(kept.await(30, SECONDS)).isTrue();
    WorkScope.run(() -> insert(100));
    insert(101);
    done.countDown();
    for (var each : waiting) {
      each.get(30, SECONDS);
    }
    assertThat(count()).isEqualTo(2 * SIZE + 2);
    assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
  }

  /** Checks that the count of wanted connections stays right under races for the last one. */
  @Test
  void manyPiecesOfWorkShareFewConnections() throws Exception {
    int workers = 16;
    var all =
        IntStream.range(0, workers)
            .mapToObj(
                worker ->
                    CompletableFuture.runAsync(
                        () -> {
                          for (int i = 0; i < 50; i++) {
                            int id = worker * 1000 + i * 2;
                            WorkScope.run(
                                () -> {
                                  insert(id);
                                  inTransaction(id + 1);
                                });
                          }
                        },
                        task -> Thread.ofVirtual().start(task)))
            .toList();
    for (var each : all) {
      each.get(60, SECONDS);
    }
    assertThat(count()).isEqualTo(workers * 100);
    assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    // All are free again: as many as there are can be taken at once.
    try (var first = connections.getConnection();
        var second = connections.getConnection()) {
      assertThat(first.isValid(1) && second.isValid(1)).isTrue();
    }
  }

  private void insert(int id) {
    try (var connection = connections.getConnection()) {
      insert(connection, id);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private void inTransaction(int id) {
    try (var connection = connections.getConnection()) {
      connection.setAutoCommit(false);
      insert(connection, id);
      connection.commit();
      connection.setAutoCommit(true);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private int count() {
    try (var connection = connections.getConnection();
        var statement = connection.prepareStatement("select count(*) from note");
        var rows = statement.executeQuery()) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(1);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void insert(Connection connection, int id) throws SQLException {
    try (var statement = connection.prepareStatement("insert into note (id) values (?)")) {
      statement.setInt(1, id);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }
}
