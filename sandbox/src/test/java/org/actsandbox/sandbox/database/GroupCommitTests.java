package org.actsandbox.sandbox.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is acknowledged has been written; how often depends on what a write takes. */
class GroupCommitTests {

  /** Half of the time is nobody's; bounded, so that a slow disk keeps nobody waiting twice. */
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
  void writesAreApartByWhatTheLastOneTook(long tookMicros, long apartMicros) {
    assertThat(GroupCommit.apart(tookMicros * 1000)).isEqualTo(apartMicros * 1000);
  }

  @Test
  void whoWaitsIsAnsweredAfterAWriteThatBeganLater() {
    var writes = new AtomicInteger();
    try (var commits = new GroupCommit(writes::incrementAndGet)) {
      for (int i = 1; i <= 5; i++) {
        commits.await();
        assertThat(writes).hasValueGreaterThanOrEqualTo(i);
      }
    }
  }

  @Test
  void whatCannotBeWrittenIsNotAcknowledgedNorAnythingAfterIt() {
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
  void whoCommitsWhileTheServerStopsWritesItself() {
    var writes = new AtomicInteger();
    var commits = new GroupCommit(writes::incrementAndGet);
    commits.close();
    int before = writes.get();
    commits.await();
    assertThat(writes).hasValue(before + 1);
  }
}
