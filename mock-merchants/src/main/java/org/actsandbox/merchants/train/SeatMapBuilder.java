package org.actsandbox.merchants.train;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.merchants.train.seat.RunSeats;
import org.actsandbox.merchants.train.timetable.TrainComposition.Carriage;
import org.actsandbox.protocol.commerce.SeatMap;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Builds the map of a carriage: free seats, seats that were sold before this world began, and seats
 * held in it.
 */
final class SeatMapBuilder {

  private SeatMapBuilder() {}

  /**
   * Builds the map of one carriage.
   *
   * @param label the carriage, such as {@code 05}; null means the first carriage of the offer's
   *     class with a fitting seat
   * @throws Refusal {@code not_found} when the class has no such carriage
   */
  static SeatMap build(RunSeats runSeats, TrainOfferId id, @Nullable String label) {
    var all = runSeats.train().composition().carriages(id.seatClass());
    var carriage = label == null ? firstFitting(runSeats, id, all) : withLabel(label, all);
    return new SeatMap(
        runSeats.train().number(),
        carriage.label(),
        id.seatClass().code(),
        all.stream().map(Carriage::label).toList(),
        rows(runSeats, carriage, id.ride().segments()));
  }

  private static Carriage firstFitting(RunSeats runSeats, TrainOfferId id, List<Carriage> all) {
    var free = runSeats.free(id.seatClass(), id.ride().segments(), id.position());
    return free.isEmpty()
        ? all.getFirst()
        : runSeats.train().composition().carriage(free.getFirst());
  }

  private static Carriage withLabel(String label, List<Carriage> all) {
    return all.stream()
        .filter(carriage -> carriage.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, "the offer's class has no such carriage")
                    .at("carriage")
                    .expected(String.join(", ", all.stream().map(Carriage::label).toList()))
                    .observed(label));
  }

  private static List<SeatMap.Row> rows(RunSeats runSeats, Carriage carriage, int segments) {
    var letters = carriage.seatClass().letters;
    var rows = new ArrayList<SeatMap.Row>();
    for (int row = 1; row <= carriage.rows(); row++) {
      var places = new ArrayList<SeatMap.Place>();
      for (int column = 0; column < letters.length(); column++) {
        int seat = carriage.firstSeat() + (row - 1) * letters.length() + column;
        var seatPosition = runSeats.train().composition().position(seat);
        places.add(
            new SeatMap.Place(
                letters.substring(column, column + 1),
                seatPosition.code(),
                state(runSeats, seat, segments)));
      }
      rows.add(new SeatMap.Row(row, List.copyOf(places)));
    }
    return List.copyOf(rows);
  }

  private static String state(RunSeats runSeats, int seat, int segments) {
    if ((runSeats.presold(seat) & segments) != 0) {
      return "taken";
    }
    return (runSeats.held(seat) & segments) != 0 ? "held" : "free";
  }
}
