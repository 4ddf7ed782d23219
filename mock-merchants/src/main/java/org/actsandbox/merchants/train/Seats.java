package org.actsandbox.merchants.train;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All seats of a run as they stand: what was sold before, and what this world holds. */
final class Seats {

  private final Run run;
  private final Presold presold;
  private final SeatMasks held;

  Seats(Run run, Presold presold, SeatMasks held) {
    this.run = run;
    this.presold = presold;
    this.held = held;
  }

  Train train() {
    return run.train();
  }

  int presold(int seat) {
    return presold.mask(seat);
  }

  int held(int seat) {
    return held.ofSeat(seat);
  }

  boolean free(int seat, int segments) {
    return ((presold(seat) | held(seat)) & segments) == 0;
  }

  /** Free seats of a class on these segments; one pass, no objects per seat. */
  SeatCount count(SeatClass seatClass, int segments) {
    var consist = train().consist();
    int window = 0;
    int middle = 0;
    int aisle = 0;
    int end = consist.end(seatClass);
    int next = 0;
    for (int seat = consist.first(seatClass); seat < end; seat++) {
      while (next < held.size() && held.seat(next) < seat) {
        next++;
      }
      int own = next < held.size() && held.seat(next) == seat ? held.mask(next) : 0;
      if ((own & segments) == 0 && (presold.mask(seat) & segments) == 0) {
        switch (consist.position(seat)) {
          case WINDOW -> window++;
          case MIDDLE -> middle++;
          case AISLE -> aisle++;
        }
      }
    }
    return new SeatCount(seatClass, window, middle, aisle, end - consist.first(seatClass));
  }

  /** Free seats of a class on these segments, ascending. */
  List<Integer> free(SeatClass seatClass, int segments, @Nullable Position position) {
    var consist = train().consist();
    var free = new ArrayList<Integer>();
    for (int seat = consist.first(seatClass); seat < consist.end(seatClass); seat++) {
      if ((position == null || consist.position(seat) == position) && free(seat, segments)) {
        free.add(seat);
      }
    }
    return free;
  }
}
