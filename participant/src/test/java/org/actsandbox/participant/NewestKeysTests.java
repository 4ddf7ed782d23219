package org.actsandbox.participant;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests that the newest keys are remembered, and that one caller alone takes a key. */
class NewestKeysTests {

  private final NewestKeys keys = new NewestKeys(2);

  @Test
  void theOldestKeyIsForgotten() {
    keys.add("a");
    keys.add("b");
    keys.add("c");

    assertThat(keys.contains("a")).isFalse();
    assertThat(keys.contains("b")).isTrue();
    assertThat(keys.contains("c")).isTrue();
  }

  @Test
  void aKeyIsTakenOnce() {
    keys.add("a");

    assertThat(keys.remove("a")).isTrue();
    assertThat(keys.remove("a")).isFalse();
    assertThat(keys.contains("a")).isFalse();
  }
}
