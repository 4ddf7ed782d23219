package org.actsandbox.sandbox.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests several sessions that change and read the same rows, and a process that ends between. */
class H2TableEngineSessionsTests {

  private static final int ROWS = 12;

  @TempDir Path folder;

  private Connection one;
  private Connection other;

  @BeforeEach
  void open() throws SQLException {
    one = connect();
    other = connect();
    H2TableEngineTests.execute(
        one, "create table t (id varchar primary key, code int, amount int, side int)");
    H2TableEngineTests.execute(one, "create unique index t_code on t (code)");
    H2TableEngineTests.execute(one, "create index t_side on t (side, id)");
    for (int i = 0; i < ROWS; i++) {
      H2TableEngineTests.execute(
          one, "insert into t values ('k%d', %d, 100, %d)".formatted(i, i, i % 3));
    }
    one.setAutoCommit(false);
    other.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    one.close();
    other.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update t set amount = 1 where id = 'k1'",
        "update t set code = 90 where id = 'k1'",
        "select id from t where id = 'k1' for update",
        "delete from t where id = 'k1'",
        "insert into t values ('k90', 77, 1, 1)"
      })
  void whatAnotherSessionHasChangedIsWaitedFor(String sql) throws SQLException {
    H2TableEngineTests.execute(other, "set lock_timeout 50");
    H2TableEngineTests.execute(one, "update t set code = 77, amount = 5 where id = 'k1'");

    assertThatThrownBy(() -> H2TableEngineTests.execute(other, sql))
        .isInstanceOf(SQLException.class)
        .extracting(failed -> ((SQLException) failed).getSQLState())
        .as("the wait was too long")
        .isEqualTo("HYT00");

    one.rollback();
    H2TableEngineTests.execute(other, sql);
    other.commit();
    assertIndexesEqualTheTable();
  }

  @Test
  void aSessionThatWaitedChangesWhatTheOtherLeft() throws Exception {
    H2TableEngineTests.execute(one, "update t set amount = amount + 1, side = 7 where id = 'k1'");
    // Platform threads take turns: H2 asks without a pause for a row that another has (ADR 132).
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
      Future<?> waiting =
          threads.submit(
              () -> {
                H2TableEngineTests.execute(
                    other, "update t set amount = amount * 2, side = side + 1 where id = 'k1'");
                other.commit();
                return null;
              });
      awaitBlocked(other, waiting);
      one.commit();
      waiting.get();
    }

    assertThat(H2TableEngineTests.query(one, "select amount, side from t where id = 'k1'"))
        .containsExactly("202 8");
    assertIndexesEqualTheTable();
  }

  /** A reader sees the same rows by the table and by each index while others change them. */
  @Test
  void readersSeeOneMoment() throws Exception {
    var done = new AtomicBoolean();
    // Platform threads take turns: H2 asks without a pause for a row that another has (ADR 132).
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
      var readers =
          List.of(
              threads.submit(() -> read(done, Connection.TRANSACTION_REPEATABLE_READ)),
              threads.submit(() -> read(done, Connection.TRANSACTION_SERIALIZABLE)),
              threads.submit(() -> read(done, Connection.TRANSACTION_READ_COMMITTED)));
      var random = new Random(7);
      try {
        for (int i = 0; i < 400; i++) {
          try {
            transfer(one, random);
            if (random.nextInt(4) != 0) {
              one.commit();
            }
          } catch (SQLException taken) {
            assertThat(taken.getSQLState()).isEqualTo("23505");
          }
          one.rollback();
        }
      } finally {
        done.set(true);
      }
      for (var reader : readers) {
        assertThat(reader.get()).as("readings").isPositive();
      }
    }
  }

  /**
   * Four sessions move amounts between rows in any order; some moves are refused or rolled back.
   */
  @Test
  void sessionsThatMeetLoseNothing() throws Exception {
    // Platform threads take turns: H2 asks without a pause for a row that another has (ADR 132).
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
      var movers = new ArrayList<Future<Integer>>();
      for (int each = 0; each < 4; each++) {
        int seed = each;
        movers.add(threads.submit(() -> move(new Random(seed))));
      }
      int added = 0;
      for (var mover : movers) {
        added += mover.get();
      }

      assertThat(H2TableEngineTests.query(one, "select sum(amount) from t"))
          .containsExactly(String.valueOf(100 * ROWS + added));
    }
    assertIndexesEqualTheTable();
  }

  /** The file as a killed process leaves it: with a change that is not committed. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aKilledProcessLeavesNothingOfAnUnfinishedTransaction(boolean withEngine) throws Exception {
    one.commit();
    H2TableEngineTests.execute(one, "update t set amount = 1, side = 50, code = code + 100");
    H2TableEngineTests.execute(one, "update t set amount = 2, side = 51 where id = 'k1'");
    H2TableEngineTests.execute(one, "update t set amount = 3 where id = 'k1'");
    var store =
        ((SessionLocal) one.unwrap(JdbcConnection.class).getSession()).getDatabase().getStore();
    store.getMvStore().commit();
    store.getMvStore().sync();

    var copy = Files.createDirectories(folder.resolve("copy"));
    Files.copy(folder.resolve("sandbox.mv.db"), copy.resolve("sandbox.mv.db"));
    var url =
        withEngine
            ? InterruptionTests.address(copy).url()
            : "jdbc:h2:" + copy.resolve("sandbox") + ";DATABASE_TO_LOWER=TRUE";
    try (var opened = DriverManager.getConnection(url, "sa", "")) {
      assertThat(
              H2TableEngineTests.query(opened, "select sum(amount), max(side), max(code) from t"))
          .containsExactly("%d 2 %d".formatted(100 * ROWS, ROWS - 1));
      assertIndexesEqualTheTable(opened);
      H2TableEngineTests.execute(opened, "update t set side = side + 1, amount = amount + 1");
      assertIndexesEqualTheTable(opened);
    }
  }

  /** A file that plain H2 has made and left with an unfinished transaction. */
  @Test
  void aFileOfPlainH2IsChangedInPlace() throws Exception {
    var plain = Files.createDirectories(folder.resolve("plain")).resolve("sandbox");
    var copy = Files.createDirectories(folder.resolve("copy"));
    var url = "jdbc:h2:" + plain + ";DATABASE_TO_LOWER=TRUE;MODE=PostgreSQL";
    try (var made = DriverManager.getConnection(url, "sa", "")) {
      H2TableEngineTests.execute(
          made, "create table t (id varchar primary key, code int, amount int, side int)");
      H2TableEngineTests.execute(made, "create unique index t_code on t (code)");
      H2TableEngineTests.execute(made, "create index t_side on t (side, id)");
      H2TableEngineTests.execute(made, "insert into t values ('a', 1, 10, 1), ('b', 2, 20, 2)");
      made.setAutoCommit(false);
      H2TableEngineTests.execute(made, "update t set amount = 0, side = 9, code = 3 - code");
      var store =
          ((SessionLocal) made.unwrap(JdbcConnection.class).getSession()).getDatabase().getStore();
      store.getMvStore().commit();
      store.getMvStore().sync();
      Files.copy(plain.resolveSibling("sandbox.mv.db"), copy.resolve("sandbox.mv.db"));
    }
    var address = InterruptionTests.address(copy).url();
    try (var opened = DriverManager.getConnection(address, "sa", "")) {
      assertThat(rows(opened, "id")).containsExactly("a 1 10 1", "b 2 20 2");
      H2TableEngineTests.execute(
          opened, "update t set amount = amount + 1, side = side + 1 where id = 'a'");
      assertIndexesEqualTheTable(opened);
      H2TableEngineTests.execute(opened, "shutdown compact");
    }
    try (var opened = DriverManager.getConnection(address, "sa", "")) {
      assertThat(rows(opened, "id")).containsExactly("a 1 11 2", "b 2 20 2");
      assertIndexesEqualTheTable(opened);
    }
  }

  private int move(Random random) throws SQLException {
    int added = 0;
    try (var connection = connect()) {
      connection.setAutoCommit(false);
      for (int i = 0; i < 150; i++) {
        int more = random.nextInt(3) == 0 ? 1 : 0;
        try {
          transfer(connection, random);
          H2TableEngineTests.execute(
              connection,
              "update t set amount = amount + %d where id = '%s'".formatted(more, key(random)));
          if (random.nextInt(4) == 0) {
            connection.rollback();
          } else {
            connection.commit();
            added += more;
          }
        } catch (SQLException refused) {
          assertThat(refused.getSQLState())
              .as("a deadlock, a wait, a taken key: %s", refused.getMessage())
              .isIn("40001", "HYT00", "23505", "90131");
          connection.rollback();
        }
      }
    }
    return added;
  }

  /** Moves an amount between two rows; some sides and codes change on the way. */
  private static void transfer(Connection connection, Random random) throws SQLException {
    int amount = random.nextInt(10);
    H2TableEngineTests.execute(
        connection,
        "update t set amount = amount - %d, side = %d where id = '%s'"
            .formatted(amount, random.nextInt(4), key(random)));
    var saved = connection.setSavepoint();
    H2TableEngineTests.execute(connection, "update t set amount = 0, code = code + 1000, side = 9");
    connection.rollback(saved);
    H2TableEngineTests.execute(
        connection,
        "update t set amount = amount + %d where id = '%s'".formatted(amount, key(random)));
    if (random.nextInt(3) == 0) {
      H2TableEngineTests.execute(
          connection,
          "update t set code = %d where id = '%s'"
              .formatted(ROWS + random.nextInt(3), key(random)));
    }
  }

  private int read(AtomicBoolean done, int isolation) throws SQLException {
    int readings = 0;
    try (var reader = connect()) {
      reader.setAutoCommit(false);
      reader.setTransactionIsolation(isolation);
      boolean snapshot = isolation != Connection.TRANSACTION_READ_COMMITTED;
      while (!done.get() || readings == 0) {
        assertThat(H2TableEngineTests.query(reader, "select sum(amount) from t"))
            .containsExactly(String.valueOf(100 * ROWS));
        if (snapshot) {
          assertThat(rows(reader, "code")).as("by code").hasSize(ROWS);
          assertIndexesEqualTheTable(reader);
        }
        assertThat(H2TableEngineTests.query(reader, "select sum(amount) from t where side >= 0"))
            .containsExactly(String.valueOf(100 * ROWS));
        reader.commit();
        readings++;
      }
    }
    return readings;
  }

  private void assertIndexesEqualTheTable() throws SQLException {
    one.rollback();
    assertIndexesEqualTheTable(one);
  }

  private static void assertIndexesEqualTheTable(Connection connection) throws SQLException {
    var all = rows(connection, "id");
    assertThat(rows(connection, "code")).containsExactlyInAnyOrderElementsOf(all);
    assertThat(rows(connection, "side, id")).containsExactlyInAnyOrderElementsOf(all);
    // These are answered by the index alone.
    assertThat(
            H2TableEngineTests.query(
                connection, "select code from t where code >= 0 order by code"))
        .isEqualTo(
            H2TableEngineTests.query(connection, "select code + 0 from t order by code + 0"));
    assertThat(
            H2TableEngineTests.query(
                connection, "select side, id from t where side >= 0 order by side, id"))
        .isEqualTo(
            H2TableEngineTests.query(
                connection, "select side + 0, id from t order by side + 0, id"));
  }

  private static List<String> rows(Connection connection, String order) throws SQLException {
    return H2TableEngineTests.query(
        connection, "select id, code, amount, side from t order by " + order);
  }

  private static String key(Random random) {
    return "k" + random.nextInt(ROWS);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(InterruptionTests.address(folder).url(), "sa", "");
  }

  private static void awaitBlocked(Connection waiting, Future<?> call) throws SQLException {
    var session = (SessionLocal) waiting.unwrap(JdbcConnection.class).getSession();
    while (session.getBlockingSessionId() == 0) {
      assertThat(call.isDone()).as("it did not wait").isFalse();
      Thread.onSpinWait();
    }
  }
}
