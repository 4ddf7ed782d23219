package org.actsandbox.scenarios.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.actsandbox.scenarios.load.ServerCost.AtRest;
import org.junit.jupiter.api.Test;

/** Tests that the figures of a run are those of its purchases. */
class ServerCostTests {

  @Test
  void neitherReadingsNorWhatFollowsTheRestAreCounted() {
    var before =
        new AtRest(
            cost(Map.of("allocated_bytes", 400.0, "signatures", 5.0)),
            cost(Map.of("allocated_bytes", 500.0, "signatures", 5.0)),
            cost(Map.of("allocated_bytes", 1_000.0, "signatures", 5.0)),
            1);
    var after =
        new AtRest(
            cost(Map.of("allocated_bytes", 8_000.0, "signatures", 35.0)),
            cost(Map.of("allocated_bytes", 8_500.0, "signatures", 35.0)),
            cost(Map.of("allocated_bytes", 90_000.0, "signatures", 35.0)),
            4);

    assertThat(after.per(10, before))
        .isEqualTo(Map.of("allocated_bytes", 500.0, "signatures", 3.0));
  }

  @Test
  void aFigureThatWasNotThereBeforeBeganAtNothing() {
    var nothing = cost(Map.of());
    var signed = cost(Map.of("signatures", 13.34));

    assertThat(
            new AtRest(signed, signed, signed, 1).per(2, new AtRest(nothing, nothing, nothing, 1)))
        .isEqualTo(Map.of("signatures", 6.67));
  }

  @Test
  void whatTheServerTidiesBetweenReadingsIsNotTakenFromItsPurchases() {
    var before = cost(Map.of("file_written_bytes", 1_000.0));
    var worked = cost(Map.of("file_written_bytes", 3_000.0));
    var tidied = cost(Map.of("file_written_bytes", 900_000.0));

    assertThat(new AtRest(worked, tidied, tidied, 4).per(10, new AtRest(before, before, before, 1)))
        .isEqualTo(Map.of("file_written_bytes", 200.0));
  }

  private static ServerCost cost(Map<String, Double> counts) {
    return new ServerCost(counts);
  }
}
