package org.actsandbox.merchants.train;

import java.time.DayOfWeek;

/**
 * What was sold before this world's buyers came: worked out seat by seat from the seed, so that a
 * day of trains costs no rows and no memory. Does not depend on the clock: a seat that was free
 * stays free until somebody in this world takes it.
 */
final class PresoldSeats {

  private static final int FULL = 1 << 16;

  private final int whole;

  /** Sold share of each kind of seat, of {@link #FULL}. */
  private final int[] sold = new int[TrainComposition.KINDS];

  private final int[] stretches;
  private final long seed;
  private final boolean soldOut;
  private final TrainComposition trainComposition;

  /**
   * @param seed of the merchant in its world
   */
  PresoldSeats(TrainRun trainRun, long seed) {
    var train = trainRun.train();
    this.seed =
        SeededNumbers.numberAt(
            SeededNumbers.numberFor(seed, train.number()), trainRun.serviceDate().toEpochDay());
    trainComposition = train.consist();
    whole = train.wholeRoute();
    stretches = stretches(train.segments());
    int luck = SeededNumbers.pick(seed, "luck", trainRun, 100);
    soldOut = luck < 3;
    int base = luck < 9 ? 97 : usual(trainRun, SeededNumbers.pick(seed, "load", trainRun, 31) - 15);
    fill(SeatClass.SECOND, base);
    fill(SeatClass.FIRST, Math.max(5, base - 8));
    fill(SeatClass.BUSINESS, Math.max(5, base - 20));
  }

  /** Window seats go first, middle seats last. */
  private void fill(SeatClass seatClass, int percent) {
    sold[TrainComposition.kind(seatClass, SeatPosition.WINDOW)] = (percent + 3) * FULL / 100;
    sold[TrainComposition.kind(seatClass, SeatPosition.MIDDLE)] = (percent - 12) * FULL / 100;
    sold[TrainComposition.kind(seatClass, SeatPosition.AISLE)] = percent * FULL / 100;
  }

  /** The segments a seat was sold on. */
  int mask(int seat) {
    if (soldOut) {
      return whole;
    }
    long draw = SeededNumbers.numberAt(seed, seat);
    if ((draw & (FULL - 1)) >= sold[trainComposition.kind(seat)]) {
      return 0;
    }
    return stretches[(int) (draw >>> 16) & 15];
  }

  /** Percent of the seats sold on a usual day: weekends' ends and rush hours are fuller. */
  private static int usual(TrainRun trainRun, int noise) {
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

  /** Half of the travellers go all the way, the others to or from somewhere between. */
  private static int[] stretches(int segments) {
    int whole = (1 << segments) - 1;
    var masks = new int[16];
    for (int i = 0; i < masks.length; i++) {
      int cut = 1 + (i / 2) % Math.max(1, segments - 1);
      int head = (1 << cut) - 1;
      masks[i] = i < 8 || segments == 1 ? whole : i % 2 == 0 ? head : whole & ~head;
    }
    return masks;
  }
}
