package org.actsandbox.merchants.hotel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.actsandbox.merchants.shelf.DataFileReader;
import org.actsandbox.merchants.shelf.SeededRandom;
import org.actsandbox.merchants.shelf.TextIndex;
import org.actsandbox.protocol.commerce.Text;

/**
 * Holds all hotels, which are composed once from hand-written places and names; all worlds share
 * them.
 */
final class Hotels {

  private static final SeededRandom RANDOM = SeededRandom.STATIC.derive("hotels");
  private static final int EXTRA_AT_MAIN_STATION = 2;
  private static final List<Long> BASE_YUAN = List.of(149L, 229L, 388L, 668L);
  private static final List<Long> BREAKFAST_YUAN = List.of(18L, 28L, 58L, 98L);

  /** All hotels; declared after the constants that they are built with. */
  static final Hotels ALL = new Hotels(Cities.read());

  private final Cities cities;
  private final List<Hotel> all = new ArrayList<>();
  private final Map<String, Hotel> byId;
  private final Map<City, List<Hotel>> byCity;
  private final TextIndex index;

  private Hotels(Cities cities) {
    this.cities = cities;
    var names =
        DataFileReader.read(Hotels.class, "names.txt").stream()
            .map(row -> DataFileReader.text(row[0]))
            .toList();
    var rooms = RoomType.read();
    for (City city : cities.all()) {
      for (CityPlace cityPlace : placesToBuildAt(city)) {
        int number = (int) all.stream().filter(hotel -> hotel.city().equals(city)).count() + 1;
        all.add(build(city, cityPlace, number, names.get(all.size() % names.size()), rooms));
      }
    }
    byId = all.stream().collect(Collectors.toUnmodifiableMap(Hotel::id, Function.identity()));
    byCity = all.stream().collect(Collectors.groupingBy(Hotel::city));
    index = index();
  }

  Cities cities() {
    return cities;
  }

  List<Hotel> all() {
    return List.copyOf(all);
  }

  List<Hotel> in(City city) {
    return byCity.getOrDefault(city, List.of());
  }

  Optional<Hotel> byId(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Finds hotels by words of their name, city, place, district or stars, best first. */
  List<Hotel> find(String query) {
    return index.find(query).stream()
        .filter(hit -> hit.coverage() > 0.5)
        .map(hit -> all.get(hit.document()))
        .toList();
  }

  private static List<CityPlace> placesToBuildAt(City city) {
    var cityPlaces = new ArrayList<>(city.places());
    for (int i = 0; i < EXTRA_AT_MAIN_STATION; i++) {
      cityPlaces.add(city.mainStation());
    }
    city.places().stream()
        .filter(cityPlace -> cityPlace.kind() == CityPlace.Kind.LANDMARK)
        .findFirst()
        .ifPresent(cityPlaces::add);
    return cityPlaces;
  }

  private static Hotel build(
      City city, CityPlace cityPlace, int number, Text brandName, List<RoomType> roomTypes) {
    var id = city.code() + (number < 10 ? "0" : "") + number;
    int stars = stars(cityPlace, number, RANDOM.below("stars" + id, 100));
    double angle = Math.toRadians(RANDOM.below("angle" + id, 360));
    double distance = RANDOM.between("distance" + id, 15, 110) / 100.0;
    double east = cityPlace.east() + distance * Math.cos(angle);
    double north = cityPlace.north() + distance * Math.sin(angle);
    long level = (long) city.level() * RANDOM.between("level" + id, 84, 122);
    var rooms =
        roomTypes.stream()
            .filter(room -> room.minStars() <= stars && stars <= room.maxStars())
            .filter(room -> room.guests() < 4 || RANDOM.chance("family" + id, 70))
            .limit(4)
            .toList();
    return new Hotel(
        id,
        city,
        name(brandName, cityPlace, stars),
        cityPlace,
        nearestDistrict(city, east, north),
        east,
        north,
        stars,
        RANDOM.between("score" + id, 36 + stars, 43 + stars),
        quietness(cityPlace, distance, id),
        BASE_YUAN.get(stars - 2) * level / 100,
        BREAKFAST_YUAN.get(stars - 2) * 100,
        rooms);
  }

  /**
   * Returns the stars of a hotel. The first hotel of a city is at its main station and has four;
   * other hotels at stations have two to four, so that every city has something cheap.
   */
  private static int stars(CityPlace cityPlace, int number, int percent) {
    if (cityPlace.kind() == CityPlace.Kind.STATION) {
      return number == 1 ? 4 : percent < 35 ? 2 : percent < 80 ? 3 : 4;
    }
    return percent < 10 ? 2 : percent < 42 ? 3 : percent < 80 ? 4 : 5;
  }

  private static int quietness(CityPlace cityPlace, double distance, String id) {
    int base =
        switch (cityPlace.kind()) {
          case STATION -> 3;
          case LANDMARK -> 6;
          case DISTRICT, CENTRE -> 5;
        };
    return Math.clamp(base + (int) (distance * 2) + RANDOM.between("quiet" + id, -1, 3), 0, 10);
  }

  private static Text name(Text brandName, CityPlace cityPlace, int stars) {
    var form =
        switch (stars) {
          case 2 -> new Text(" Inn", "客栈");
          case 3 -> new Text(" Boutique Hotel", "精选酒店");
          case 4 -> new Text(" Hotel", "酒店");
          default -> new Text(" Grand Hotel", "大酒店");
        };
    return new Text(
        brandName.en() + form.en() + ", " + cityPlace.name().en(),
        brandName.zh() + form.zh() + "（" + cityPlace.name().zh() + "店）");
  }

  private static CityPlace nearestDistrict(City city, double east, double north) {
    return city.places().stream()
        .filter(cityPlace -> cityPlace.kind() == CityPlace.Kind.DISTRICT)
        .min(Comparator.comparingInt(cityPlace -> cityPlace.metresTo(east, north)))
        .orElse(City.CENTRE);
  }

  private TextIndex index() {
    var builder = new TextIndex.Builder();
    for (int i = 0; i < all.size(); i++) {
      var hotel = all.get(i);
      add(builder, i, hotel.name(), 4);
      add(builder, i, hotel.city().name(), 3);
      add(builder, i, hotel.at().name(), 2);
      add(builder, i, hotel.district().name(), 2);
      add(builder, i, HotelCatalog.category(hotel.stars()), 1);
    }
    return builder.build();
  }

  private static void add(TextIndex.Builder builder, int document, Text text, float weight) {
    builder.add(document, text.en(), weight).add(document, text.zh(), weight);
  }
}
