package org.actsandbox.merchants.train.timetable;

import java.util.List;

/**
 * Represents one train of the daily timetable.
 *
 * @param ordinal numbers from 0 without gaps, in the order of {@link #number}s
 * @param number the train number, such as {@code G7362}
 * @param stops the stops in travelling order, 2 to {@value #MAX_STOPS}
 */
public record Train(
    int ordinal, String number, TrainType type, TrainComposition composition, List<Stop> stops) {

  /** The most stops, because the segments of a seat must fit an int. */
  static final int MAX_STOPS = 31;

  /**
   * Represents a stop of the train.
   *
   * @param arrive minutes after midnight of the day on which the train sets out; equals {@code
   *     depart} at both ends
   * @param km kilometres from the first stop
   */
  public record Stop(Station station, int arrive, int depart, int km) {}

  public Train {
    stops = List.copyOf(stops);
    if (stops.size() < 2 || stops.size() > MAX_STOPS) {
      throw new IllegalArgumentException(number + " has " + stops.size() + " stops");
    }
  }

  public int segments() {
    return stops.size() - 1;
  }

  /** Returns the bits of all segments. */
  public int wholeRoute() {
    return (1 << segments()) - 1;
  }

  public Stop first() {
    return stops.getFirst();
  }

  public Stop last() {
    return stops.getLast();
  }
}
