package org.actsandbox.agent.search;

import java.time.Duration;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.actsandbox.agent.language.Slots;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Finds two trains that connect where no train goes without a change. The cities come from what the
 * merchants say, and only those count that are on the agent's own map. Both trains are searched at
 * all platforms, like every other wish, and are bought as two tickets.
 */
final class ConnectingTrains {

  /** Ours: the least time between two trains at one station. */
  private static final Duration AT_ONE_STATION = Duration.ofMinutes(30);

  /** Ours: the least time between two trains at two stations of one city. */
  private static final Duration ACROSS_THE_CITY = Duration.ofMinutes(90);

  /** Ours: a traveller does not wait longer for the second train. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(5);

  private static final Pattern ADVICE =
      Pattern.compile("Change trains in ([^:]+): ask for the two journeys one by one");

  private static final Pattern CHINESE_ADVICE = Pattern.compile("可以在([^，]+)换乘，分两段买");

  private final TrainWish wish;
  private final Function<TrainWish, SearchResult> search;

  /** Two trains that connect, one after the other. */
  private record Pair(RankedOffer first, RankedOffer second) {

    OffsetDateTime departs() {
      return train(first).departs();
    }

    OffsetDateTime arrives() {
      return train(second).arrives();
    }

    Duration minutes() {
      return Duration.between(departs(), arrives());
    }

    Money total() {
      return first.total().plus(second.total());
    }
  }

  private ConnectingTrains(TrainWish wish, Function<TrainWish, SearchResult> search) {
    this.wish = wish;
    this.search = search;
  }

  /**
   * Returns the searches of the two trains instead of a search that found none; empty if no trains
   * connect, or if the principal wants no change. Every first train that is shown connects with
   * every second one.
   *
   * @param search searches for one train at all platforms
   */
  static Optional<List<SearchResult>> instead(
      SearchResult empty, Function<TrainWish, SearchResult> search) {
    if (!empty.offers().isEmpty()
        || !(empty.wish() instanceof TrainWish wish)
        || wish.trainNo() != null
        || wish.avoid().contains(TrainWish.CHANGE)) {
      return Optional.empty();
    }
    var connectingTrains = new ConnectingTrains(wish, search);
    return cities(empty).map(connectingTrains::via).flatMap(Optional::stream).findFirst();
  }

  /**
   * Returns a search without trains in words that fit what was tried: the advice to change trains
   * is left out when the principal wants none, and else says that no two trains keep the wish.
   */
  static SearchResult afterTrying(SearchResult empty) {
    if (!empty.offers().isEmpty() || !(empty.wish() instanceof TrainWish wish)) {
      return empty;
    }
    boolean wantsChange = !wish.avoid().contains(TrainWish.CHANGE) && wish.trainNo() == null;
    var reasons = empty.reasons();

    return reasons == null
        ? empty
        : Slots.with(
            empty,
            "reasons",
            reasons.stream().map(reason -> withoutAdvice(reason, wantsChange)).toList());
  }

  private static Text withoutAdvice(Text reason, boolean wantsChange) {
    return wantsChange
        ? new Text(
            ADVICE
                .matcher(reason.en())
                .replaceAll("no two trains that connect in $1 keep all of this"),
            CHINESE_ADVICE.matcher(reason.zh()).replaceAll("在$1换乘也没有完全符合要求的两趟车"))
        : new Text(
            reason.en().replaceFirst("; " + ADVICE.pattern(), ""),
            reason.zh().replaceFirst("，" + CHINESE_ADVICE.pattern(), ""));
  }

  private static Stream<Place> cities(SearchResult empty) {
    var reasons = empty.reasons();
    return (reasons == null ? Stream.<Text>empty() : reasons.stream())
        .map(Text::en)
        .map(ADVICE::matcher)
        .filter(matcher -> matcher.find())
        .flatMap(matcher -> Arrays.stream(matcher.group(1).split(" or ", -1)))
        .distinct()
        .flatMap(name -> PlaceNames.china().findByWireName(name).stream())
        .filter(Place::isCity)
        .limit(3);
  }

