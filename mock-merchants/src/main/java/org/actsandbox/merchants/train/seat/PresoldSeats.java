package org.actsandbox.merchants.train.seat;

import java.time.DayOfWeek;
import org.actsandbox.merchants.train.timetable.SeatClass;
import org.actsandbox.merchants.train.timetable.SeatPosition;
import org.actsandbox.merchants.train.timetable.SeededNumbers;
import org.actsandbox.merchants.train.timetable.TrainComposition;
import org.actsandbox.merchants.train.timetable.TrainRun;

/**
 * Computes the seats that count as sold before this world's buyers came. They follow seat by seat
 * from the seed, so that a day of trains needs no rows and no memory. They do not depend on the
 * clock: a free seat stays free until a buyer of this world takes it.
 */
public final class PresoldSeats {

  private static final int FULL = 1 << 16;

  private final int wholeRoute;

  /** The share of each kind of seat that is sold, of {@link #FULL}. */
  private final int[] sold = new int[TrainComposition.KINDS];

  private final int[] stretches;
  private final long seed;
  private final boolean soldOut;
  private final TrainComposition trainComposition;

  /**
   * @param seed the seed of the merchant in its world
   */
  public PresoldSeats(TrainRun trainRun, long seed) {
    var train = trainRun.train();
    this.seed =
        SeededNumbers.numberAt(
            SeededNumbers.numberFor(seed, train.number()), trainRun.serviceDate().toEpochDay());
    trainComposition = train.composition();
    wholeRoute = train.wholeRoute();
    stretches = stretches(train.segments());
    int dayKind = SeededNumbers.pick(seed, "luck", trainRun, 100);
    soldOut = dayKind < 3;
    int base =
        dayKind < 9
            ? 97
            : averageLoad(trainRun, SeededNumbers.pick(seed, "load", trainRun, 31) - 15);
    fill(SeatClass.SECOND, base);
    fill(SeatClass.FIRST, Math.max(5, base - 8));
    fill(SeatClass.BUSINESS, Math.max(5, base - 20));
  }

  /** Sets the sold shares of a class: window seats sell first, middle seats last. */
  private void fill(SeatClass seatClass, int percent) {
    sold[TrainComposition.kind(seatClass, SeatPosition.WINDOW)] = (percent + 3) * FULL / 100;
    sold[TrainComposition.kind(seatClass, SeatPosition.MIDDLE)] = (percent - 12) * FULL / 100;
    sold[TrainComposition.kind(seatClass, SeatPosition.AISLE)] = percent * FULL / 100;
  }

  /** Returns the segments that a seat was sold on, one bit each. */
  int mask(int seat) {
    if (soldOut) {
      return wholeRoute;
    }
    long draw = SeededNumbers.numberAt(seed, seat);
    if ((draw & (FULL - 1)) >= sold[trainComposition.kind(seat)]) {
      return 0;
    }
    return stretches[(int) (draw >>> 16) & 15];
  }

  /**
   * Returns the percentage of seats that are sold on an average day: Fridays, Sundays and rush
   * hours are fuller.
   */
  private static int averageLoad(TrainRun trainRun, int noise) {
    var day = trainRun.serviceDate().getDayOfWeek();
    int base =
        switch (day) {
          case FRIDAY, SUNDAY -> 76;
          case SATURDAY -> 64;
          case MONDAY -> 60;
          case TUESDAY, WEDNESDAY, THURSDAY -> 50;
        };
    int hour = trainRun.train().first().depart() / 60;
    boolean rush = (hour >= 7 && hour <= 9 && day != DayOfWeek.SUNDAY) || hour == 17 || hour == 18;
    return base + noise + (rush ? 6 : 0);
  }

  /**
   * Returns the stretches that were sold: half of the travellers go all the way, the others to or
   * from a stop between.
   */
  private static int[] stretches(int segments) {
    int wholeRoute = (1 << segments) - 1;
    var masks = new int[16];
    for (int i = 0; i < masks.length; i++) {
      int cut = 1 + (i / 2) % Math.max(1, segments - 1);
      int head = (1 << cut) - 1;
      masks[i] = i < 8 || segments == 1 ? wholeRoute : i % 2 == 0 ? head : wholeRoute & ~head;
    }
    return masks;
  }
}
