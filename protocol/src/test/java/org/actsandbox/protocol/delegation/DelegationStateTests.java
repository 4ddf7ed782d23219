package org.actsandbox.protocol.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the lifecycle of delegations with a copy of the standard's table (ACT ADD-7). */
class DelegationStateTests {

  /** Checks ACT ADD-7.a and ADD-7.b. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Active    | Suspended Expired Revoked
          Suspended | Active Expired Revoked
          Expired   |
          Revoked   |
          """)
  void followsTheTable(String from, String to) {
    var expected =
        to == null
            ? java.util.Set.<DelegationState>of()
            : Arrays.stream(to.split(" ", -1))
                .map(DelegationState::ofCode)
                .collect(Collectors.toSet());
    var state = DelegationState.ofCode(from);
    assertThat(state.successors()).isEqualTo(expected);
    assertThat(state.isFinal()).isEqualTo(expected.isEmpty());
  }
}
