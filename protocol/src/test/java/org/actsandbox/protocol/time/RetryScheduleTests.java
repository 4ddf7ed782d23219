package org.actsandbox.protocol.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests when attempts are repeated, and when they end. */
class RetryScheduleTests {

  private static final Instant NOW = Instant.parse("2026-03-02T01:00:00Z");
  private static final Duration SHORT = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void oneThatEndsGivesUpAfterItsLastPause() {
    var ending = RetrySchedule.ending(SHORT, LONG);
    assertThat(ending.first()).isEqualTo(SHORT);
    assertThat(ending.next(NOW, 0)).contains(NOW.plus(SHORT));
    assertThat(ending.next(NOW, 1)).contains(NOW.plus(LONG));
    assertThat(ending.next(NOW, 2)).isEmpty();
  }

  @Test
  void anEndlessOneRepeatsItsLastPause() {
    var endless = RetrySchedule.endless(SHORT, LONG);
    assertThat(endless.next(NOW, 1)).contains(NOW.plus(LONG));
    assertThat(endless.next(NOW, 99)).contains(NOW.plus(LONG));
  }
}
