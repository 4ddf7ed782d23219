package org.actsandbox.sandbox.database.redo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests that nothing is committed without passing the log: sessions carry out random statements at
 * the same time, and what a start finds is what the database itself shows as committed.
 */
@Timeout(600)
class RedoWorkloadTests {

  private static final int SESSIONS = 4;
  private static final int ROUNDS = Integer.getInteger("act.redo.rounds", 25);
  private static final int STATEMENTS = 60;
  private static final int KEYS = 40;

  @TempDir Path folder;

  /** Whether the sessions of this round meet on keys, and so end their transactions in it. */
  private volatile boolean meeting;

  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger carriedOut = new AtomicInteger();

  @Test
  void aStartFindsWhatWasCommitted() throws Exception {
    long seed = Long.getLong("act.seed", System.nanoTime());
    var random = new Random(seed);
    try (var database = LoggedDatabase.open(Files.createDirectories(folder.resolve("data")));
        var threads = Executors.newFixedThreadPool(SESSIONS + 1)) {
      database.execute(
          "create table account (id int primary key, balance bigint not null, note varchar)",
          "create index account_balance on account (balance)",
          "create table entry (world varchar, id bigint generated always as identity, account int"
              + " references account, amount int, papers bytea, primary key (world, id))",
          "create unique index entry_amount on entry (account, amount)",
          "create sequence numbers");
      database.log().start();
      var sessions = new ArrayList<Session>();
      var work = new ArrayList<Callable<Void>>();
      for (int i = 0; i < SESSIONS; i++) {
        sessions.add(new Session(database.connect(), i, new Random(random.nextLong())));
      }
      work.addAll(sessions);
      work.add(() -> write(database, new Random(random.nextLong())));
      for (int round = 0; round < ROUNDS; round++) {
        // All stop at the end of a round, in every second one most in the middle of a transaction.
        meeting = round % 2 == 0;
        for (var done : threads.invokeAll(work)) {
          done.get();
        }
        database.log().write();
        var copy = database.crash(folder.resolve("killed" + round));
        assertThat(LoggedDatabase.contentAfterStart(copy))
            .as("round %d with -Dact.seed=%d", round, seed)
            .isEqualTo(database.content());
      }
      for (var session : sessions) {
        session.connection.close();
      }
    }
    assertThat(carriedOut.get()).isGreaterThan(refused.get());
    assertThat(refused.get()).as("statements that fail within a transaction").isPositive();
  }

  /** Has the log and the file written while the sessions work, as timers and H2 itself do. */
  private static @Nullable Void write(LoggedDatabase database, Random random) throws SQLException {
    for (int i = 0; i < 6; i++) {
      switch (random.nextInt(4)) {
        case 0 -> database.log().checkpoint();
        case 1 -> database.execute("checkpoint");
        case 2 -> database.execute("create table if not exists more%d (id int)".formatted(i));
        default -> database.log().write();
      }
    }
    return null;
  }

  /**
   * Carries out random statements, with what fails in between.
   *
   * <p>A transaction that another session waits for must end. H2 waits without end, and without a
   * pause, for one that took a part of itself back, and it takes parts back by itself when it tries
   * a statement again.
   */
  private final class Session implements Callable<Void> {

    private final Connection connection;
    private final int first;
    private final Random random;

    Session(Connection connection, int number, Random random) throws SQLException {
      this.connection = connection;
      this.first = number * KEYS / SESSIONS;
      this.random = random;
      connection.createStatement().execute("set lock_timeout 50");
    }

    @Override
    public Void call() throws SQLException {
      if (meeting) {
        end(random.nextBoolean());
      }
      for (int i = 0; i < STATEMENTS; i++) {
        step();
      }
      if (meeting) {
        end(random.nextBoolean());
      }
      return null;
    }

    private void step() throws SQLException {
      switch (random.nextInt(12)) {
        case 0 -> {
          end(true);
          connection.setAutoCommit(random.nextBoolean());
        }
        case 1, 2, 3 -> end(true);
        case 4 -> end(false);
        case 5 -> {
          if (!connection.getAutoCommit()) {
            var savepoint = connection.setSavepoint();
            execute(statement());
            execute(statement());
            rollback(savepoint);
          }
        }
        default -> execute(statement());
      }
    }

    private void end(boolean commit) throws SQLException {
      if (!connection.getAutoCommit()) {
        if (commit) {
          connection.commit();
        } else {
          connection.rollback();
        }
      }
    }

    private void rollback(java.sql.Savepoint savepoint) {
      try {
        connection.rollback(savepoint);
      } catch (SQLException ended) {
        // A deadlock has ended the transaction.
        refused.incrementAndGet();
      }
    }

    private void execute(String sql) {
      try (var statement = connection.createStatement()) {
        statement.execute(sql);
        carriedOut.incrementAndGet();
      } catch (SQLException failed) {
        // A key that exists, a reference, a row that another session holds, a deadlock.
        assertThat(failed.getSQLState()).as(failed.toString()).matches("23.*|HYT00|40001");
        refused.incrementAndGet();
      }
    }

    /**
     * A statement of a transaction, or of more than one row, keeps to the keys of its session, so
     * that there are no deadlocks: H2 cannot always end both of their transactions. A statement of
     * its own and of one row takes any key in the rounds in which sessions meet.
     */
    private String statement() throws SQLException {
      int key = meeting && connection.getAutoCommit() ? random.nextInt(KEYS) : own();
      int other = random.nextInt(KEYS);
      return switch (random.nextInt(13)) {
        case 0, 1 -> "insert into account values (%d, %d, 'n%d')".formatted(key, other, other);
        case 2 ->
            "insert into account values (%d, 1, 'a'), (%d, 2, 'b') on conflict do nothing"
                .formatted(own(), own());
        case 3 -> "update account set balance = balance + 1 where id = " + key;
        case 4 ->
            "update account set note = 'changed' where balance > %d and id between %d and %d"
                .formatted(other, first, own());
        case 5 -> "update account set id = %d where id = %d".formatted(own(), own());
        case 6 -> "delete from account where id = " + key;
        case 7 -> "delete from entry where account = " + own();
        case 8 ->
            "select * from account where id between %d and %d for update".formatted(first, own());
        case 9 -> "select nextval('numbers')";
        case 10 ->
            "merge into account using (values (%d, %d)) as s (id, b) on account.id = s.id"
                    .formatted(key, other)
                + " when matched then update set balance = s.b"
                + " when not matched then insert values (s.id, s.b, 'merged')";
        case 11 ->
            "update entry set amount = amount + 1, papers = X'%x' where account = %d"
                .formatted(0x1000 + other, own());
        default ->
            "insert into entry (world, account, amount, papers) values ('w%d', %d, %d, X'%s')"
                .formatted(key % 3, own(), other, "ab".repeat(10 * key));
      };
    }

    private int own() {
      return first + random.nextInt(KEYS / SESSIONS);
    }
  }
}
