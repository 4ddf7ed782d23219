package org.actsandbox.agent.language.place;

import org.actsandbox.protocol.commerce.Text;

/**
 * A place on the map.
 *
 * @param city English name of the city it is or lies in
 */
public record Place(Place.Type sort, Text name, String city) {

  /** What kind of place. */
  public enum Type {
    CITY,
    STATION,
    LANDMARK
  }

  public boolean isCity() {
    return sort == Place.Type.CITY;
  }

  /** The English name that tells a station from a city of the same name. */
  public String wireName() {
    return sort == Place.Type.STATION && name.en().equals(city)
        ? name.en() + " Railway Station"
        : name.en();
  }

  /** Where a train to this place goes: a landmark is reached by its city. */
  public String railDestination() {
    return sort == Place.Type.LANDMARK ? city : wireName();
  }
}
