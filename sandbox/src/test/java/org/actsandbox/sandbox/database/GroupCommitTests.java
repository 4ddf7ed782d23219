package org.actsandbox.sandbox.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @Test
  void aFailedWriteIsNotAcknowledgedNorAnythingAfterIt() {
    var broken = new IllegalStateException("no space left on device");
    try (var commits =
        new GroupCommit(
            () -> {
              throw broken;
            })) {
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(commits::await)
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("the database file could not be written")
            .hasCause(broken);
      }
    }
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
