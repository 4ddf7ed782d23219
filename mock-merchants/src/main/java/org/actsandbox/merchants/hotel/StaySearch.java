package org.actsandbox.merchants.hotel;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.actsandbox.merchants.shelf.PriceAdjustments.ActiveAdjustments;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** Finds stays for a need: one rate per hotel, the best first, each free in every night. */
final class StaySearch {

  /** The greatest distance that counts as near. */
  static final int NEAR_METRES = 6_000;

  private record Candidate(Stay stay, long fen, int free, int metres) {

    /**
     * Weighs score, distance and price against each other; a price at half of the typical one is
     * worth about three kilometres.
     */
    double score(double typicalFen) {
      double priceAdvantage = typicalFen / fen;
      return stay.hotel().score() / 10.0
          + 1.6 * Math.min(priceAdvantage, 2)
          - metres / 2_000.0
          + (stay.plan().flexible() ? 0.2 : 0);
    }
  }

  private final HotelBusiness business;

  StaySearch(HotelBusiness business) {
    this.business = business;
  }

  List<Offer> find(Need.Hotel need, int limit) {
    HotelNeedCheck.check(need, business);
    var cityMatch = HotelNeedCheck.city(need);
    var near = HotelNeedCheck.near(need, cityMatch);
    var activeAdjustments = business.adjustmentsIn(cityMatch.city());
    var candidates = candidates(need, cityMatch.city(), near, activeAdjustments);
    if (candidates.isEmpty()) {
      throw noMatch(need, cityMatch.city(), near);
    }
    candidates.sort(order(need.sort(), candidates));
    return candidates.stream()
        .limit(limit)
        .map(
            candidate ->
                business.offer(
                    candidate.stay(),
                    business.tariff().price(candidate.stay(), activeAdjustments),
                    candidate.free(),
                    near))
        .toList();
  }

  private List<Candidate> candidates(
      Need.Hotel need, City city, @Nullable CityPlace near, ActiveAdjustments activeAdjustments) {
    var freeRooms = business.roomNights().free(city, need.checkIn(), checkOut(need));
    var nights = need.checkIn().datesUntil(checkOut(need)).toList();
    var candidates = new ArrayList<Candidate>();
    for (Hotel hotel : Hotels.ALL.in(city)) {
      int metres = hotel.metresTo(near == null ? city.mainStation() : near);
      if (!hasEnoughStars(hotel, need) || (near != null && metres > NEAR_METRES)) {
        continue;
      }
      hotel.rooms().stream()
          .filter(room -> need.roomType() == null || room.is(need.roomType()))
          .flatMap(
              room -> {
                int free = freeRooms.of(hotel, room, nights);
                return stays(hotel, room, free, need)
                    .map(
                        stay ->
                            new Candidate(
                                stay,
                                business.tariff().fen(stay, activeAdjustments),
                                free,
                                near == null ? 1_000 : metres));
              })
          .min(preferred(need))
          .ifPresent(candidates::add);
    }
    return candidates;
  }

  private static boolean hasEnoughStars(Hotel hotel, Need.Hotel need) {
    return need.minStars() == null || hotel.stars() >= need.minStars();
  }

  private Stream<Stay> stays(Hotel hotel, RoomType room, int free, Need.Hotel need) {
    if (free < need.rooms()) {
      return Stream.empty();
    }
    return Stream.of(RatePlan.values())
        .map(
            plan ->
                new Stay(
                    hotel, room, plan, need.checkIn(), need.nights(), need.guests(), need.rooms()))
        .filter(Stay::sleepsAll)
        .filter(stay -> !Boolean.TRUE.equals(need.breakfast()) || stay.plan().breakfast())
        .filter(stay -> !Boolean.TRUE.equals(need.freeCancellation()) || isFree(stay));
  }

  private boolean isFree(Stay stay) {
    return business.cancellableUntil(stay, business.now().toInstant()) != null;
  }

  /**
   * Orders the rates of one hotel: with the wish "cheapest" by price, otherwise the rates with free
   * cancellation first.
   */
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
        Comparator.<Candidate>comparingDouble(c -> -c.score(typical))
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

  private Refusal noMatch(Need.Hotel need, City city, @Nullable CityPlace near) {
    var where = near == null ? city.name().en() : near.name().en() + ", " + city.name().en();
    var refusal =
        new Refusal(
                Problem.NO_MATCH,
                "no free room near %s for %d guests from %s to %s fits the wishes"
                    .formatted(where, need.guests(), need.checkIn(), checkOut(need)))
            .at("context.explicit_needs[0]");
    return refusal.remedy(
        nearMatch(need, city, near)
            .orElse("Ask for other dates, fewer guests to a room, or another city."));
  }

  /** Names the first wish without which something is found, and what is found. */
  private Optional<String> nearMatch(Need.Hotel need, City city, @Nullable CityPlace near) {
    var activeAdjustments = business.adjustmentsIn(city);
    record Relaxation(String words, boolean helps, UnaryOperator<RelaxedHotelNeed> change) {}
    var relaxations =
        List.of(
            new Relaxation(
                "in another type of room", need.roomType() != null, RelaxedHotelNeed::anyRoom),
            new Relaxation("with fewer stars", need.minStars() != null, RelaxedHotelNeed::anyStars),
            new Relaxation(
                "without breakfast", need.breakfast() != null, RelaxedHotelNeed::noBreakfast),
            new Relaxation(
                "without free cancellation",
                need.freeCancellation() != null,
                RelaxedHotelNeed::anyCancellation),
            new Relaxation(
                "elsewhere in " + city.name().en(), near != null, RelaxedHotelNeed::anyPlace),
            new Relaxation(
                "with one room more", need.rooms() < Stay.MAX_ROOMS, RelaxedHotelNeed::oneMoreRoom),
            new Relaxation("a day later", true, RelaxedHotelNeed::oneDayLater));
    return relaxations.stream()
        .filter(Relaxation::helps)
        .map(
            relaxation -> {
              var relaxedHotelNeed = relaxation.change().apply(new RelaxedHotelNeed(need, near));
              return candidates(
                      relaxedHotelNeed.need(), city, relaxedHotelNeed.near(), activeAdjustments)
                  .stream()
                  .min(Comparator.comparingLong(c -> c.fen()))
                  .map(
                      c ->
                          "There is something %s: %s, %s."
                              .formatted(
                                  relaxation.words(),
                                  c.stay().hotel().name().en(),
                                  Money.fen(c.fen())))
                  .orElse(null);
            })
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static LocalDate checkOut(Need.Hotel need) {
    return need.checkIn().plusDays(need.nights());
  }
}
