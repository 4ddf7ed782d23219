package org.actsandbox.merchants.hotel;

import java.util.Set;
import java.util.stream.Collectors;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.jspecify.annotations.Nullable;

/**
 * Checks a hotel need before the search and finds the city and the place that it names (ACT CID-3).
 */
final class HotelNeedCheck {

  private static final Set<String> SORTS = Set.of("cheapest", "quietest", "nearest", "best");
  private static final Set<String> ROOM_TYPES = Set.of("double", "twin", "family", "suite");
  private static final int MAX_NAME = 80;

  private HotelNeedCheck() {}

  /**
   * Checks the values of a need.
   *
   * @throws Refusal {@code intent_malformed} for a value that is never possible, {@code
   *     constraint_conflict} for one that is not possible now
   */
  static void check(Need.Hotel need, HotelBusiness business) {
    var mistakes = new MistakeCollector();
    checkValues(need, mistakes);
    mistakes.refuseAny();
    if (need.checkIn().isBefore(business.today())
        || need.checkIn().isAfter(business.lastCheckIn())) {
      throw new Refusal(Problem.CONSTRAINT_CONFLICT, "that night cannot be booked")
          .at(path("check_in"))
          .expected(business.today() + " to " + business.lastCheckIn())
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

  static void checkValues(Need.Hotel need, MistakeCollector mistakes) {
    mistakes.check(() -> checkName("city", need.city()));
    mistakes.check(() -> checkName("near", need.near()));
    mistakes.check(() -> requireWithin("nights", need.nights(), Stay.MAX_NIGHTS));
    mistakes.check(() -> requireWithin("guests", need.guests(), Stay.MAX_GUESTS));
    mistakes.check(() -> requireWithin("rooms", need.rooms(), Stay.MAX_ROOMS));
    mistakes.check(() -> requireWithin("min_stars", need.minStars(), 5));
    mistakes.check(
        () -> requireKnown("sort", need.sort(), SORTS, "cheapest, quietest, nearest or best"));
    mistakes.check(
        () ->
            requireKnown(
                "room_type", need.roomType(), ROOM_TYPES, "double, twin, family or suite"));
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
    var wantedPlace = need.near();
    if (wantedPlace == null || wantedPlace.isBlank()) {
      return cityMatch.place();
    }
    var city = cityMatch.city();
    return city.place(wantedPlace)
        .orElseThrow(
            () ->
                new Refusal(Problem.NO_MATCH, "no such place is known in " + city.name().en())
                    .at(path("near"))
                    .observed(wantedPlace)
                    .remedy(
                        city.places().stream()
                            .map(cityPlace -> cityPlace.name().en())
                            .collect(Collectors.joining(", ", "Known places: ", "."))));
  }

  private static void checkName(String field, @Nullable String name) {
    if (name != null && (name.length() > MAX_NAME || (name.isBlank() && field.equals("city")))) {
      throw malformed(field, "a name of 1 to " + MAX_NAME + " characters", name);
    }
  }

  private static void requireKnown(
      String field, @Nullable String value, Set<String> known, String expected) {
    if (value != null && !known.contains(value)) {
      throw malformed(field, expected, value);
    }
  }

  private static void requireWithin(String field, @Nullable Integer number, int most) {
    if (number != null && (number < 1 || number > most)) {
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
