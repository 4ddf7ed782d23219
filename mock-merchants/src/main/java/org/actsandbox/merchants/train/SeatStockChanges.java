package org.actsandbox.merchants.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import org.actsandbox.merchants.train.seat.RunSeats;
import org.actsandbox.merchants.train.seat.SeatMasks;
import org.actsandbox.merchants.train.timetable.Train;
import org.actsandbox.merchants.train.timetable.TrainRun;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/**
 * Takes seats out of sale for staff or puts them back. The seats are stored as rows like an
 * order's, under a name that no order can have, so that they count as an order's seats do. Only one
 * change runs at a time.
 */
final class SeatStockChanges {

  private static final String BLOCK = "block:";

  private final RailBusiness railBusiness;

  SeatStockChanges(RailBusiness railBusiness) {
    this.railBusiness = railBusiness;
  }

  /**
   * Leaves exactly {@code left} seats of the offer's class free on its stretch, first those in the
   * offer's position.
   *
   * @throws Refusal {@code constraint_conflict} when fewer are free: sold seats are not taken back
   */
  synchronized void set(TrainOfferId id, int left) {
    var name = BLOCK + id.stretchKey();
    var trainRun = id.run();
    int segments = id.ride().segments();
    railBusiness
        .seatHolds()
        .block(
            name,
            trainRun,
            heldSeats -> {
              var runSeats = railBusiness.seats(trainRun, heldSeats.masks());
              var free = new ArrayList<>(runSeats.free(id.seatClass(), segments, null));
              if (free.size() < left) {
                throw tooFew(id, left, free.size());
              }
              var trainComposition = trainRun.train().composition();
              free.sort(
                  Comparator.comparing(
                      (Integer seat) ->
                          id.position() != null
                              && trainComposition.position(seat) != id.position()));
              return SeatMasks.of(free.subList(left, free.size()), segments);
            });
  }

  /** Leaves at most {@code left} seats free for the whole route, on every day on sale. */
  synchronized void set(Train train, int left) {
    var today = railBusiness.today();
    for (int day = -1; day <= RailBusiness.DAYS_AHEAD; day++) {
      var trainRun = new TrainRun(train, today.plusDays(day));
      var name = BLOCK + train.number() + "." + trainRun.serviceDate();
      railBusiness
          .seatHolds()
          .block(
              name,
              trainRun,
              heldSeats -> allFreeExcept(railBusiness.seats(trainRun, heldSeats.masks()), left));
    }
  }

  /**
   * Returns all free seats except {@code left} that are free on the whole route, each with the
   * segments that it is free on.
   */
  private static SeatMasks allFreeExcept(RunSeats runSeats, int left) {
    var train = runSeats.train();
    var taken = new HashMap<Integer, Integer>();
    int kept = 0;
    for (int seat = train.composition().seats() - 1; seat >= 0; seat--) {
      int free = train.wholeRoute() & ~(runSeats.presold(seat) | runSeats.held(seat));
      if (free == train.wholeRoute() && kept < left) {
        kept++;
      } else if (free != 0) {
        taken.put(seat, free);
      }
    }
    return SeatMasks.of(taken);
  }

  private static Refusal tooFew(TrainOfferId id, int left, int free) {
    return new Refusal(
            Problem.CONSTRAINT_CONFLICT, "fewer seats are free, and sold ones are not taken back")
        .at("left")
        .expected("at most " + free)
        .observed("%d for %s".formatted(left, id.stretchKey()))
        .remedy("Set it to %d or less.".formatted(free));
  }
}
