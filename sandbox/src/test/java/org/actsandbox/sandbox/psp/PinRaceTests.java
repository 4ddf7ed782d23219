package org.actsandbox.sandbox.psp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.key.PinCheckResult;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.UncategorizedSQLException;

/**
 * Tests that three wrong PINs lock, also when many are tried in parallel and for different
 * payments.
 */
class PinRaceTests {

  private static final int TRIES = 20;

  private final PspTestBench pspTestBench = new PspTestBench();

  @AfterEach
  void close() {
    pspTestBench.close();
  }

  @Test
  void ofTwentyWrongPinsForTwentyPaymentsThreeAreCompared() {
    var waiting =
        IntStream.range(0, TRIES).mapToObj(i -> pspTestBench.waiting("S-" + i, "1.00")).toList();
    var codes = new ConcurrentHashMap<Problem, AtomicInteger>();
    PspTestBench.atOnce(
        TRIES, i -> count(codes, Objects.requireNonNull(decide(waiting.get(i), "00000" + i % 10))));
    assertThat(codes.get(Problem.PIN_WRONG)).hasValue(3);
    assertThat(codes.get(Problem.PIN_LOCKED)).hasValue(TRIES - 3);
    assertThat(pspTestBench.journal)
        .filteredOn(note -> note.event().equals("pin-locked"))
        .hasSize(1);
    assertThat(decide(waiting.getFirst(), PspTestBench.PIN)).isEqualTo(Problem.PIN_LOCKED);
    assertThat(pspTestBench.balance("balance")).isEqualTo("20000.00");

    pspTestBench.machine.set(PspTestBench.START.plus(Duration.ofMinutes(5)));
    assertThat(pspTestBench.psp().pins().state(PspTestBench.PRINCIPAL).attemptsLeft()).isEqualTo(3);
  }

  /** Parallel attempts reveal no more than attempts one after the other. */
  @RepeatedTest(5)
  void theRightOneAmongTwentyAtOnceIsComparedOnlyBeforeTheThirdWrongOne() {
    var waiting =
        IntStream.range(0, TRIES).mapToObj(i -> pspTestBench.waiting("S-" + i, "1.00")).toList();
    var codes = new ConcurrentHashMap<Problem, AtomicInteger>();
    var paid = new AtomicInteger();
    PspTestBench.atOnce(
        TRIES,
        i -> {
          var code = decide(waiting.get(i), i == TRIES / 2 ? PspTestBench.PIN : "000000");
          if (code == null) {
            paid.incrementAndGet();
          } else {
            count(codes, code);
          }
        });
    // A correct PIN clears the count, so at most two wrong ones come before it and three after.
    assertThat(Objects.requireNonNull(codes.get(Problem.PIN_WRONG)).get())
        .isBetween(3, paid.get() == 1 ? 5 : 3);
    assertThat(pspTestBench.psp().pins().state(PspTestBench.PRINCIPAL).lockedMinutes())
        .isEqualTo(5);
    assertThat(pspTestBench.balance("balance"))
        .isEqualTo(paid.get() == 1 ? "19999.00" : "20000.00");
  }

  /**
   * After a correct PIN, signing and booking do not hold the PIN's row, so other PIN checks do not
   * wait.
   */
  @Test
  void anApprovalThatWaitsForTheLedgerDoesNotBlockPinChecks() throws Exception {
    var waiting = pspTestBench.waiting("S-1", "1.00");
    // Platform threads take turns: H2 asks without a pause for a row that another has (ADR 132).
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
      Callable<Trade> approval = () -> pspTestBench.approve(waiting);
      Callable<PinCheckResult> other =
          () ->
              pspTestBench
                  .psp()
                  .pins()
                  .require(PspTestBench.PRINCIPAL, PspTestBench.PIN, "something else");
      var approved =
          pspTestBench
              .world()
              .transactions()
              .execute(
                  () -> {
                    one("select 1 from psp_account where account_no = 'balance' for update");
                    var running = threads.submit(approval);
                    while (!isAnySessionBlocked()) {
                      assertThat(running.isDone()).as("it did not wait").isFalse();
                      Thread.onSpinWait();
                    }
                    assertThat(threads.submit(other)).succeedsWithin(Duration.ofSeconds(5));
                    return running;
                  });
      assertThat(Objects.requireNonNull(approved).get().progress().status())
          .isEqualTo(PaymentStatus.PAID);
    }
  }

  private boolean isAnySessionBlocked() {
    try {
      return one("select count(blocker_id) from information_schema.sessions") > 0;
    } catch (UncategorizedSQLException transactionEnded) {
      // H2 fails when a transaction ends while it lists the sessions, so the query is repeated.
      assertThat(transactionEnded).hasMessageContaining("getBlockerId");
      return false;
    }
  }

  private int one(String sql) {
    return pspTestBench.world().jdbc().sql(sql).query(Integer.class).single();
  }

  private static void count(Map<Problem, AtomicInteger> codes, Problem code) {
    codes.computeIfAbsent(code, _ -> new AtomicInteger()).incrementAndGet();
  }

  private @Nullable Problem decide(Trade trade, String pin) {
    var refused =
        catchThrowableOfType(
            Refusal.class,
            () ->
                pspTestBench
                    .psp()
                    .approvals()
                    .decide(
                        trade.tradeNo(),
                        pspTestBench.approval(trade, pin),
                        PspTestBench.PRINCIPAL_CALLER));
    return refused == null ? null : refused.problem();
  }
}
