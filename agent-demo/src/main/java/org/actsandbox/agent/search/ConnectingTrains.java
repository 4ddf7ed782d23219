package org.actsandbox.agent.search;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.agent.language.understand.draft.TrainDraft;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;

/**
 * Finds two trains with one change where no train goes all the way. The merchants say where to
 * change; the second train leaves from the station at which the first one arrives.
 */
public final class ConnectingTrains {

  /** The merchants' sentence; only names that the gazetteer knows are taken from it. */
  private static final Pattern CHANGE = Pattern.compile("Change trains in ([^:]{2,120}):");

  /** Ours: merchants name the shortest way first, and each further city costs two searches. */
  private static final int MAX_CITIES = 3;

  /**
   * Ours: a first train may arrive so much later than the one found, and the change still works.
   */
  private static final Duration LATER_ARRIVAL = Duration.ofMinutes(15);

  /** Ours: the time that remains at least for the change. */
  private static final Duration CHANGE_TIME = Duration.ofMinutes(20);

  private static final LocalTime DAY_BEGINS = LocalTime.of(6, 0);

  /** Searches for one wish; the offer that would be recommended is the result. */
  public interface LegSearch {
    Optional<RankedOffer> best(TrainWish leg);
  }

  /**
   * Two trains in place of one.
   *
   * @param waitMinutes minutes at the station of the change
   */
  public record Journey(
      TrainWish wished,
      TrainWish first,
      TrainWish second,
      Text station,
      long waitMinutes,
      OffsetDateTime arrives,
      Money total) {}

  private final LegSearch search;

  public ConnectingTrains(LegSearch search) {
    this.search = search;
  }

  /** Returns a journey for each wish that found nothing because no train goes all the way. */
  public List<Journey> journeys(Proposal found) {
    var journeys = new ArrayList<Journey>();
    for (var result : found.searches()) {
      if (result.offers().isEmpty()
          && result.wish() instanceof TrainWish train
          && train.trainNo() == null) {
        cities(result).stream()
            .limit(MAX_CITIES)
            .flatMap(city -> journey(train, city).stream())
            .min(best(train))
            .ifPresent(journeys::add);
      }
    }
    return journeys;
  }

  private static Comparator<Journey> best(TrainWish wish) {
    Comparator<Journey> arrival = Comparator.comparing(j -> j.arrives().toInstant());
    return "cheapest".equals(wish.sort())
        ? Comparator.comparing(Journey::total).thenComparing(arrival)
        : arrival;
  }

  /** Returns the wishes with the two trains in the place of the one that does not go. */
  public static List<Wish> replace(List<Wish> wishes, List<Journey> journeys) {
    var replaced = new ArrayList<Wish>();
    for (var wish : wishes) {
      var journey = journeys.stream().filter(each -> each.wished().equals(wish)).findFirst();
      if (journey.isPresent()) {
        replaced.add(journey.get().first());
        replaced.add(journey.get().second());
      } else {
        replaced.add(wish);
      }
    }
    return replaced;
  }

  private static List<String> cities(SearchResult result) {
    return Objects.requireNonNull(result.reasons()).stream()
        .map(reason -> CHANGE.matcher(reason.en()))
        .filter(Matcher::find)
        .flatMap(match -> Arrays.stream(match.group(1).split(" or ", -1)))
        .flatMap(name -> PlaceNames.china().find(name).stream())
        .map(Place::city)
        .distinct()
        .toList();
  }

  private Optional<Journey> journey(TrainWish wish, String city) {
    var first = leg(wish);
    first.to = city;
    first.departAfter = wish.departAfter() == null ? DAY_BEGINS : wish.departAfter();
    first.departBefore = wish.departBefore();
    var firstOffer = search.best(first.wish());
    if (firstOffer.isEmpty()
        || !(firstOffer.get().offer().details() instanceof OfferDetails.Train ride)) {
      return Optional.empty();
    }
    var latest = ride.arrives().plus(LATER_ARRIVAL);
    var earliest = latest.plus(CHANGE_TIME);
    if (!earliest.toLocalDate().equals(ride.departs().toLocalDate())) {
      return Optional.empty();
    }
    var station = PlaceNames.china().find(ride.to().en()).map(Place::railDestination).orElse(city);
    first.to = station;
    first.date = ride.departs().toLocalDate();
    first.latestDate = null;
    first.arriveBefore = latest.toLocalTime();
    var second = leg(wish);
    second.from = station;
    second.date = first.date;
    second.latestDate = null;
    second.departAfter = earliest.toLocalTime();
    second.arriveAfter = wish.arriveAfter();
    second.arriveBefore = wish.arriveBefore();
    return search
        .best(second.wish())
        .filter(offer -> isWithinLimit(wish, firstOffer.get(), offer))
        .map(
            offer ->
                new Journey(
                    wish,
                    first.wish(),
                    second.wish(),
                    ride.to(),
                    Duration.between(ride.arrives(), ride(offer).departs()).toMinutes(),
                    ride(offer).arrives(),
                    firstOffer.get().total().plus(offer.total())));
  }

  private static OfferDetails.Train ride(RankedOffer offer) {
    return (OfferDetails.Train) offer.offer().details();
  }

  /** The limit of a ticket holds for the whole journey. */
  private static boolean isWithinLimit(TrainWish wish, RankedOffer first, RankedOffer second) {
    var sum = new BigDecimal(first.total().plus(second.total()).decimal());
    return wish.maxPrice() == null
        || sum.compareTo(
                new BigDecimal(wish.maxPrice()).multiply(BigDecimal.valueOf(wish.passengers())))
            <= 0;
  }

  /** Drafts one leg: it keeps the number, class and seats of the whole journey. */
  private static TrainDraft leg(TrainWish wish) {
    var leg = TrainDraft.of(wish);
    leg.departAfter = null;
    leg.departBefore = null;
    leg.arriveAfter = null;
    leg.arriveBefore = null;
    leg.maxPrice = null;
    leg.sort = "cheapest".equals(wish.sort()) ? wish.sort() : null;
    return leg;
  }
}
