package org.actsandbox.merchants.train.timetable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.actsandbox.merchants.shelf.DataFileReader;
import org.actsandbox.merchants.shelf.SearchWords;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.vocabulary.Gazetteer;
import org.actsandbox.protocol.vocabulary.NamedPlace;

/** Finds stations and cities by every name that a traveller may use for them. */
public final class StationDirectory {

  /** The longest name that is looked up. */
  static final int MAX_NAME = 64;

  private static final Pattern NOT_A_LETTER = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** The endings that mean "station", longer ones first. */
  private static final List<String> STATION_ENDINGS =
      List.of(
          "highspeedrailwaystation",
          "railwaystation",
          "trainstation",
          "station",
          "火车站",
          "高铁站",
          "站");

  private static final Map<String, String> PINYIN_SIDES =
      Map.of("East", "dong", "West", "xi", "South", "nan", "North", "bei");

  private final List<Station> stations;
  private final Map<String, Station> byCode = new HashMap<>();
  private final Map<String, StationOrCity> byName = new HashMap<>();

  /**
   * The stations by their own names, for travellers who say "station" and so do not mean the city.
   */
  private final Map<String, StationOrCity> byStationName = new HashMap<>();

  private final Map<Text, StationOrCity> cities = new LinkedHashMap<>();

  private StationDirectory(List<Station> stations, Map<Station, List<String>> namesByStation) {
    this.stations = List.copyOf(stations);
    var stationsByCity = new LinkedHashMap<Text, List<Station>>();
    for (var station : stations) {
      if (byCode.put(station.code(), station) != null) {
        throw new IllegalStateException("station code twice: " + station.code());
      }
      stationsByCity.computeIfAbsent(station.city(), _ -> new ArrayList<>()).add(station);
    }
    // Cities come first: if a city and a station share a name, the city is meant.
    stationsByCity.forEach(
        (name, members) -> addCity(name, new StationOrCity(name, List.copyOf(members))));
    for (var station : stations) {
      addStation(station, namesByStation.getOrDefault(station, List.of()));
    }
  }

  /**
   * Reads {@code stations.txt}: code, name, and the other places that are reached by the station.
   */
  static StationDirectory read(List<String[]> rows) {
    var stations = new ArrayList<Station>();
    var namesByStation = new HashMap<Station, List<String>>();
    for (var row : rows) {
      var named = Gazetteer.require(NamedPlace.Kind.STATION, row[1]);
      var city = cityOf(named).name();
      var station = new Station(stations.size(), row[0], named.name(), city);
      var names = new ArrayList<>(named.allNames());
      for (var other : DataFileReader.parts(row[2], ",")) {
        Gazetteer.places().stream()
            .filter(place -> place.name().zh().equals(other))
            .forEach(place -> names.addAll(place.allNames()));
      }
      stations.add(station);
      namesByStation.put(station, names);
    }
    return new StationDirectory(stations, namesByStation);
  }

  private static NamedPlace cityOf(NamedPlace place) {
    return Gazetteer.places().stream()
        .filter(city -> city.kind() == NamedPlace.Kind.CITY && city.city().equals(place.city()))
        .findFirst()
        .orElseThrow();
  }

  List<Station> stations() {
    return stations;
  }

  public Collection<StationOrCity> cities() {
    return Collections.unmodifiableCollection(cities.values());
  }

  public Optional<Station> byCode(String code) {
    return Optional.ofNullable(byCode.get(code));
  }

  /** Finds a city or station by any of its names, in either language, with or without "station". */
  public Optional<StationOrCity> find(String name) {
    if (name.length() > MAX_NAME) {
      return Optional.empty();
    }
    var plain = plain(name);
    var bare = withoutStation(plain);
    var station = bare.equals(plain) ? null : byStationName.get(bare);
    return Optional.ofNullable(station == null ? byName.get(bare) : station);
  }

  /** Returns up to five cities with names that look like {@code name}, for remedies. */
  public List<StationOrCity> similar(String name) {
    var wanted = normalize(name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name);
    return cities.values().stream()
        .filter(city -> looksLike(wanted, city.name()))
        .limit(5)
        .toList();
  }

  private static boolean looksLike(String wanted, Text city) {
    if (wanted.isEmpty()) {
      return false;
    }
    var en = normalize(city.en());
    int head = Math.min(3, Math.min(en.length(), wanted.length()));
    return en.regionMatches(0, wanted, 0, head) || city.zh().charAt(0) == wanted.charAt(0);
  }

  private void addCity(Text name, StationOrCity stationOrCity) {
    cities.put(name, stationOrCity);
    var names = Gazetteer.require(NamedPlace.Kind.CITY, name.zh()).allNames();
    for (var each : names) {
      byName.put(normalize(each), stationOrCity);
    }
    byName.put(normalize(name.zh() + "市"), stationOrCity);
    byName.put(normalize(name.en() + " city"), stationOrCity);
  }

  private void addStation(Station station, List<String> allNames) {
    var stationOrCity = new StationOrCity(station.name(), List.of(station));
    var en = station.name().en();
    var names = new ArrayList<>(allNames);
    names.add(station.code());
    int space = en.lastIndexOf(' ');
    var side = space < 0 ? null : PINYIN_SIDES.get(en.substring(space + 1));
    if (side != null) {
      names.add(en.substring(0, space) + side);
    }
    byStationName.put(normalize(en), stationOrCity);
    byStationName.put(normalize(station.name().zh()), stationOrCity);
    for (var name : names) {
      byName.putIfAbsent(normalize(name), stationOrCity);
    }
  }

  private static String normalize(String name) {
    return withoutStation(plain(name));
  }

  /** Returns the name in its plain spelling, of letters and digits only. */
  private static String plain(String name) {
    return NOT_A_LETTER.matcher(SearchWords.normalize(name)).replaceAll("");
  }

  private static String withoutStation(String plain) {
    for (var ending : STATION_ENDINGS) {
      if (plain.endsWith(ending) && plain.length() > ending.length()) {
        return plain.substring(0, plain.length() - ending.length());
      }
    }
    return plain;
  }
}
