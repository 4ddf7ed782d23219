package org.actsandbox.merchants.hotel;

import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** Checks a need before it is looked for, and finds what its names mean (ACT CID-3). */
final class HotelNeedCheck {

  private static final Set<String> SORTS = Set.of("cheapest", "quietest", "nearest", "best");
  private static final Set<String> ROOM_TYPES = Set.of("double", "twin", "family", "suite");
  private static final int MAX_NAME = 80;

  private HotelNeedCheck() {}

  /**
   * @throws Refusal {@code intent_malformed} for what can never be, {@code constraint_conflict} for
   *     what cannot be now
   */
  static void check(Need.Hotel need, HotelBusiness desk) {
    // A message may lack what the record declares; the mapper does not know.
    name("city", Objects.requireNonNullElse(need.city(), ""));
    if (need.near() != null) {
      name("near", need.near());
    }
    if (Objects.isNull(need.checkIn())) {
      throw malformed("check_in", "a date", "nothing");
    }
    within("nights", need.nights(), Stay.MAX_NIGHTS);
    within("guests", need.guests(), Stay.MAX_GUESTS);
    within("rooms", need.rooms(), Stay.MAX_ROOMS);
    if (need.minStars() != null) {
      within("min_stars", need.minStars(), 5);
    }
    if (need.sort() != null && !SORTS.contains(need.sort())) {
      throw malformed("sort", "cheapest, quietest, nearest or best", need.sort());
    }
    if (need.roomType() != null && !ROOM_TYPES.contains(need.roomType())) {
      throw malformed("room_type", "double, twin, family or suite", need.roomType());
    }
    if (need.checkIn().isBefore(desk.today()) || need.checkIn().isAfter(desk.lastCheckIn())) {
      throw new Refusal(Problem.CONSTRAINT_CONFLICT, "that night cannot be booked")
          .at(path("check_in"))
          .expected(desk.today() + " to " + desk.lastCheckIn())
          .observed(need.checkIn().toString())
          .remedy(
              "Ask for a check-in from today to %d days ahead."
                  .formatted(HotelBusiness.HORIZON_DAYS));
    }
    if (need.rooms() > need.guests()) {
      throw new Refusal(Problem.CONSTRAINT_CONFLICT, "there are more rooms than guests")
          .at(path("rooms"))
          .expected("at most " + need.guests())
          .observed(String.valueOf(need.rooms()))
          .remedy("Ask for at most one room per guest.");
    }
  }

  static Cities.CityMatch city(Need.Hotel need) {
    var cities = Hotels.ALL.cities();
    return cities
        .find(need.city())
        .orElseThrow(
            () ->
                new Refusal(Problem.NO_MATCH, "no hotels in a city of that name")
                    .at(path("city"))
                    .observed(need.city())
                    .remedy(
                        cities.all().stream()
                            .map(city -> city.name().en())
                            .collect(Collectors.joining(", ", "There are hotels in ", "."))));
  }

  static @Nullable CityPlace near(Need.Hotel need, Cities.CityMatch cityMatch) {
    var wished = need.near();
    if (wished == null || wished.isBlank()) {
      return cityMatch.place();
    }
    var city = cityMatch.city();
    return city.place(wished)
        .orElseThrow(
            () ->
                new Refusal(Problem.NO_MATCH, "no such place is known in " + city.name().en())
                    .at(path("near"))
                    .observed(wished)
                    .remedy(
                        city.places().stream()
                            .map(cityPlace -> cityPlace.name().en())
                            .collect(Collectors.joining(", ", "Known places: ", "."))));
  }

  private static void name(String field, String name) {
    if (name.length() > MAX_NAME || (name.isBlank() && field.equals("city"))) {
      throw malformed(field, "a name of 1 to " + MAX_NAME + " characters", name);
    }
  }

  private static void within(String field, int number, int most) {
    if (number < 1 || number > most) {
      throw malformed(field, "1 to " + most, String.valueOf(number));
    }
  }

  private static Refusal malformed(String field, String expected, String observed) {
    return new Refusal(Problem.INTENT_MALFORMED, field + " of the hotel need is not usable")
        .at(path(field))
        .expected(expected)
        .observed(observed);
  }

  private static String path(String field) {
    return "context.explicit_needs[0]." + field;
  }
}
