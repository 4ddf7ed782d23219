package org.actsandbox.merchants.hotel;

import org.actsandbox.protocol.commerce.Text;

/**
 * Represents a station, landmark or district of a city.
 *
 * @param east kilometres east of the city's centre
 * @param north kilometres north of the city's centre
 */
record CityPlace(Kind kind, Text name, double east, double north) {

  enum Kind {
    STATION,
    LANDMARK,
    DISTRICT,
    CENTRE
  }

  int metresTo(double east, double north) {
    // Rounded to 50 m, because the way on foot is longer than the straight line anyway.
    return (int) Math.round(Math.hypot(east - this.east, north - this.north) * 20) * 50;
  }
}
