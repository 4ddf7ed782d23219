package org.actsandbox.sandbox.database.redo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests sessions that H2 does not let wait: for a row of a transaction that has taken a part of
 * itself back, as an {@code insert ... on conflict do nothing} does that finds its row, and for a
 * key that a transaction has inserted and not committed.
 */
class RowWaitTests {

  /** Limit for what needs some milliseconds. */
  private static final int LONG_SECONDS = 60;

  /** Number of virtual threads that run at the same time. */
  private static final int CARRIERS =
      Integer.getInteger(
          "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());

  @TempDir Path folder;

  private final List<Connection> connections = new ArrayList<>();
  private final List<Future<?>> tasks = new ArrayList<>();
  private LoggedDatabase database;

  @BeforeEach
  void open() throws Exception {
    database = LoggedDatabase.open(folder);
    database.execute(
        "create table note (id int primary key, text varchar)",
        "insert into note select x, '' from system_range(0, %d)".formatted(Math.max(2, CARRIERS)),
        "create table label (world int, name varchar, primary key (world, name))");
    database.log().start();
  }

  @AfterEach
  void close() throws Exception {
    // A task that goes on keeps its connection, and to wait for it would take for ever.
    if (tasks.stream().allMatch(Future::isDone)) {
      for (var connection : connections) {
        connection.close();
      }
      database.close();
    }
  }

  /** All processors are busy with waiting, and the threads that are waited for need one. */
  @Test
  void whoIsWaitedForGoesOn() throws Exception {
    var parked = new CountDownLatch(CARRIERS);
    var released = new CountDownLatch(1);
    var holders = new ArrayList<Connection>();
    var held = new ArrayList<Future<Integer>>();
    for (int id = 1; id <= CARRIERS; id++) {
      var holder = connect();
      changeAndTakePartBack(holder, id);
      holders.add(holder);
      held.add(
          start(
              () -> {
                parked.countDown();
                released.await();
                holder.commit();
                return 1;
              }));
    }
    parked.await();
    var waiting = new ArrayList<Future<Integer>>();
    for (int id = 1; id <= CARRIERS; id++) {
      int theirs = id;
      var waiter = connect();
      waiting.add(start(() -> change(waiter, theirs)));
      awaitBlocked(waiter, waiting.getLast());
    }
    released.countDown();

    try {
      for (var each : held) {
        assertThat(each.get(LONG_SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
      }
    } finally {
      for (var holder : holders) {
        // Ends what a session waits for, if its own thread could not.
        holder.rollback();
      }
    }
    for (var each : waiting) {
      assertThat(each.get(LONG_SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
    }
  }

  /** All processors are busy with a key, and the thread that has inserted it needs one. */
  @RepeatedTest(5)
  void whoHasInsertedTheKeyGoesOn() throws Exception {
    var holder = connect();
    holder.setAutoCommit(false);
    assertThat(insertLabel(holder)).isEqualTo(1);
    var parked = new CountDownLatch(1);
    var released = new CountDownLatch(1);
    var held =
        start(
            () -> {
              parked.countDown();
              released.await();
              holder.commit();
              return 1;
            });
    parked.await();
    var begun = new CountDownLatch(4 * CARRIERS);
    var inserting = new ArrayList<Future<Integer>>();
    for (int i = 0; i < 4 * CARRIERS; i++) {
      var waiter = connect();
      inserting.add(
          start(
              () -> {
                begun.countDown();
                return insertLabel(waiter);
              }));
    }
    begun.await();
    released.countDown();

    assertThat(held.get(LONG_SECONDS, TimeUnit.SECONDS)).isEqualTo(1);
    for (var each : inserting) {
      assertThat(each.get(LONG_SECONDS, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void ofTwoThatWaitForEachOtherOneIsEnded() throws Exception {
    for (int round = 0; round < 20; round++) {
      var met = new CyclicBarrier(2);
      var first = start(() -> changeBoth(1, 2, met));
      var second = start(() -> changeBoth(2, 1, met));

      assertThat(
              List.of(
                  first.get(LONG_SECONDS, TimeUnit.SECONDS),
                  second.get(LONG_SECONDS, TimeUnit.SECONDS)))
          .as("round %d", round)
          .containsExactlyInAnyOrder("committed", "40001");
    }
    assertThat(database.content().get("note"))
        .contains("1|" + "+".repeat(20), "2|" + "+".repeat(20));
  }

  private String changeBoth(int first, int second, CyclicBarrier met) throws Exception {
    try (var connection = connect()) {
      changeAndTakePartBack(connection, first);
      met.await(LONG_SECONDS, TimeUnit.SECONDS);
      try {
        change(connection, second);
        connection.commit();
        return "committed";
      } catch (SQLException refused) {
        connection.rollback();
        return refused.getSQLState();
      }
    }
  }

  private static void changeAndTakePartBack(Connection connection, int id) throws SQLException {
    connection.setAutoCommit(false);
    assertThat(change(connection, id)).isEqualTo(1);
    try (var statement = connection.createStatement()) {
      assertThat(
              statement.executeUpdate(
                  "insert into note values (0, 'again') on conflict do nothing"))
          .isZero();
    }
  }

  private static int insertLabel(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      return statement.executeUpdate("insert into label values (1, 'a') on conflict do nothing");
    }
  }

  private static int change(Connection connection, int id) throws SQLException {
    try (var statement = connection.createStatement()) {
      return statement.executeUpdate("update note set text = text || '+' where id = " + id);
    }
  }

  private synchronized Connection connect() throws SQLException {
    var connection = database.connect();
    connections.add(connection);
    return connection;
  }

  private <T> Future<T> start(Callable<T> work) {
    var task = new FutureTask<>(work);
    tasks.add(task);
    Thread.ofVirtual().start(task);
    return task;
  }

  private static void awaitBlocked(Connection waiting, Future<?> task) throws SQLException {
    var session = (SessionLocal) waiting.unwrap(JdbcConnection.class).getSession();
    while (session.getBlockingSessionId() == 0) {
      assertThat(task.isDone()).as("it did not wait").isFalse();
      Thread.onSpinWait();
    }
  }
}
