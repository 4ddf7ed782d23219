package org.actsandbox.protocol.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Two bits per credential, every entry its own. */
class StatusListTests {

  @Test
  void everyEntryKeepsItsState() {
    var random = new Random(20260105);
    var states = new HashMap<Integer, DelegationState>();
    var all = DelegationState.values();
    for (int i = 0; i < StatusList.SIZE; i++) {
      states.put(i, all[random.nextInt(all.length)]);
    }
    var list = StatusList.of("0", TestDelegations.FROM, states);
    states.forEach((index, state) -> assertThat(list.at(index)).isEqualTo(state));
  }

  @Test
  void hasNoEntriesOutside() {
    var list = StatusList.of("0", TestDelegations.FROM, new HashMap<>());
    assertThat(list.at(StatusList.SIZE - 1)).isEqualTo(DelegationState.ACTIVE);
    assertThatThrownBy(() -> list.at(StatusList.SIZE)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> list.at(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
