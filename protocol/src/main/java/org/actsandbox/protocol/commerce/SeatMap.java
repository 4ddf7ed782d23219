package org.actsandbox.protocol.commerce;

import java.util.List;

/** One carriage of a train on a stretch, for pictures and for choosing a seat. */
public record SeatMap(
    String trainNo, String carriage, String seatClass, List<String> carriages, List<Row> rows) {

  public record Row(int number, List<Place> places) {}

  /**
   * @param letter A B C D F
   * @param position window | middle | aisle
   * @param state free | taken | held | yours
   */
  public record Place(String letter, String position, String state) {}
}
