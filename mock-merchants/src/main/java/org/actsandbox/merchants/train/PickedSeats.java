package org.actsandbox.merchants.train;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.merchants.train.seat.RunSeats;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/** Reads the seats that the principal picked on the seat map, such as {@code 05-11F,05-11D}. */
final class PickedSeats {

  static final String FIELD = "fulfilment.seat";

  private PickedSeats() {}

  /**
   * Returns the seats that were picked.
   *
   * @throws Refusal {@code constraint_conflict} when they do not fit the offer, {@code sold_out}
   *     when one is taken
   */
  static List<Integer> choose(String picked, RunSeats runSeats, TrainOfferId id) {
    var wanted = parse(picked, id);
    int segments = id.ride().segments();
    for (int seat : wanted) {
      if (!runSeats.free(seat, segments)) {
        throw new Refusal(
                Problem.SOLD_OUT,
                "seat %s of %s is taken"
                    .formatted(id.train().composition().fullLabel(seat), id.train().number()))
            .at(FIELD)
            .observed(picked)
            .remedy(remedy(runSeats, id));
      }
    }
    return wanted;
  }

  /** Reads the seats; they exist and are in the offer's class, but may be taken. */
  static List<Integer> parse(String picked, TrainOfferId id) {
    var labels = picked.split(",", -1);
    if (labels.length != id.passengers()) {
      throw conflict("pick one seat for each passenger", picked)
          .expected(id.passengers() + " seats, comma separated");
    }
    var wanted = new ArrayList<Integer>();
    for (var label : labels) {
      int seat =
          id.train()
              .composition()
              .seat(label.strip())
              .orElseThrow(
                  () ->
                      conflict("the train has no such seat", label)
                          .expected("carriage, row and letter such as 05-11F"));
      if (id.train().composition().carriage(seat).seatClass() != id.seatClass()) {
        throw conflict("the seat is in another class than the offer", label)
            .expected(id.seatClass().label().en());
      }
      if (wanted.contains(seat)) {
        throw conflict("the same seat was picked twice", label);
      }
      wanted.add(seat);
    }
    return wanted.stream().sorted().toList();
  }

  private static Refusal conflict(String detail, String observed) {
    return new Refusal(Problem.CONSTRAINT_CONFLICT, detail).at(FIELD).observed(observed);
  }

  private static String remedy(RunSeats runSeats, TrainOfferId id) {
    var free =
        runSeats.free(id.seatClass(), id.ride().segments(), id.position()).stream()
            .limit(3)
            .toList();
    if (free.isEmpty()) {
      return "Ask for offers again.";
    }
    var labels = free.stream().map(id.train().composition()::fullLabel).toList();
    return "Free on this train: " + String.join(", ", labels) + "; or leave out the seat.";
  }
}
