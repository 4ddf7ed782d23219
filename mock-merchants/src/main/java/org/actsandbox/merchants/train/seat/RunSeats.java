package org.actsandbox.merchants.train.seat;

import java.util.ArrayList;
import java.util.List;
import org.actsandbox.merchants.train.timetable.SeatClass;
import org.actsandbox.merchants.train.timetable.SeatPosition;
import org.actsandbox.merchants.train.timetable.Train;
import org.actsandbox.merchants.train.timetable.TrainRun;
import org.jspecify.annotations.Nullable;

/**
 * Combines all seats of a train run as they are now: those that were sold before, and those that
 * this world holds.
 */
public final class RunSeats {

  private final TrainRun trainRun;
  private final PresoldSeats presoldSeats;
  private final SeatMasks held;

  public RunSeats(TrainRun trainRun, PresoldSeats presoldSeats, SeatMasks held) {
    this.trainRun = trainRun;
    this.presoldSeats = presoldSeats;
    this.held = held;
  }

  public Train train() {
    return trainRun.train();
  }

  public int presold(int seat) {
    return presoldSeats.mask(seat);
  }

  public int held(int seat) {
    return held.ofSeat(seat);
  }

  public boolean free(int seat, int segments) {
    return ((presold(seat) | held(seat)) & segments) == 0;
  }

  /** Counts the free seats of a class on these segments; in one pass without an object per seat. */
  public SeatCount count(SeatClass seatClass, int segments) {
    var trainComposition = train().composition();
    int window = 0;
    int middle = 0;
    int aisle = 0;
    int end = trainComposition.end(seatClass);
    int next = 0;
    for (int seat = trainComposition.first(seatClass); seat < end; seat++) {
      while (next < held.size() && held.seat(next) < seat) {
        next++;
      }
      int own = next < held.size() && held.seat(next) == seat ? held.mask(next) : 0;
      if ((own & segments) == 0 && (presoldSeats.mask(seat) & segments) == 0) {
        switch (trainComposition.position(seat)) {
          case WINDOW -> window++;
          case MIDDLE -> middle++;
          case AISLE -> aisle++;
        }
      }
    }
    return new SeatCount(seatClass, window, middle, aisle, end - trainComposition.first(seatClass));
  }

  /** Lists the free seats of a class on these segments, in ascending order. */
  public List<Integer> free(
      SeatClass seatClass, int segments, @Nullable SeatPosition seatPosition) {
    var trainComposition = train().composition();
    var free = new ArrayList<Integer>();
    for (int seat = trainComposition.first(seatClass);
        seat < trainComposition.end(seatClass);
        seat++) {
      if ((seatPosition == null || trainComposition.position(seat) == seatPosition)
          && free(seat, segments)) {
        free.add(seat);
      }
    }
    return free;
  }
}
