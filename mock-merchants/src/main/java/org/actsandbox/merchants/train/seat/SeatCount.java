package org.actsandbox.merchants.train.seat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.actsandbox.merchants.train.timetable.SeatClass;
import org.actsandbox.merchants.train.timetable.SeatPosition;
import org.jspecify.annotations.Nullable;

/** Counts the free seats of one class on one stretch, by position. */
public record SeatCount(SeatClass seatClass, int window, int middle, int aisle, int capacity) {

  public int total() {
    return window + middle + aisle;
  }

  /** Returns the free seats of the position; null means all positions. */
  public int of(@Nullable SeatPosition seatPosition) {
    if (seatPosition == null) {
      return total();
    }
    return switch (seatPosition) {
      case WINDOW -> window;
      case MIDDLE -> middle;
      case AISLE -> aisle;
    };
  }

  /** Returns the taken seats in thousandths of all. */
  public int fullness() {
    return (capacity - total()) * 1000 / capacity;
  }

  /**
   * Returns the free seats by the wire name of the position, without positions that the class does
   * not have.
   */
  public Map<String, Integer> byPosition() {
    var left = new LinkedHashMap<String, Integer>();
    for (var seatPosition : SeatPosition.values()) {
      if (seatPosition != SeatPosition.MIDDLE || seatClass == SeatClass.SECOND) {
        left.put(seatPosition.code(), of(seatPosition));
      }
    }
    return left;
  }
}
