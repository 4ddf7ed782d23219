package org.actsandbox.merchants.hotel;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.actsandbox.merchants.shelf.PriceAdjustments.ActiveAdjustments;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** Finds stays for a need: one rate per house, the best first, each free in every night. */
final class StaySearch {

  /** Farther than this is not near. */
  static final int NEAR_METRES = 6_000;

  private record Candidate(Stay stay, long fen, int free, int metres) {

    /** Score, distance and price against each other; one star of price is worth a kilometre. */
    double merit(double typicalFen) {
      double cheap = typicalFen / fen;
      return stay.hotel().score() / 10.0
          + 1.6 * Math.min(cheap, 2)
          - metres / 2_000.0
          + (stay.plan().flexible() ? 0.2 : 0);
    }
  }

  private final HotelBusiness desk;

  StaySearch(HotelBusiness desk) {
    this.desk = desk;
  }

  List<Offer> find(Need.Hotel need, int limit) {
    HotelNeedCheck.check(need, desk);
    var cityMatch = HotelNeedCheck.city(need);
    var near = HotelNeedCheck.near(need, cityMatch);
    var activeAdjustments = desk.adjustmentsIn(cityMatch.city());
    var candidates = candidates(need, cityMatch.city(), near, activeAdjustments);
    if (candidates.isEmpty()) {
      throw nothing(need, cityMatch.city(), near);
    }
    candidates.sort(order(need.sort(), candidates));
    return candidates.stream()
        .limit(limit)
        .map(
            one ->
                desk.offer(
                    one.stay(),
                    desk.tariff().price(one.stay(), activeAdjustments),
                    one.free(),
                    near))
        .toList();
  }

  private List<Candidate> candidates(
      Need.Hotel need, City city, @Nullable CityPlace near, ActiveAdjustments activeAdjustments) {
    var freeRooms = desk.roomNights().free(city, need.checkIn(), checkOut(need));
    var nights = need.checkIn().datesUntil(checkOut(need)).toList();
    var candidates = new ArrayList<Candidate>();
    for (Hotel hotel : Hotels.ALL.in(city)) {
      int metres = hotel.metresTo(near == null ? city.mainStation() : near);
      if (!suits(hotel, need) || (near != null && metres > NEAR_METRES)) {
        continue;
      }
      stays(hotel, need, room -> freeRooms.of(hotel, room, nights) >= need.rooms())
          .map(
              stay ->
                  new Candidate(
                      stay,
                      desk.tariff().fen(stay, activeAdjustments),
                      freeRooms.of(hotel, stay.room(), nights),
                      near == null ? 1_000 : metres))
          .min(preferred(need))
          .ifPresent(candidates::add);
    }
    return candidates;
  }

  private static boolean suits(Hotel hotel, Need.Hotel need) {
    return need.minStars() == null || hotel.stars() >= need.minStars();
  }

  private Stream<Stay> stays(Hotel hotel, Need.Hotel need, Predicate<RoomType> isFree) {
    return hotel.rooms().stream()
        .filter(isFree)
        .filter(room -> need.roomType() == null || room.is(need.roomType()))
        .flatMap(
            room ->
                Stream.of(RatePlan.values())
                    .map(
                        plan ->
                            new Stay(
                                hotel,
                                room,
                                plan,
                                need.checkIn(),
                                need.nights(),
                                need.guests(),
                                need.rooms())))
        .filter(Stay::sleepsAll)
        .filter(stay -> !Boolean.TRUE.equals(need.breakfast()) || stay.plan().breakfast())
        .filter(stay -> !Boolean.TRUE.equals(need.freeCancellation()) || isFree(stay));
  }

  private boolean isFree(Stay stay) {
    return desk.cancellableUntil(stay, desk.now().toInstant()) != null;
  }

  /** Within a house: the cheapest; without "cheapest", a rate one can get out of. */
  private static Comparator<Candidate> preferred(Need.Hotel need) {
    Comparator<Candidate> cheapest = Comparator.comparingLong(c -> c.fen());
    return "cheapest".equals(need.sort())
        ? cheapest
        : Comparator.<Candidate, Boolean>comparing(c -> !c.stay().plan().flexible())
            .thenComparing(cheapest);
  }

  private static Comparator<Candidate> order(@Nullable String sort, List<Candidate> candidates) {
    double typical =
        candidates.stream()
            .mapToLong(c -> c.fen())
            .sorted()
            .skip(candidates.size() / 2)
            .findFirst()
            .orElseThrow();
    Comparator<Candidate> best =
        Comparator.<Candidate>comparingDouble(c -> -c.merit(typical))
            .thenComparing(c -> c.stay().hotel().id());
    Comparator<Candidate> first =
        switch (sort == null ? "best" : sort) {
          case "cheapest" -> Comparator.comparingLong(c -> c.fen());
          case "quietest" -> Comparator.comparingInt(c -> -c.stay().hotel().quietness());
          case "nearest" -> Comparator.comparingInt(Candidate::metres);
          default -> best;
        };
    return first.thenComparing(best);
  }

  private Refusal nothing(Need.Hotel need, City city, @Nullable CityPlace near) {
    var where = near == null ? city.name().en() : near.name().en() + ", " + city.name().en();
    var refusal =
        new Refusal(
                Problem.NO_MATCH,
                "no free room near %s for %d guests from %s to %s fits the wishes"
                    .formatted(where, need.guests(), need.checkIn(), checkOut(need)))
            .at("context.explicit_needs[0]");
    return refusal.remedy(
        closest(need, city, near)
            .orElse("Ask for other dates, fewer guests to a room, or another city."));
  }

  /** The first wish that, given up, leads to something; a sentence naming that something. */
  private Optional<String> closest(Need.Hotel need, City city, @Nullable CityPlace near) {
    var activeAdjustments = desk.adjustmentsIn(city);
    record Way(String words, boolean helps, UnaryOperator<RelaxedHotelNeed> change) {}
    var ways =
        List.of(
            new Way("in another type of room", need.roomType() != null, RelaxedHotelNeed::anyRoom),
            new Way("with fewer stars", need.minStars() != null, RelaxedHotelNeed::anyStars),
            new Way("without breakfast", need.breakfast() != null, RelaxedHotelNeed::noBreakfast),
            new Way(
                "without free cancellation",
                need.freeCancellation() != null,
                RelaxedHotelNeed::anyTerms),
            new Way("elsewhere in " + city.name().en(), near != null, RelaxedHotelNeed::anywhere),
            new Way(
                "with one room more", need.rooms() < Stay.MAX_ROOMS, RelaxedHotelNeed::roomMore),
            new Way("a day later", true, RelaxedHotelNeed::dayLater));
    return ways.stream()
        .filter(Way::helps)
        .map(
            way -> {
              var relaxedHotelNeed = way.change().apply(new RelaxedHotelNeed(need, near));
              return candidates(
                      relaxedHotelNeed.need(), city, relaxedHotelNeed.near(), activeAdjustments)
                  .stream()
                  .min(Comparator.comparingLong(c -> c.fen()))
                  .map(
                      c ->
                          "There is something %s: %s, %s."
                              .formatted(
                                  way.words(), c.stay().hotel().name().en(), Money.fen(c.fen())))
                  .orElse(null);
            })
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static LocalDate checkOut(Need.Hotel need) {
    return need.checkIn().plusDays(need.nights());
  }
}
