package org.actsandbox.merchants.train;

import java.util.List;

/**
 * One train of the daily timetable.
 *
 * @param ordinal dense, from 0, in the order of {@link #number}s
 * @param number such as {@code G7362}
 * @param stops in travelling order, 2 to {@value #MAX_STOPS}
 */
record Train(
    int ordinal, String number, TrainType type, TrainComposition consist, List<Stop> stops) {

  /** A seat's segments must fit an int. */
  static final int MAX_STOPS = 31;

  /**
   * @param arrive minutes after midnight of the day the train sets out; equals {@code depart} at
   *     both ends
   * @param km from the first stop
   */
  record Stop(Station station, int arrive, int depart, int km) {}

  Train {
    stops = List.copyOf(stops);
    if (stops.size() < 2 || stops.size() > MAX_STOPS) {
      throw new IllegalArgumentException(number + " has " + stops.size() + " stops");
    }
  }

  int segments() {
    return stops.size() - 1;
  }

  /** Bits of all segments. */
  int wholeRoute() {
    return (1 << segments()) - 1;
  }

  Stop first() {
    return stops.getFirst();
  }

  Stop last() {
    return stops.getLast();
  }
}
