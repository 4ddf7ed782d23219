package org.actsandbox.sandbox.psp.payment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.actsandbox.protocol.time.BackgroundTurns;
import org.junit.jupiter.api.Test;

/** Tests that a waiting query is woken by the decision; here queries never repeat by themselves. */
class DecisionWaitersTests {

  private static final Duration NEVER = Duration.ofHours(1);
  private static final String TRADE = "T-1";

  private final DecisionWaiters decisionWaiters = new DecisionWaiters(new BackgroundTurns(), NEVER);
  private final AtomicBoolean decided = new AtomicBoolean();
  private final AtomicInteger queries = new AtomicInteger();

  @Test
  void theDecisionWakesAllWaitingQueries() throws Exception {
    var waiting = IntStream.range(0, 8).mapToObj(_ -> waiting()).toList();
    assertThat(waiting).noneMatch(Future::isDone);

    decided.set(true);
    decisionWaiters.wake(TRADE);

    assertThat(answers(waiting)).containsOnly(true);
    assertThat(queries).hasValue(16);
  }

  @Test
  void anotherPaymentsDecisionWakesNoQuery() throws Exception {
    var waiting = waiting();
    IntStream.range(0, 2_000).forEach(i -> decisionWaiters.wake("T-other-" + i));
    assertThat(queries).hasValue(1);
    assertThat(waiting.isDone()).isFalse();

    decided.set(true);
    decisionWaiters.wake(TRADE);
    assertThat(answers(List.of(waiting))).containsExactly(true);
  }

  @Test
  void aHeldDecisionIsAnnouncedAtItsRelease() throws Exception {
    var waiting = waiting();
    decisionWaiters.hold(TRADE);
    decided.set(true);
    decisionWaiters.wake(TRADE);
    assertThat(waiting.isDone()).isFalse();
    assertThat(queries).hasValue(1);

    decisionWaiters.release(TRADE);
    assertThat(answers(List.of(waiting))).containsExactly(true);
  }

  @Test
  void whatIsDecidedAlreadyIsAnsweredAtOnceAndNothingElseWhenTimeIsOver() {
    assertThat(await(Duration.ofNanos(1))).isFalse();
    decided.set(true);
    assertThat(await(NEVER)).isTrue();
  }

  @Test
  void closingAnswersAllQueriesWithTheCurrentState() throws Exception {
    var waiting = IntStream.range(0, 3).mapToObj(_ -> waiting()).toList();
    decisionWaiters.close();
    assertThat(answers(waiting)).containsOnly(false);
  }

  /** Starts a query and returns once it waits. */
  private Future<Boolean> waiting() {
    int before = queries.get();
    var answer = new FutureTask<>(() -> await(NEVER));
    Thread.ofVirtual().start(answer);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (queries.get() == before) {
      assertThat(System.nanoTime()).as("no query ran").isLessThan(end);
      Thread.onSpinWait();
    }
    return answer;
  }

  private boolean await(Duration longest) {
    return decisionWaiters.await(
        TRADE,
        longest,
        () -> {
          queries.incrementAndGet();
          return decided.get();
        },
        Boolean::booleanValue);
  }

  private static List<Boolean> answers(List<Future<Boolean>> waiting) throws Exception {
    var answers = new ArrayList<Boolean>();
    for (var each : waiting) {
      answers.add(each.get(60, TimeUnit.SECONDS));
    }
    return answers;
  }
}
