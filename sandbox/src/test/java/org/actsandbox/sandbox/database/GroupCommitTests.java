package org.actsandbox.sandbox.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests that acknowledged changes are written, and that the interval depends on the duration of a
 * write.
 */
class GroupCommitTests {

  /**
   * Checks that writing takes half of the time at most, and that the interval is bounded, so that a
   * slow disk does not double the wait.
   */
  @ParameterizedTest
  @CsvSource({
    "0, 500",
    "100, 500",
    "250, 500",
    "251, 502",
    "1000, 2000",
    "3000, 6000",
    "3001, 6000",
    "400000, 6000"
  })
  void theIntervalFollowsTheDurationOfTheLastWrite(long tookMicros, long apartMicros) {
    assertThat(GroupCommit.intervalNanos(tookMicros * 1000)).isEqualTo(apartMicros * 1000);
  }

  @Test
  void aCommitIsAnsweredAfterAWriteThatBeganLater() {
    var writes = new AtomicInteger();
    try (var commits = new GroupCommit(writes::incrementAndGet)) {
      for (int i = 1; i <= 5; i++) {
        commits.await();
        assertThat(writes).hasValueGreaterThanOrEqualTo(i);
      }
    }
  }

  /** An error that nothing declares must not leave the callers waiting. */
  @ParameterizedTest
  @MethodSource
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aFailedWriteIsNotAcknowledgedNorAnythingAfterIt(Runnable write, Throwable broken) {
    var failures = new ConcurrentLinkedQueue<Throwable>();
    try (var commits = new GroupCommit(write, () -> false, failures::add)) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(commits::await)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("the database file could not be written")
            .hasCause(broken);
      }
    }
    assertThat(failures).containsExactly(broken);
  }

  static List<Arguments> aFailedWriteIsNotAcknowledgedNorAnythingAfterIt() {
    var broken = new IllegalStateException("no space left on device");
    var error = new StackOverflowError("in a test");
    return List.of(
        Arguments.of(
            (Runnable)
                () -> {
                  throw broken;
                },
            broken),
        Arguments.of(
            (Runnable)
                () -> {
                  throw error;
                },
            error));
  }

  @Test
  void aCommitWhileTheServerStopsWritesByItself() {
    var writes = new AtomicInteger();
    var commits = new GroupCommit(writes::incrementAndGet);
    commits.close();
    int before = writes.get();
    commits.await();
    assertThat(writes).hasValue(before + 1);
  }
}
