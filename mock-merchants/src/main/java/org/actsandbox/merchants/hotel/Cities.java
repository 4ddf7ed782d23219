package org.actsandbox.merchants.hotel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.merchants.shelf.Rows;
import org.actsandbox.protocol.commerce.Text;
import org.jspecify.annotations.Nullable;

/** The cities with hotels, found by any of their names or by the name of one of their places. */
final class Cities {

  /**
   * @param place set when the name was a place's
   */
  record Found(City city, @Nullable Place place) {}

  private final List<City> all;
  private final Map<String, Found> byName = new HashMap<>();

  private Cities(List<City> all) {
    this.all = all;
  }

  static Cities read() {
    var rows = Rows.of(Cities.class, "cities.txt");
    var cities = new Cities(new ArrayList<>());
    var aliases = new HashMap<City, List<String>>();
    for (String[] row : rows) {
      if (row[0].equals("city")) {
        var city = city(row, rows);
        cities.all.add(city);
        aliases.put(city, Rows.parts(row[3], ","));
      }
    }
    for (City city : cities.all) {
      cities.name(city, city.name().en());
      cities.name(city, city.name().zh());
      aliases.getOrDefault(city, List.of()).forEach(alias -> cities.name(city, alias));
    }
    // Names of places come last: a city's own name wins over a district of another city.
    for (City city : cities.all) {
      for (Place place : city.places()) {
        var found = new Found(city, place);
        cities.byName.putIfAbsent(Names.key(place.name().en()), found);
        cities.byName.putIfAbsent(Names.key(place.name().zh()), found);
        cities.byName.putIfAbsent(Names.key(place.name().en()).replaceFirst("station$", ""), found);
        cities.byName.putIfAbsent(Names.key(place.name().zh()).replaceFirst("站$", ""), found);
      }
    }
    return cities;
  }

  List<City> all() {
    return List.copyOf(all);
  }

  Optional<Found> find(String name) {
    return Optional.ofNullable(byName.get(Names.cityKey(name)));
  }

  private void name(City city, String name) {
    byName.put(Names.cityKey(name), new Found(city, null));
  }

  private static City city(String[] row, List<String[]> rows) {
    var name = Rows.text(row[2]);
    var places = new ArrayList<Place>();
    var exact = new HashMap<String, Place>();
    var bare = new HashMap<String, Place>();
    for (String[] other : rows) {
      if (other[0].equals("place") && other[1].equals(row[1])) {
        var place = place(other);
        places.add(place);
        name(place, Rows.parts(other[6], ","), name, exact, bare);
      }
    }
    bare.forEach(exact::putIfAbsent);
    var months = Rows.parts(row[5], ",").stream().map(Integer::valueOf).toList();
    return new City(
        row[1], name, Integer.parseInt(row[4]), months, List.copyOf(places), Map.copyOf(exact));
  }

  private static void name(
      Place place,
      List<String> aliases,
      Text city,
      Map<String, Place> exact,
      Map<String, Place> bare) {
    var names = new ArrayList<>(aliases);
    names.add(place.name().en());
    names.add(place.name().zh());
    for (String name : names) {
      exact.putIfAbsent(Names.key(name), place);
      bare.putIfAbsent(Names.bare(name, city), place);
    }
  }

  private static Place place(String[] row) {
    var kind = Place.Kind.valueOf(row[2].toUpperCase(Locale.ROOT));
    return new Place(
        kind, Rows.text(row[3]), Double.parseDouble(row[4]), Double.parseDouble(row[5]));
  }
}
