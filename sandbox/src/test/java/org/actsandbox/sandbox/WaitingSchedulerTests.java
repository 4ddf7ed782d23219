package org.actsandbox.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.actsandbox.sandbox.wiring.SandboxConfiguration;
import org.junit.jupiter.api.Test;

/** Tests the scheduler on which reactive code waits for the database. */
class WaitingSchedulerTests {

  @Test
  void workIsNotInterruptedWhenItsCallerHangsUp() throws Exception {
    var waiting = new SandboxConfiguration().waitingScheduler();
    var began = new CountDownLatch(1);
    var hungUp = new CountDownLatch(1);
    var interrupted = new CompletableFuture<Boolean>();
    var work =
        waiting.schedule(
            () -> {
              began.countDown();
              try {
                hungUp.await();
                interrupted.complete(Thread.currentThread().isInterrupted());
              } catch (InterruptedException cut) {
                interrupted.complete(true);
              }
            });

    assertThat(began.await(60, TimeUnit.SECONDS)).isTrue();
    work.dispose();
    hungUp.countDown();

    assertThat(interrupted.get(60, TimeUnit.SECONDS)).isFalse();
    waiting.dispose();
  }
}
