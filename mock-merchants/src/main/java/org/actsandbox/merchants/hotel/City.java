package org.actsandbox.merchants.hotel;

import java.time.Month;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.commerce.Text;

/**
 * Represents a city with hotels.
 *
 * @param code the code of three letters
 * @param level the price level in percent of the country's
 * @param months the price in percent by month, January first
 * @param places the first station is the main one
 * @param placeByName the places by each of their names, in the form of {@link PlaceNameKeys#key}
 */
record City(
    String code,
    Text name,
    int level,
    List<Integer> months,
    List<CityPlace> places,
    Map<String, CityPlace> placeByName) {

  static final CityPlace CENTRE =
      new CityPlace(CityPlace.Kind.CENTRE, new Text("the city centre", "市中心"), 0, 0);

  int percentIn(Month month) {
    return months.get(month.getValue() - 1);
  }

  CityPlace mainStation() {
    return places.getFirst();
  }

  /**
   * Finds a place by any of its names, with or without "station". The word "station" alone means
   * the main station, and "centre" the city centre.
   */
  Optional<CityPlace> place(String wantedName) {
    if (PlaceNameKeys.meansAnyStation(wantedName)) {
      return Optional.of(mainStation());
    }
    if (PlaceNameKeys.meansCentre(wantedName)) {
      return Optional.of(CENTRE);
    }
    return Optional.ofNullable(placeByName.get(PlaceNameKeys.key(wantedName)))
        .or(() -> Optional.ofNullable(placeByName.get(PlaceNameKeys.bareKey(wantedName, name))));
  }
}
