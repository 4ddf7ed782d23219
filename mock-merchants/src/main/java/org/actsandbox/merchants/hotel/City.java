package org.actsandbox.merchants.hotel;

import java.time.Month;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.protocol.commerce.Text;

/**
 * A city with hotels.
 *
 * @param code three letters
 * @param level price level in per cent of the country's
 * @param months price in per cent by month, January first
 * @param places the first station is the main one
 * @param placeByName every name of a place in the form of {@link PlaceNameKeys#key}
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

  /** The place by any of its names, with or without "station"; the main station for just that. */
  Optional<CityPlace> place(String wished) {
    if (PlaceNameKeys.meansAnyStation(wished)) {
      return Optional.of(mainStation());
    }
    if (PlaceNameKeys.meansCentre(wished)) {
      return Optional.of(CENTRE);
    }
    return Optional.ofNullable(placeByName.get(PlaceNameKeys.key(wished)))
        .or(() -> Optional.ofNullable(placeByName.get(PlaceNameKeys.bareKey(wished, name))));
  }
}