  private Optional<List<SearchResult>> via(Place city) {
    SearchResult first;
    SearchResult second;
    if (isBackward()) {
      second = search.apply(leg(city.wireName(), wish.to(), null, null, wish.arriveBefore()));
      var latest =
          trusted(second).map(offer -> train(offer).departs()).max(Comparator.naturalOrder());
      if (latest.isEmpty()) {
        return Optional.empty();
      }
      first =
          search.apply(
              leg(
                  wish.from(),
                  city.wireName(),
                  wish.departAfter(),
                  wish.departBefore(),
                  earlier(latest.get(), AT_ONE_STATION)));
    } else {
      first =
          search.apply(
              leg(wish.from(), city.wireName(), wish.departAfter(), wish.departBefore(), null));
      var earliest =
          Stream.of(true, false)
              .flatMap(byDay -> arrivals(first, byDay).min(Comparator.naturalOrder()).stream())
              .findFirst();
      if (earliest.isEmpty()) {
        return Optional.empty();
      }
      second =
          search.apply(
              leg(
                  city.wireName(),
                  wish.to(),
                  later(earliest.get(), AT_ONE_STATION),
                  null,
                  wish.arriveBefore()));
    }
    return best(first, second).map(pair -> shown(first, second, pair, city));
  }

  /** An arrival by a time, and the latest train, are searched from the end of the journey. */
  private boolean isBackward() {
    return wish.arriveBefore() != null || "latest".equals(wish.sort());
  }

  private TrainWish leg(
      @Nullable String from,
      @Nullable String to,
      @Nullable LocalTime departAfter,
      @Nullable LocalTime departBefore,
      @Nullable LocalTime arriveBefore) {
    var leg = Slots.with(wish, "from", from, "to", to, "departAfter", departAfter);
    leg = Slots.with(leg, "departBefore", departBefore, "arriveBefore", arriveBefore);
    leg = Slots.with(leg, "arriveAfter", null, "trainNo", null, "maxPrice", null);
    return Slots.with(leg, "otherwise", null);
  }

  private static Stream<RankedOffer> trusted(SearchResult result) {
    return result.offers().stream().filter(offer -> !offer.suspicious());
  }

  /**
   * @param byDay whether trains that leave at night are left out, if the wish leaves them out
   */
  private Stream<OffsetDateTime> arrivals(SearchResult result, boolean byDay) {
    return trusted(result)
        .filter(offer -> !byDay || !isUnwantedNight(train(offer).departs()))
        .map(offer -> train(offer).arrives());
  }

  /** Returns the time of the day, or null when the next day has begun. */
  private static @Nullable LocalTime later(OffsetDateTime time, Duration pause) {
    var then = time.plus(pause);
    return then.toLocalDate().equals(time.toLocalDate()) ? minute(then) : null;
  }

  private static LocalTime earlier(OffsetDateTime time, Duration pause) {
    var then = time.minus(pause);
    return then.toLocalDate().equals(time.toLocalDate()) ? minute(then) : LocalTime.MIN;
  }

  private static LocalTime minute(OffsetDateTime time) {
    return time.toLocalTime().truncatedTo(ChronoUnit.MINUTES);
  }

  private Optional<Pair> best(SearchResult first, SearchResult second) {
    var pairs = new ArrayList<Pair>();
    for (var a : first.offers()) {
      for (var b : second.offers()) {
        var pair = new Pair(a, b);
        if (connects(a, b) && !a.suspicious() && !b.suspicious() && isAffordable(pair)) {
          pairs.add(pair);
        }
      }
    }
    return pairs.stream()
        .min(
            Comparator.comparing((Pair pair) -> isUnwantedNight(pair.departs()))
                .thenComparing(order()));
  }

