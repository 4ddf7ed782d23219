package org.actsandbox.merchants.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsistTests {

  @ParameterizedTest
  @CsvSource({"G, 16, 1213", "G, 8, 566", "D, 16, 1274", "D, 8, 627", "K, K, 929"})
  void everySeatHasOneLabelAndIsFoundByIt(TrainType type, String cars, int seats) {
    var consist = Consist.of(type, cars);
    var labels = new HashSet<String>();
    for (int seat = 0; seat < consist.seats(); seat++) {
      var label = consist.fullLabel(seat);
      assertThat(labels.add(label)).isTrue();
      assertThat(consist.seat(label)).contains(seat);
      assertThat(consist.position(seat)).isEqualTo(Position.ofLetter(consist.letter(seat)));
    }
    assertThat(consist.seats()).isEqualTo(seats);
  }

  @Test
  void classesCoverTheTrainWithoutOverlap() {
    var consist = Consist.of(TrainType.G, "16");
    assertThat(consist.first(SeatClass.BUSINESS)).isZero();
    assertThat(consist.end(SeatClass.BUSINESS)).isEqualTo(consist.first(SeatClass.FIRST));
    assertThat(consist.end(SeatClass.FIRST)).isEqualTo(consist.first(SeatClass.SECOND));
    assertThat(consist.end(SeatClass.SECOND)).isEqualTo(consist.seats());
    assertThat(consist.seat("05-11F")).isPresent();
    assertThat(Consist.of(TrainType.D, "8").has(SeatClass.BUSINESS)).isFalse();
  }
}
