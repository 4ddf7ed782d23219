package org.actsandbox.merchants.train.timetable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests how the seats of a train are numbered and named. */
class TrainCompositionTests {

  @ParameterizedTest
  @CsvSource({"G, 16, 1213", "G, 8, 566", "D, 16, 1274", "D, 8, 627", "K, K, 929"})
  void everySeatHasOneLabelAndIsFoundByIt(TrainType type, String cars, int seats) {
    var trainComposition = TrainComposition.of(type, cars);
    var labels = new HashSet<String>();
    for (int seat = 0; seat < trainComposition.seats(); seat++) {
      var label = trainComposition.fullLabel(seat);
      assertThat(labels.add(label)).isTrue();
      assertThat(trainComposition.seat(label)).contains(seat);
      assertThat(trainComposition.position(seat))
          .isEqualTo(SeatPosition.ofLetter(trainComposition.letter(seat)));
    }
    assertThat(trainComposition.seats()).isEqualTo(seats);
  }

  @Test
  void classesCoverTheTrainWithoutOverlap() {
    var trainComposition = TrainComposition.of(TrainType.G, "16");
    assertThat(trainComposition.first(SeatClass.BUSINESS)).isZero();
    assertThat(trainComposition.end(SeatClass.BUSINESS))
        .isEqualTo(trainComposition.first(SeatClass.FIRST));
    assertThat(trainComposition.end(SeatClass.FIRST))
        .isEqualTo(trainComposition.first(SeatClass.SECOND));
    assertThat(trainComposition.end(SeatClass.SECOND)).isEqualTo(trainComposition.seats());
    assertThat(trainComposition.seat("05-11F")).isPresent();
    assertThat(TrainComposition.of(TrainType.D, "8").has(SeatClass.BUSINESS)).isFalse();
  }
}
