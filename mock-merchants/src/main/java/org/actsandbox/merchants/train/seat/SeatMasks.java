package org.actsandbox.merchants.train.seat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Represents some seats of a train in ascending order, each with the segments that it is taken on.
 * Immutable.
 */
public final class SeatMasks {

  static final SeatMasks NONE = new SeatMasks(new int[0], new int[0]);

  private final int[] seats;
  private final int[] masks;

  private SeatMasks(int[] seats, int[] masks) {
    this.seats = seats;
    this.masks = masks;
  }

  public static SeatMasks of(Map<Integer, Integer> taken) {
    var sorted = new TreeMap<>(taken);
    return new SeatMasks(
        sorted.keySet().stream().mapToInt(Integer::intValue).toArray(),
        sorted.values().stream().mapToInt(Integer::intValue).toArray());
  }

  /** Returns masks of all {@code seats} on the same segments. */
  public static SeatMasks of(List<Integer> seats, int segments) {
    var taken = new TreeMap<Integer, Integer>();
    seats.forEach(seat -> taken.put(seat, segments));
    return of(taken);
  }

  int size() {
    return seats.length;
  }

  int seat(int index) {
    return seats[index];
  }

  int mask(int index) {
    return masks[index];
  }

  /** Returns the segments that a seat is taken on. */
  int ofSeat(int seat) {
    int at = Arrays.binarySearch(seats, seat);
    return at < 0 ? 0 : masks[at];
  }

  List<Integer> seats() {
    return Arrays.stream(seats).boxed().toList();
  }

  SeatMasks plus(SeatMasks other) {
    return union(List.of(this, other));
  }

  static SeatMasks union(List<SeatMasks> parts) {
    var all = new TreeMap<Integer, Integer>();
    for (var part : parts) {
      for (int i = 0; i < part.size(); i++) {
        all.merge(part.seats[i], part.masks[i], (a, b) -> a | b);
      }
    }
    return of(all);
  }

  /** Returns the text that the database stores; {@link #parse} reads it. */
  String text() {
    var text = new StringBuilder();
    for (int i = 0; i < seats.length; i++) {
      text.append(i == 0 ? "" : " ")
          .append(Integer.toHexString(seats[i]))
          .append(':')
          .append(Integer.toHexString(masks[i]));
    }
    return text.toString();
  }

  static SeatMasks parse(String text) {
    var taken = new TreeMap<Integer, Integer>();
    for (var pair : text.split(" ", -1)) {
      int colon = pair.indexOf(':');
      if (colon > 0) {
        taken.put(
            HexFormat.fromHexDigits(pair, 0, colon),
            HexFormat.fromHexDigits(pair, colon + 1, pair.length()));
      }
    }
    return of(taken);
  }
}
