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

/**
 * Whoever waits for a decision waits, and is woken by it: here nobody ever looks again by himself.
 */
class DecisionWaitersTests {

  private static final Duration NEVER = Duration.ofHours(1);
  private static final String TRADE = "T-1";

  private final DecisionWaiters decisionWaiters = new DecisionWaiters(new BackgroundTurns(), NEVER);
  private final AtomicBoolean decided = new AtomicBoolean();
  private final AtomicInteger looks = new AtomicInteger();

  @Test
  void theDecisionWakesEverybodyWhoWaits() throws Exception {
    var waiting = IntStream.range(0, 8).mapToObj(_ -> waiting()).toList();
    assertThat(waiting).noneMatch(Future::isDone);

    decided.set(true);
    decisionWaiters.wake(TRADE);

    assertThat(answers(waiting)).containsOnly(true);
    assertThat(looks).hasValue(16);
  }

  @Test
  void anotherPaymentsDecisionWakesNobody() throws Exception {
    var waiting = waiting();
    IntStream.range(0, 2_000).forEach(i -> decisionWaiters.wake("T-other-" + i));
    assertThat(looks).hasValue(1);
    assertThat(waiting.isDone()).isFalse();

    decided.set(true);
    decisionWaiters.wake(TRADE);
    assertThat(answers(List.of(waiting))).containsExactly(true);
  }

  @Test
  void aDecisionThatIsHeldIsHeardOfAtItsRelease() throws Exception {
    var waiting = waiting();
    decisionWaiters.hold(TRADE);
    decided.set(true);
    decisionWaiters.wake(TRADE);
    assertThat(waiting.isDone()).isFalse();
    assertThat(looks).hasValue(1);

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
  void closingAnswersEverybodyWithWhatThereIs() throws Exception {
    var waiting = IntStream.range(0, 3).mapToObj(_ -> waiting()).toList();
    decisionWaiters.close();
    assertThat(answers(waiting)).containsOnly(false);
  }

  /** Someone who has looked and waits by now. */
  private Future<Boolean> waiting() {
    int before = looks.get();
    var answer = new FutureTask<>(() -> await(NEVER));
    Thread.ofVirtual().start(answer);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (looks.get() == before) {
      assertThat(System.nanoTime()).as("nobody looked").isLessThan(end);
      Thread.onSpinWait();
    }
    return answer;
  }

  private boolean await(Duration longest) {
    return decisionWaiters.await(
        TRADE,
        longest,
        () -> {
          looks.incrementAndGet();
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
