package org.actsandbox.agent.language.place;

import org.actsandbox.protocol.commerce.Text;

/**
 * A place on the map.
 *
 * @param city the English name of the city that it is or lies in
 */
public record Place(Place.Type sort, Text name, String city) {

  /** Names the kind of a place. */
  public enum Type {
    CITY,
    STATION,
    LANDMARK
  }

  public boolean isCity() {
    return sort == Place.Type.CITY;
  }

  /** Returns the English name; it tells a station from a city of the same name. */
  public String wireName() {
    return sort == Place.Type.STATION && name.en().equals(city)
        ? name.en() + " Railway Station"
        : name.en();
  }

  /** Returns the destination of a train to this place: a landmark is reached by its city. */
  public String railDestination() {
    return sort == Place.Type.LANDMARK ? city : wireName();
  }
}
