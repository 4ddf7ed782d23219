package org.actsandbox.merchants.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/**
 * Seats that staff takes out of sale or puts back. They are rows like an order's, under a name no
 * order can have, so that they count wherever an order's seats count. One change at a time.
 */
final class SeatStockChanges {

  private static final String BLOCK = "block:";

  private final RailBusiness railBusiness;

  SeatStockChanges(RailBusiness railBusiness) {
    this.railBusiness = railBusiness;
  }

  /**
   * Leaves exactly {@code left} seats of the offer's class free on its stretch; of the offer's
   * position first.
   *
   * @throws Refusal {@code constraint_conflict} when fewer are free: sold seats are not taken back
   */
  synchronized void set(TrainOfferId id, int left) {
    var name = BLOCK + id.stretchKey();
    var trainRun = id.run();
    int segments = id.ride().segments();
    railBusiness
        .runs()
        .block(
            name,
            trainRun,
            heldSeats -> {
              var runSeats = railBusiness.seats(trainRun, heldSeats.masks());
              var free = new ArrayList<>(runSeats.free(id.seatClass(), segments, null));
              if (free.size() < left) {
                throw tooFew(id, left, free.size());
              }
              var trainComposition = trainRun.train().consist();
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
          .runs()
          .block(
              name,
              trainRun,
              heldSeats -> rest(railBusiness.seats(trainRun, heldSeats.masks()), left));
    }
  }

  /** Everything that is free but {@code left} seats, each on the segments it is free on. */
  private static SeatMasks rest(RunSeats runSeats, int left) {
    var train = runSeats.train();
    var taken = new HashMap<Integer, Integer>();
    int spared = 0;
    for (int seat = train.consist().seats() - 1; seat >= 0; seat--) {
      int free = train.wholeRoute() & ~(runSeats.presold(seat) | runSeats.held(seat));
      if (free == train.wholeRoute() && spared < left) {
        spared++;
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
