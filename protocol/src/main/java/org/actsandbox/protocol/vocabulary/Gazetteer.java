package org.actsandbox.protocol.vocabulary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.actsandbox.protocol.commerce.Text;

/** Lists the places that agent and merchants know by the same names (ADR 100). */
public final class Gazetteer {

  private static final List<NamedPlace> PLACES = read();

  private Gazetteer() {}

  /** Returns all places: each city, then its stations with the main one first, then landmarks. */
  public static List<NamedPlace> places() {
    return PLACES;
  }

  /**
   * Finds the place that the data of a merchant names.
   *
   * @throws IllegalStateException if no line of {@code places.txt} has it
   */
  public static NamedPlace require(NamedPlace.Kind kind, String chinese) {
    return PLACES.stream()
        .filter(place -> place.kind() == kind && place.name().zh().equals(chinese))
        .findFirst()
        .orElseThrow(() -> missing(kind + " " + chinese));
  }

  /** Finds the place of this kind in a city of this English name. */
  public static NamedPlace require(NamedPlace.Kind kind, String city, String chinese) {
    return PLACES.stream()
        .filter(place -> place.kind() == kind && place.city().equals(city))
        .filter(place -> place.name().zh().equals(chinese))
        .findFirst()
        .orElseThrow(() -> missing("%s %s in %s".formatted(kind, chinese, city)));
  }

  private static IllegalStateException missing(String what) {
    return new IllegalStateException("places.txt has no line for " + what);
  }

  private static List<NamedPlace> read() {
    var places = new ArrayList<NamedPlace>();
    var city = "";
    for (var line : WordLists.lines(Gazetteer.class, "places.txt")) {
      var field = line.split("\\|", -1);
      var kind = NamedPlace.Kind.valueOf(field[0].toUpperCase(Locale.ROOT));
      city = kind == NamedPlace.Kind.CITY ? field[2] : city;
      places.add(
          new NamedPlace(
              kind,
              new Text(field[2], field[1]),
              city,
              WordLists.parts(field[3]),
              field.length > 4 ? WordLists.parts(field[4]) : List.of()));
    }
    return List.copyOf(places);
  }
}
