package org.actsandbox.merchants.hotel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.merchants.shelf.DataFileReader;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.vocabulary.Gazetteer;
import org.actsandbox.protocol.vocabulary.NamedPlace;
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
    for (String[] row : rows) {
      if (row[0].equals("city")) {
        var named = Gazetteer.require(NamedPlace.Kind.CITY, row[2]);
        var city = city(row, named, rows);
        cities.all.add(city);
        named.allNames().forEach(name -> cities.addName(city, name));
      }
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

  private static City city(String[] row, NamedPlace named, List<String[]> rows) {
    var cityPlaces = new ArrayList<CityPlace>();
    var exact = new HashMap<String, CityPlace>();
    var bare = new HashMap<String, CityPlace>();
    for (String[] other : rows) {
      if (!other[0].equals("city") && other[1].equals(row[1])) {
        var kind = CityPlace.Kind.valueOf(other[2].toUpperCase(Locale.ROOT));
        var place = Gazetteer.require(kindInGazetteer(kind), named.city(), other[3]);
        var cityPlace =
            new CityPlace(
                kind, ownName(place), Double.parseDouble(other[4]), Double.parseDouble(other[5]));
        if (other[0].equals("place")) {
          cityPlaces.add(cityPlace);
        }
        for (String name : names(place, DataFileReader.parts(other[6], ","))) {
          exact.putIfAbsent(PlaceNameKeys.key(name), cityPlace);
          bare.putIfAbsent(PlaceNameKeys.bareKey(name, named.name()), cityPlace);
        }
      }
    }
    bare.forEach(exact::putIfAbsent);
    var months = DataFileReader.parts(row[4], ",").stream().map(Integer::valueOf).toList();
    return new City(
        row[1],
        named.name(),
        Integer.parseInt(row[3]),
        months,
        List.copyOf(cityPlaces),
        Map.copyOf(exact));
  }

  /**
   * Returns the names of a place and of those beside it. A station goes by its name with the word
   * "station" first, because a district may have the same name without it.
   */
  private static List<String> names(NamedPlace place, List<String> beside) {
    var names = new ArrayList<String>();
    names.add(ownName(place).en());
    names.add(ownName(place).zh());
    names.addAll(place.otherNames());
    names.addAll(place.fieldNames());
    for (var other : beside) {
      names.addAll(Gazetteer.require(NamedPlace.Kind.LANDMARK, place.city(), other).allNames());
    }
    return names;
  }

  private static NamedPlace.Kind kindInGazetteer(CityPlace.Kind kind) {
    return kind == CityPlace.Kind.STATION ? NamedPlace.Kind.STATION : NamedPlace.Kind.LANDMARK;
  }

  /** Returns the name in a hotel's address, where a station needs to be called one. */
  private static Text ownName(NamedPlace place) {
    var name = place.name();
    return place.kind() == NamedPlace.Kind.STATION
        ? new Text(name.en() + " Station", name.zh() + "站")
        : name;
  }
}
