package org.actsandbox.agent.turn;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.language.PlatformChoice;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.agent.search.Proposal;

/** Names what each of several destinations costs, or one train on each of several platforms. */
final class ComparedTotals {

  private ComparedTotals() {}

  /**
   * Returns whether only one of the journeys can be meant: on one day from one place to several, in
   * one order. None of them is recommended, so that a plain yes does not buy all.
   */
  static boolean areAlternatives(List<Wish> wishes) {
    var trains =
        wishes.stream()
            .flatMap(wish -> wish instanceof TrainWish train ? Stream.of(train) : Stream.empty())
            .toList();
    return trains.size() > 1
        && trains.size() == wishes.size()
        && trains.stream().allMatch(train -> train.sort() != null)
        && trains.stream()
                .map(train -> train.from() + " " + train.date() + " " + train.sort())
                .distinct()
                .count()
            == 1
        && trains.stream().map(TrainWish::to).distinct().count() == trains.size();
  }

  /** Names each compared destination with the price of the whole journey, the lowest first. */
  static String ofDestinations(String lang, List<Wish> wishes, Proposal found) {
    var totals = new LinkedHashMap<String, BigDecimal>();
    var places = wishes.stream().map(wish -> ((TrainWish) wish).to()).iterator();
    var place = places.next();
    var sum = BigDecimal.ZERO;
    for (var search : found.searches()) {
      sum =
          search.offers().stream()
              .filter(shown -> found.recommended().contains(shown.offer().offerId()))
              .map(shown -> new BigDecimal(shown.offer().total()))
              .reduce(sum, BigDecimal::add);
      if (search.wish() instanceof TrainWish leg && Objects.equals(leg.to(), place)) {
        totals.put(String.valueOf(place), sum);
        sum = BigDecimal.ZERO;
        place = places.hasNext() ? places.next() : null;
      }
    }
    return named(
        lang,
        totals,
        wire ->
            PlaceNames.china()
                .findByWireName(wire)
                .map(known -> known.name().in(lang))
                .orElse(wire));
  }

  /**
   * Names what one train costs on each of the platforms that the principal named; empty unless
   * several of them sell it.
   */
  static String ofPlatforms(
      AgentWorld world, PlatformChoice platforms, String lang, Proposal found) {
    var totals = new LinkedHashMap<String, BigDecimal>();
    found.searches().stream()
        .filter(search -> search.wish() instanceof TrainWish train && train.trainNo() != null)
        .flatMap(search -> search.offers().stream())
        .map(shown -> shown.offer())
        .filter(offer -> platforms.only().contains(offer.merchantId()))
        .forEach(
            offer ->
                totals.merge(offer.merchantId(), new BigDecimal(offer.total()), BigDecimal::min));
    return totals.size() > 1 ? named(lang, totals, id -> world.nameOf(id).in(lang)) : "";
  }

  private static String named(
      String lang, Map<String, BigDecimal> totals, UnaryOperator<String> name) {
    return totals.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(each -> name.apply(each.getKey()) + " ¥" + each.getValue())
        .collect(Collectors.joining(lang.equals("zh") ? "，" : ", "));
  }
}
