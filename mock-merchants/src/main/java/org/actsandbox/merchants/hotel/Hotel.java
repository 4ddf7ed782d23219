package org.actsandbox.merchants.hotel;

import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.commerce.Text;

/**
 * A house, the same in every world.
 *
 * @param id city code and two digits, the catalog's item id
 * @param at the place it is near
 * @param east kilometres east of the city's centre
 * @param score guests' score in tenths, 10 to 50
 * @param quietness 0 (loud) to 10
 * @param baseFen a plain room on a plain weekday
 * @param breakfastFen per guest and morning
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

  int metresTo(CityPlace cityPlace) {
    return cityPlace.metresTo(east, north);
  }

  Optional<RoomType> room(String code) {
    return rooms.stream().filter(room -> room.code().equals(code)).findFirst();
  }

  String roomKey(RoomType room) {
    return id + "-" + room.code();
  }

  /** Simpler houses let guests off until the day itself. */
  boolean cancellableOnTheDay() {
    return stars <= 3;
  }
}
