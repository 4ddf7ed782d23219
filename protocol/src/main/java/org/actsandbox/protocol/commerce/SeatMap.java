package org.actsandbox.protocol.commerce;

import java.util.List;

/** The seats of one carriage between two stations, for pictures and for the choice of a seat. */
public record SeatMap(
    String trainNo, String carriage, String seatClass, List<String> carriages, List<Row> rows) {

  public record Row(int number, List<Place> places) {}

  /**
   * One seat.
   *
   * @param letter A B C D F
   * @param position window | middle | aisle
   * @param state free | taken | held | yours
   */
  public record Place(String letter, String position, String state) {}
}
