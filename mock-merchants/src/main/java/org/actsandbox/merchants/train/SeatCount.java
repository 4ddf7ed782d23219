package org.actsandbox.merchants.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Free seats of one class on one stretch, by position. */
record SeatCount(SeatClass seatClass, int window, int middle, int aisle, int capacity) {

  int total() {
    return window + middle + aisle;
  }

  /** Seats of the position, or all when there is no wish. */
  int of(@Nullable SeatPosition seatPosition) {
    if (seatPosition == null) {
      return total();
    }
    return switch (seatPosition) {
      case WINDOW -> window;
      case MIDDLE -> middle;
      case AISLE -> aisle;
    };
  }

  /** Taken seats in thousandths of all. */
  int fullness() {
    return (capacity - total()) * 1000 / capacity;
  }

  /** By wire name; positions the class does not have are left out. */
  Map<String, Integer> byPosition() {
    var left = new LinkedHashMap<String, Integer>();
    for (var seatPosition : SeatPosition.values()) {
      if (seatPosition != SeatPosition.MIDDLE || seatClass == SeatClass.SECOND) {
        left.put(seatPosition.code(), of(seatPosition));
      }
    }
    return left;
  }
}