  /** Ours: a principal who does not name an hour does not mean to leave at night. */
  private boolean isUnwantedNight(OffsetDateTime departs) {
    return wish.byDay() && OfferOrder.isNight(departs.toLocalTime());
  }

  private boolean isAffordable(Pair pair) {
    var limit = wish.maxPrice();
    return limit == null || !pair.total().moreThan(Money.yuan(limit).times(wish.passengers()));
  }

  private Comparator<Pair> order() {
    Comparator<Pair> soonest =
        Comparator.comparing(Pair::arrives)
            .thenComparing(Comparator.comparing(Pair::departs).reversed())
            .thenComparing(Pair::total);
    return switch (wish.sort() == null ? "" : wish.sort()) {
      case "cheapest" -> Comparator.comparing(Pair::total).thenComparing(soonest);
      case "fastest" -> Comparator.comparing(Pair::minutes).thenComparing(soonest);
      default ->
          isBackward()
              ? Comparator.comparing(Pair::departs)
                  .reversed()
                  .thenComparing(Pair::minutes)
                  .thenComparing(Pair::total)
              : soonest;
    };
  }

  private static boolean connects(RankedOffer first, RankedOffer second) {
    var wait = Duration.between(train(first).arrives(), train(second).departs());
    var station = train(first).to().en();
    var least = station.equals(train(second).from().en()) ? AT_ONE_STATION : ACROSS_THE_CITY;
    return wait.compareTo(least) >= 0 && wait.compareTo(LONGEST_WAIT) <= 0;
  }

  private static List<SearchResult> shown(
      SearchResult first, SearchResult second, Pair pair, Place city) {
    var arrival = train(pair.first());
    var departure = train(pair.second());
    var firsts =
        bestFirst(pair.first(), first)
            .filter(
                offer ->
                    train(offer).to().en().equals(arrival.to().en())
                        && !train(offer).arrives().isAfter(arrival.arrives()))
            .map(offer -> offer.because(firstReason(offer, city)))
            .toList();
    var seconds =
        bestFirst(pair.second(), second)
            .filter(offer -> connects(pair.first(), offer))
            .map(offer -> offer.because(secondReason(arrival.arrives(), offer)))
            .toList();
    // A later search of one train alone keeps the connection.
    return List.of(
        first
            .about(
                until((TrainWish) first.wish(), station(arrival.to()), minute(arrival.arrives())))
            .with(firsts),
        second
            .about(
                since(
                    (TrainWish) second.wish(),
                    station(departure.from()),
                    later(
                        arrival.arrives(),
                        arrival.to().en().equals(departure.from().en())
                            ? AT_ONE_STATION
                            : ACROSS_THE_CITY)))
            .with(seconds));
  }

  private static Stream<RankedOffer> bestFirst(RankedOffer best, SearchResult result) {
    return Stream.concat(
        Stream.of(best), result.offers().stream().filter(offer -> !offer.equals(best)));
  }

  private static Text firstReason(RankedOffer offer, Place city) {
    return AgentPhrases.bilingual(
        "why.change.first", city.name(), train(offer).departs().toLocalTime().toString());
  }

  private static Text secondReason(OffsetDateTime arrival, RankedOffer offer) {
    var train = train(offer);
    return AgentPhrases.bilingual(
        "why.change.second",
        Long.toString(Duration.between(arrival, train.departs()).toMinutes()),
        train.arrives().toLocalTime().toString());
  }

  private static String station(Text name) {
    return PlaceNames.china().find(name.en()).map(Place::railDestination).orElse(name.en());
  }

  private static TrainWish until(TrainWish leg, String to, LocalTime arriveBefore) {
    return Slots.with(leg, "to", to, "arriveBefore", arriveBefore);
  }

  private static TrainWish since(TrainWish leg, String from, @Nullable LocalTime departAfter) {
    return Slots.with(leg, "from", from, "departAfter", departAfter);
  }

  private static OfferDetails.Train train(RankedOffer offer) {
    return (OfferDetails.Train) offer.offer().details();
  }
}
