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
 * @param placeByName every name of a place in the form of {@link Names#key}
 */
record City(
    String code,
    Text name,
    int level,
    List<Integer> months,
    List<Place> places,
    Map<String, Place> placeByName) {

  static final Place CENTRE =
      new Place(Place.Kind.CENTRE, new Text("the city centre", "市中心"), 0, 0);

  int percentIn(Month month) {
    return months.get(month.getValue() - 1);
  }

  Place mainStation() {
    return places.getFirst();
  }

  /** The place by any of its names, with or without "station"; the main station for just that. */
  Optional<Place> place(String wished) {
    if (Names.meansAnyStation(wished)) {
      return Optional.of(mainStation());
    }
    if (Names.meansCentre(wished)) {
      return Optional.of(CENTRE);
    }
    return Optional.ofNullable(placeByName.get(Names.key(wished)))
        .or(() -> Optional.ofNullable(placeByName.get(Names.bare(wished, name))));
  }
}
