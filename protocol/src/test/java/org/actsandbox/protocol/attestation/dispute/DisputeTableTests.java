package org.actsandbox.protocol.attestation.dispute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the state tables of disputes and their refunds. */
class DisputeTableTests {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          OPENED             | EVIDENCE_REQUESTED DECIDED WITHDRAWN
          EVIDENCE_REQUESTED | DECIDING WITHDRAWN
          DECIDING           | DECIDED WITHDRAWN
          DECIDED            |
          WITHDRAWN          |
          """)
  void aDisputeMovesByItsTable(DisputeState from, @Nullable String to) {
    assertThat(from.successors())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream((to == null ? "" : to).split(" "))
                .filter(name -> !name.isEmpty())
                .map(DisputeState::valueOf)
                .collect(Collectors.toSet()));
    assertThat(from.isFinal()).isEqualTo(to == null);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NONE    | PENDING
          PENDING | DONE REFUSED
          DONE    |
          REFUSED |
          """)
  void aRefundMovesByItsTable(DisputeRefundState from, @Nullable String to) {
    assertThat(from.successors())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream((to == null ? "" : to).split(" "))
                .filter(name -> !name.isEmpty())
                .map(DisputeRefundState::valueOf)
                .collect(Collectors.toSet()));
  }
}
