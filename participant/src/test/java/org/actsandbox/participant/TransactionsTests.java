package org.actsandbox.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tests transactions that another connection gets in the way of. */
class TransactionsTests {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final JdbcConnectionPool pool =
      JdbcConnectionPool.create(
          "jdbc:h2:mem:transactions" + NUMBER.incrementAndGet() + ";LOCK_TIMEOUT=50", "sa", "");
  private final JdbcClient jdbc = JdbcClient.create(pool);
  private final Transactions transactions =
      new Transactions(new TransactionTemplate(new JdbcTransactionManager(pool)));
  private final AtomicInteger attempts = new AtomicInteger();
  private Connection other;

  @BeforeEach
  void create() throws SQLException {
    jdbc.sql("create table stock (item varchar(9) primary key, pieces int)").update();
    jdbc.sql("insert into stock values ('lamp', 5), ('desk', 5)").update();
    other = pool.getConnection();
    other.setAutoCommit(false);
  }

  @AfterEach
  void close() throws SQLException {
    other.close();
    pool.dispose();
  }

  @Test
  void aLostRaceIsRunAgainAsAWhole() throws SQLException {
    lockByAnother();
    int left =
        transactions.execute(
            () -> {
              take("desk");
              releaseBeforeAttempt(2);
              return take("lamp");
            });

    assertThat(left).isEqualTo(4);
    assertThat(attempts).hasValue(2);
    assertThat(pieces("desk")).as("taken once").isEqualTo(4);
  }

  @Test
  void aLockThatStaysIsARefusalAndChangesNothing() throws SQLException {
    lockByAnother();
    assertThatThrownBy(
            () ->
                transactions.execute(
                    () -> {
                      take("desk");
                      releaseBeforeAttempt(99);
                      return take("lamp");
                    }))
        .isInstanceOfSatisfying(
            Refusal.class, refused -> assertThat(refused.problem()).isEqualTo(Problem.UNAVAILABLE));
    assertThat(attempts).hasValue(3);
    other.rollback();
    assertThat(pieces("desk")).isEqualTo(5);
  }

  @Test
  void aNestedCallJoinsAndLeavesTheRepetitionToTheOutermost() throws SQLException {
    lockByAnother();
    var inner = new AtomicInteger();
    transactions.executeWithoutResult(
        () -> {
          take("desk");
          releaseBeforeAttempt(2);
          transactions.executeWithoutResult(
              () -> {
                inner.incrementAndGet();
                take("lamp");
              });
        });

    assertThat(attempts).hasValue(2);
    assertThat(inner).hasValue(2);
    assertThat(pieces("desk")).isEqualTo(4);
    assertThat(pieces("lamp")).isEqualTo(4);
  }

  @Test
  void aRefusalOfANestedCallThatTheOuterOneCatchesRollsNothingBack() {
    transactions.executeWithoutResult(
        () -> {
          take("desk");
          assertThatThrownBy(
                  () ->
                      transactions.executeWithoutResult(
                          () -> {
                            throw new Refusal(Problem.HOLD_EXPIRED, "too late");
                          }))
              .isInstanceOf(Refusal.class);
        });
    assertThat(pieces("desk")).isEqualTo(4);
  }

  @Test
  void anActionAfterTheCommitSeesItAndNoneFollowsARollback() {
    var seen = new ArrayList<Integer>();
    transactions.executeWithoutResult(
        () -> {
          Transactions.afterCommit(() -> seen.add(pieces("lamp")));
          take("lamp");
        });
    assertThat(seen).containsExactly(4);

    assertThatThrownBy(
            () ->
                transactions.executeWithoutResult(
                    () -> {
                      Transactions.afterCommit(() -> seen.add(0));
                      throw new Refusal(Problem.HOLD_EXPIRED, "too late");
                    }))
        .isInstanceOf(Refusal.class);
    assertThat(seen).containsExactly(4);
    Transactions.afterCommit(() -> seen.add(1));
    assertThat(seen).as("at once without a transaction").containsExactly(4, 1);
  }

  @Test
  void whatIsTriedOutLeavesNothing() {
    assertThat(transactions.<Integer>executeAndRollBack(() -> take("lamp"))).isEqualTo(4);
    assertThat(pieces("lamp")).isEqualTo(5);
  }

  private void lockByAnother() throws SQLException {
    try (var lock = other.createStatement()) {
      lock.execute("select pieces from stock where item = 'lamp' for update");
    }
  }

  private void releaseBeforeAttempt(int released) {
    if (attempts.incrementAndGet() == released) {
      try {
        other.rollback();
      } catch (SQLException failed) {
        throw new IllegalStateException(failed);
      }
    }
  }

  private int take(String item) {
    jdbc.sql("update stock set pieces = pieces - 1 where item = ?").param(item).update();
    return pieces(item);
  }

  private int pieces(String item) {
    return jdbc.sql("select pieces from stock where item = ?")
        .param(item)
        .query(Integer.class)
        .single();
  }
}
