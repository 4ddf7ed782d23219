package org.actsandbox.participant;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tests that a kept row is never older than the newest committed one, and never one that was not.
 */
class CommittedRowsTests {

  private static final String KEY = "T-1";

  private final CommittedRows<Integer> rows = new CommittedRows<>(256);
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger turns = new AtomicInteger();
  private JdbcClient jdbc;
  private TransactionTemplate transactions;
  private Connection keeper;

  @BeforeEach
  void open() throws Exception {
    var source = new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID(), "sa", "");
    keeper = source.getConnection();
    jdbc = JdbcClient.create(source);
    transactions = new TransactionTemplate(new JdbcTransactionManager(source));
    jdbc.sql("create table counted (amount int)").update();
    jdbc.sql("insert into counted values (0)").update();
  }

  @AfterEach
  void close() throws Exception {
    keeper.close();
  }

  private int find() {
    return rows.find(KEY, this::read).orElseThrow();
  }

  private Optional<Integer> read() {
    reads.incrementAndGet();
    return jdbc.sql("select amount from counted").query(Integer.class).optional();
  }

  /** Locks the row as a caller does, and writes one more. */
  private int add() {
    int next = jdbc.sql("select amount from counted for update").query(Integer.class).single() + 1;
    set(next);
    return next;
  }

  private boolean set(int amount) {
    return rows.change(
        KEY, amount, () -> jdbc.sql("update counted set amount = ?").param(amount).update() == 1);
  }

  private static <T> T elsewhere(Callable<T> work) {
    try (var thread = Executors.newSingleThreadExecutor()) {
      return thread.submit(work).get();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  @Test
  void aRowIsReadOnce() {
    assertThat(find()).isZero();
    assertThat(find()).isZero();
    assertThat(reads).hasValue(1);
  }

  @Test
  void aChangeIsSeenByItsTransactionAtOnceAndByOthersAfterTheCommit() {
    assertThat(find()).isZero();
    transactions.executeWithoutResult(
        _ -> {
          add();
          assertThat(find()).isEqualTo(1);
          assertThat(elsewhere(this::find)).isZero();
        });
    assertThat(find()).isEqualTo(1);
    assertThat(elsewhere(this::find)).isEqualTo(1);
  }

  @Test
  void aChangeThatWasRolledBackWasNeverKept() {
    transactions.executeWithoutResult(
        status -> {
          add();
          assertThat(find()).isEqualTo(1);
          status.setRollbackOnly();
        });
    assertThat(find()).isZero();
  }

  /** Changes the row by a statement that knows no value, as {@code changeKept} is used. */
  private boolean addByStatement() {
    return rows.changeKept(
        KEY,
        kept -> kept + 1,
        () -> jdbc.sql("update counted set amount = amount + 1").update() == 1);
  }

  @Test
  void aStatementIsAppliedToTheRowThatIsKept() {
    assertThat(find()).isZero();
    transactions.executeWithoutResult(_ -> addByStatement());
    assertThat(find()).isEqualTo(1);
    assertThat(reads).hasValue(1);
    assertThat(read()).contains(1);
  }

  @Test
  void aStatementOnARowThatIsNotKeptLeavesItToTheNextReader() {
    addByStatement();
    assertThat(find()).isEqualTo(1);
    assertThat(reads).hasValue(1);
  }

  @Test
  void aStatementThatWasRolledBackOrChangedNothingKeepsNothing() {
    assertThat(find()).isZero();
    transactions.executeWithoutResult(
        status -> {
          addByStatement();
          status.setRollbackOnly();
        });
    assertThat(find()).isZero();
    assertThat(rows.changeKept(KEY, kept -> kept + 7, () -> false)).isFalse();
    assertThat(find()).isZero();
  }

  @Test
  void twoStatementsOfOneTransactionAreReadAfterIt() {
    assertThat(find()).isZero();
    transactions.executeWithoutResult(
        _ -> {
          addByStatement();
          addByStatement();
        });
    assertThat(find()).isEqualTo(2);
  }

  @Test
  void aChangeThatOnlyTheDatabaseKnowsIsReadAgain() {
    assertThat(find()).isZero();
    assertThat(
            rows.changeUnseen(KEY, () -> jdbc.sql("update counted set amount = 9").update() == 1))
        .isTrue();
    assertThat(find()).isEqualTo(9);
    assertThat(reads).hasValue(2);
  }

  @Test
  void statementsOfManyThreadsLeaveNoOldRow() {
    try (var threads = Executors.newFixedThreadPool(6)) {
      var all =
          IntStream.range(0, 120)
              .mapToObj(
                  i ->
                      threads.submit(
                          () ->
                              i % 3 == 0
                                  ? find()
                                  : transactions.execute(_ -> addByStatement() ? 1 : 0)))
              .toList();
      for (var each : all) {
        assertThat(each.get()).isNotNegative();
      }
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
    assertThat(find()).isEqualTo(80);
    assertThat(read()).contains(80);
  }

  @Test
  void aReadThatBeganBeforeTheCommitIsNotKept() {
    var old =
        rows.find(
            KEY,
            () -> {
              var before = read();
              elsewhere(() -> transactions.execute(_ -> add()));
              return before;
            });
    assertThat(old).contains(0);
    assertThat(find()).isEqualTo(1);
  }

  @Test
  void whatWasWrittenIsKeptWhenItIsCommitted() {
    transactions.executeWithoutResult(
        _ -> {
          set(5);
          assertThat(elsewhere(this::find)).isZero();
        });
    reads.set(0);
    assertThat(find()).isEqualTo(5);
    assertThat(reads).hasValue(0);
    set(6);
    assertThat(find()).isEqualTo(6);
    assertThat(reads).hasValue(0);
  }

  @Test
  void whatWasRolledBackOrNotWrittenIsNotKept() {
    transactions.executeWithoutResult(
        status -> {
          set(5);
          status.setRollbackOnly();
        });
    assertThat(find()).isZero();
    assertThat(rows.change(KEY, 7, () -> false)).isFalse();
    assertThat(find()).isZero();
  }

  /** Of two writers at once, only the database knows which one was last. */
  @Test
  void ofTwoWritersAtOnceNoneIsKept() {
    transactions.executeWithoutResult(
        _ -> {
          rows.change(KEY, 8, () -> true);
          elsewhere(() -> set(9));
        });
    reads.set(0);
    assertThat(find()).isEqualTo(9);
    assertThat(reads).hasValue(1);
  }

  @Test
  void aRowThatIsMissingIsLookedForAgain() {
    assertThat(rows.find("T-2", Optional::<Integer>empty)).isEmpty();
    assertThat(rows.find("T-2", () -> Optional.of(7))).contains(7);
  }

  @Test
  void readersNeverSeeLessThanWhatWasCommittedBefore() {
    var committed = new AtomicInteger();
    try (var threads = Executors.newFixedThreadPool(6)) {
      var results =
          IntStream.range(0, 6)
              .mapToObj(
                  number ->
                      threads.submit(
                          () -> {
                            for (int i = 0; i < 200; i++) {
                              if (number < 2) {
                                transactions.executeWithoutResult(
                                    status -> {
                                      add();
                                      if (turns.incrementAndGet() % 3 == 0) {
                                        status.setRollbackOnly();
                                      }
                                    });
                                committed.accumulateAndGet(read().orElseThrow(), Math::max);
                              } else {
                                int before = committed.get();
                                assertThat(find()).isGreaterThanOrEqualTo(before);
                              }
                            }
                            return true;
                          }))
              .toList();
      assertThat(results).allSatisfy(result -> assertThat(result.get()).isTrue());
    }
    assertThat(find()).isEqualTo(read().orElseThrow());
  }
}
