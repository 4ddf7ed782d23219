package org.actsandbox.protocol.delegation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Tests that every credential has its own two bits in a status list. */
class StatusListTests {

  @Test
  void everyEntryKeepsItsState() {
    var random = new Random(20260105);
    var states = new HashMap<Integer, DelegationState>();
    var all = DelegationState.values();
    for (int i = 0; i < StatusList.SIZE; i += 1 + random.nextInt(3)) {
      states.put(i, all[random.nextInt(all.length)]);
    }
    var list = StatusList.of("0", TestDelegations.FROM, states);
    for (int i = 0; i < StatusList.SIZE; i++) {
      var state = Optional.ofNullable(states.get(i));
      // The credential itself says when it expires, so the list reports it as revoked.
      assertThat(list.at(i))
          .isEqualTo(
              state.map(each -> each == DelegationState.EXPIRED ? DelegationState.REVOKED : each));
    }
  }

  @Test
  void hasNoEntriesOutside() {
    var list = StatusList.of("0", TestDelegations.FROM, new HashMap<>());
    assertThat(list.at(StatusList.SIZE - 1)).as("never given out").isEmpty();
    assertThatThrownBy(() -> list.at(StatusList.SIZE)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> list.at(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
