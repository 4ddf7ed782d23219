package org.actsandbox.participant;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tests that a row is never taken for impossible once a writer was about to add it. */
class RowExistenceTests {

  private final RowExistence existence = new RowExistence();
  private final AtomicInteger looks = new AtomicInteger();

  private boolean lookFor(boolean found) {
    looks.incrementAndGet();
    return found;
  }

  @Test
  void whatIsNotThereIsLookedForOnce() {
    assertThat(existence.isPossible(() -> lookFor(false))).isFalse();
    assertThat(existence.isPossible(() -> lookFor(true))).isFalse();
    assertThat(looks).hasValue(1);
  }

  @Test
  void whatIsThereStaysPossible() {
    assertThat(existence.isPossible(() -> lookFor(true))).isTrue();
    assertThat(existence.isPossible(() -> lookFor(false))).isTrue();
    assertThat(looks).hasValue(1);
  }

  @Test
  void theFirstRowIsSeenAfterwards() {
    assertThat(existence.isPossible(() -> lookFor(false))).isFalse();
    existence.beforeAdding();
    assertThat(existence.isPossible(() -> lookFor(false))).isTrue();
  }

  @Test
  void aLookThatBeganBeforeTheFirstRowDoesNotHideIt() {
    assertThat(
            existence.isPossible(
                () -> {
                  existence.beforeAdding();
                  return false;
                }))
        .isTrue();
    assertThat(existence.isPossible(() -> lookFor(false))).isTrue();
  }
}
