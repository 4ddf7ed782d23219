package org.actsandbox.merchants.hotel;

import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.commerce.Text;

/**
 * Represents a hotel; it is the same in every world.
 *
 * @param id the city code and two digits; it is also the item id of the catalog
 * @param at the place that the hotel is near
 * @param east kilometres east of the city's centre
 * @param score the guests' score in tenths, 10 to 50
 * @param quietness from 0 (loud) to 10
 * @param baseFen the price of a plain room on a plain weekday, in fen
 * @param breakfastFen the price of breakfast per guest and morning, in fen
 */
record Hotel(
    String id,
    City city,
    Text name,
    CityPlace at,
    CityPlace district,
    double east,
    double north,
    int stars,
    int score,
    int quietness,
    long baseFen,
    long breakfastFen,
    List<RoomType> rooms) {

  static final LocalTime CHECK_IN = LocalTime.of(14, 0);
  static final LocalTime CHECK_OUT = LocalTime.of(12, 0);

  int metresTo(CityPlace cityPlace) {
    return cityPlace.metresTo(east, north);
  }

  Optional<RoomType> room(String code) {
    return rooms.stream().filter(room -> room.code().equals(code)).findFirst();
  }

  String roomKey(RoomType room) {
    return id + "-" + room.code();
  }

  /**
   * Says whether free cancellation ends on the day of arrival; it does in hotels with up to three
   * stars, in others a day earlier.
   */
  boolean cancellableOnTheDay() {
    return stars <= 3;
  }
}
