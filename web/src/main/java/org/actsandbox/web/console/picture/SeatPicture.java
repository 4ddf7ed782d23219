package org.actsandbox.web.console.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.commerce.SeatMap;
import org.jspecify.annotations.Nullable;

/**
 * Draws a carriage seen from above: the front row at the top, window seats at both sides, row
 * numbers in the aisle. Units are pixels; every seat is at least 28 wide, so that a finger can hit
 * it.
 *
 * @param carriages numbers of the carriages that the reader can choose
 * @param free number of free seats
 */
public record SeatPicture(
    String trainNo,
    String carriage,
    String seatClass,
    List<String> carriages,
    int width,
    int height,
    List<Seat> seats,
    List<Mark> marks,
    long free) {

  private static final int SEAT = 28;
  private static final int PITCH = 34;
  private static final int AISLE = 30;
  private static final int TOP = 34;
  private static final int SIDE = 14;

  /**
   * Is one seat.
   *
   * @param name name of the seat in a cart request, {@code 05-11F}
   * @param state free, taken or held; {@code chosen} when the reader selected or bought it
   */
  public record Seat(
      String name, String letter, String position, String state, int x, int y, boolean free) {}

  /** Is a row number or a seat letter at the edge. */
  public record Mark(String words, int x, int y) {}

  private static final Map<Integer, Integer> AISLE_AFTER = Map.of(5, 3, 4, 2, 3, 1);

  public static SeatPicture of(SeatMap map, @Nullable String chosen) {
    var letters =
        map.rows().stream()
            .flatMap(row -> row.places().stream())
            .map(SeatMap.Place::letter)
            .distinct()
            .sorted()
            .toList();
    var seats = new ArrayList<Seat>();
    var marks = new ArrayList<Mark>();
    for (int line = 0; line < map.rows().size(); line++) {
      var row = map.rows().get(line);
      int y = TOP + line * PITCH;
      marks.add(new Mark(String.valueOf(row.number()), aisleMiddle(letters), y + 19));
      for (var place : row.places()) {
        seats.add(seat(map, row, place, chosen, x(letters, place.letter()), y));
      }
    }
    letters.forEach(letter -> marks.add(new Mark(letter, x(letters, letter) + SEAT / 2, TOP - 10)));
    return new SeatPicture(
        map.trainNo(),
        map.carriage(),
        map.seatClass(),
        map.carriages(),
        x(letters, letters.getLast()) + SEAT + SIDE,
        TOP + map.rows().size() * PITCH + 8,
        List.copyOf(seats),
        List.copyOf(marks),
        seats.stream().filter(Seat::free).count());
  }

  private static Seat seat(
      SeatMap map, SeatMap.Row row, SeatMap.Place place, @Nullable String chosen, int x, int y) {
    var name = "%s-%02d%s".formatted(map.carriage(), row.number(), place.letter());
    var free = place.state().equals("free");
    var state = name.equals(chosen) || place.state().equals("yours") ? "chosen" : place.state();
    return new Seat(name, place.letter(), place.position(), state, x, y, free);
  }

  private static int x(List<String> letters, String letter) {
    int index = letters.indexOf(letter);
    return SIDE + index * PITCH + (index >= aisleAfter(letters) ? AISLE : 0);
  }

  private static int aisleMiddle(List<String> letters) {
    return SIDE + aisleAfter(letters) * PITCH + (AISLE - (PITCH - SEAT)) / 2;
  }

  private static int aisleAfter(List<String> letters) {
    return AISLE_AFTER.getOrDefault(letters.size(), letters.size());
  }

  public long freeWindows() {
    return seats.stream().filter(seat -> seat.free() && seat.position().equals("window")).count();
  }
}
