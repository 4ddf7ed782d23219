package org.actsandbox.merchants.hotel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.merchants.shelf.DataFileReader;
import org.actsandbox.protocol.commerce.Text;
import org.jspecify.annotations.Nullable;

/** Finds the cities with hotels by any of their names or by the name of one of their places. */
final class Cities {

  /**
   * Represents a city that a name stands for.
   *
   * @param place the place of the city, if the name was the name of a place
   */
  record CityMatch(City city, @Nullable CityPlace place) {}

  private final List<City> all;
  private final Map<String, CityMatch> byName = new HashMap<>();

  private Cities(List<City> all) {
    this.all = all;
  }

  static Cities read() {
    var rows = DataFileReader.read(Cities.class, "cities.txt");
    var cities = new Cities(new ArrayList<>());
    var aliases = new HashMap<City, List<String>>();
    for (String[] row : rows) {
      if (row[0].equals("city")) {
        var city = city(row, rows);
        cities.all.add(city);
        aliases.put(city, DataFileReader.parts(row[3], ","));
      }
    }
    for (City city : cities.all) {
      cities.addName(city, city.name().en());
      cities.addName(city, city.name().zh());
      aliases.getOrDefault(city, List.of()).forEach(alias -> cities.addName(city, alias));
    }
    // Names of places come last: a city's own name wins over a district of another city.
    for (City city : cities.all) {
      for (CityPlace cityPlace : city.places()) {
        var cityMatch = new CityMatch(city, cityPlace);
        cities.byName.putIfAbsent(PlaceNameKeys.key(cityPlace.name().en()), cityMatch);
        cities.byName.putIfAbsent(PlaceNameKeys.key(cityPlace.name().zh()), cityMatch);
        cities.byName.putIfAbsent(
            PlaceNameKeys.key(cityPlace.name().en()).replaceFirst("station$", ""), cityMatch);
        cities.byName.putIfAbsent(
            PlaceNameKeys.key(cityPlace.name().zh()).replaceFirst("站$", ""), cityMatch);
      }
    }
    return cities;
  }

  List<City> all() {
    return List.copyOf(all);
  }

  Optional<CityMatch> find(String name) {
    return Optional.ofNullable(byName.get(PlaceNameKeys.cityKey(name)));
  }

  private void addName(City city, String name) {
    byName.put(PlaceNameKeys.cityKey(name), new CityMatch(city, null));
  }

  private static City city(String[] row, List<String[]> rows) {
    var name = DataFileReader.text(row[2]);
    var cityPlaces = new ArrayList<CityPlace>();
    var exact = new HashMap<String, CityPlace>();
    var bare = new HashMap<String, CityPlace>();
    for (String[] other : rows) {
      if (other[0].equals("place") && other[1].equals(row[1])) {
        var cityPlace = place(other);
        cityPlaces.add(cityPlace);
        addNames(cityPlace, DataFileReader.parts(other[6], ","), name, exact, bare);
      }
    }
    bare.forEach(exact::putIfAbsent);
    var months = DataFileReader.parts(row[5], ",").stream().map(Integer::valueOf).toList();
    return new City(
        row[1], name, Integer.parseInt(row[4]), months, List.copyOf(cityPlaces), Map.copyOf(exact));
  }

  private static void addNames(
      CityPlace cityPlace,
      List<String> aliases,
      Text city,
      Map<String, CityPlace> exact,
      Map<String, CityPlace> bare) {
    var names = new ArrayList<>(aliases);
    names.add(cityPlace.name().en());
    names.add(cityPlace.name().zh());
    for (String name : names) {
      exact.putIfAbsent(PlaceNameKeys.key(name), cityPlace);
      bare.putIfAbsent(PlaceNameKeys.bareKey(name, city), cityPlace);
    }
  }

  private static CityPlace place(String[] row) {
    var kind = CityPlace.Kind.valueOf(row[2].toUpperCase(Locale.ROOT));
    return new CityPlace(
        kind, DataFileReader.text(row[3]), Double.parseDouble(row[4]), Double.parseDouble(row[5]));
  }
}
