package org.actsandbox.agent.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.search.OfferRanking.Candidate;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.UntrustedText;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;

/** Why an offer stands where it stands, in both languages, from facts alone. */
final class OfferReasons {

  /** Ours: a price below this share of the same thing elsewhere is a bait until proven honest. */
  private static final int BAIT_PERCENT = 50;

  private final Wish wish;
  private final List<Candidate> ordered;
  private final List<Candidate> suitable;

  /**
   * @param ordered those that are shown
   * @param suitable those and the ones there was no room for
   */
  OfferReasons(Wish wish, List<Candidate> ordered, List<Candidate> suitable) {
    this.wish = wish;
    this.ordered = ordered;
    this.suitable = suitable;
  }

  Text reasonFor(int place) {
    var candidate = ordered.get(place);
    var parts = new ArrayList<Text>();
    if (isSuspiciouslyDear(candidate)) {
      parts.add(AgentPhrases.bilingual("why.suspicious"));
    }
    var twin = dearerTwin(place);
    if (twin > 0) {
      parts.add(AgentPhrases.bilingual("why.same." + wish.kindOf().code(), yuan(twin)));
    } else {
      switch (candidate.offer().details()) {
        case OfferDetails.Train train -> train(candidate, train, parts);
        case OfferDetails.Hotel hotel -> hotel(candidate, hotel, parts);
        case OfferDetails.Shop shop -> shop(candidate, shop, parts);
        case OfferDetails.Service service -> parts.add(service.unit());
      }
    }
    fees(candidate, parts);
    return new Text(
        joined(parts.stream().map(Text::en).toList(), ", "),
        parts.stream().map(Text::zh).collect(Collectors.joining("，")));
  }

  /** The same thing costs at least twice as much on another platform. */
  boolean isSuspiciouslyDear(Candidate candidate) {
    return ordered.stream()
        .filter(other -> !other.equals(candidate) && same(candidate, other))
        .anyMatch(
            other ->
                candidate.total().minorUnits() * 100 < other.total().minorUnits() * BAIT_PERCENT);
  }

  private void train(Candidate candidate, OfferDetails.Train train, List<Text> parts) {
    boolean earliest = first(other -> OfferRanking.train(other).departs().isBefore(train.departs()));
    boolean fastest = first(other -> OfferRanking.train(other).minutes() < train.minutes());
    boolean anyHour = ((TrainWish) wish).atAnyHour();
    boolean night = anyHour && OfferRanking.atNight(candidate);
    boolean earliestByDay = anyHour && !night && isEarliestByDay(train);
    var position = ((TrainWish) wish).position();
    var base =
        earliestByDay
            ? "why.earliest.day"
            : earliest ? "why.earliest" : fastest ? "why.fastest" : "";
    if (base.isEmpty() && cheapest(candidate)) {
      base = "why.cheapest";
    }
    if (base.isEmpty()) {
      base = "why.departs";
    }
    parts.add(
        position == null
            ? AgentPhrases.bilingual(base, train.departs().toLocalTime().toString())
            : AgentPhrases.bilingual(
                base + ".position",
                train.departs().toLocalTime().toString(),
                AgentPhrases.bilingual("position." + position)));
    if (night) {
      parts.add(AgentPhrases.bilingual("why.night"));
    }
    if (!base.equals("why.cheapest") && cheapest(candidate)) {
      parts.add(AgentPhrases.bilingual("why.and.cheapest"));
    }
  }

  /** Some leave earlier, all of them at night, and may be too far behind to be shown. */
  private boolean isEarliestByDay(OfferDetails.Train train) {
    var earlier =
        suitable.stream()
            .filter(other -> OfferRanking.train(other).departs().isBefore(train.departs()))
            .toList();
    return !earlier.isEmpty() && earlier.stream().allMatch(OfferRanking::atNight);
  }

  private void hotel(Candidate candidate, OfferDetails.Hotel hotel, List<Text> parts) {
    if (first(other -> OfferRanking.hotel(other).metresToNear() < hotel.metresToNear())) {
      parts.add(AgentPhrases.bilingual("why.nearest"));
    }
    if (cheapest(candidate)) {
      parts.add(AgentPhrases.bilingual("why.cheapest"));
    }
    if (first(other -> OfferRanking.hotel(other).quietness() > hotel.quietness())) {
      parts.add(AgentPhrases.bilingual("why.quietest"));
    }
    parts.add(
        AgentPhrases.bilingual("why.distance", Integer.toString(hotel.metresToNear()), plain(hotel.near())));
    if (hotel.breakfast()) {
      parts.add(AgentPhrases.bilingual("why.breakfast"));
    }
    if (hotel.cancellableUntil() != null) {
      parts.add(AgentPhrases.bilingual("why.cancellable"));
    }
  }

  private void shop(Candidate candidate, OfferDetails.Shop shop, List<Text> parts) {
    if (cheapest(candidate)) {
      parts.add(AgentPhrases.bilingual("why.cheapest"));
    }
    if (first(
        other ->
            OfferRanking.score(OfferRanking.shop(other).rating()).compareTo(OfferRanking.score(shop.rating()))
                > 0)) {
      parts.add(AgentPhrases.bilingual("why.rated", OfferRanking.score(shop.rating()).toPlainString()));
    }
    parts.add(AgentPhrases.bilingual("why.promised", shop.promisedBy().toLocalDate().toString()));
  }

  private void fees(Candidate candidate, List<Text> parts) {
    var types = candidate.offer().lines().stream().map(line -> line.type()).toList();
    if (types.contains("coupon") || types.contains("sale")) {
      parts.add(AgentPhrases.bilingual("why.reduced"));
    }
    candidate.offer().lines().stream()
        .filter(line -> line.type().equals("fee"))
        .findFirst()
        .ifPresentOrElse(
            fee -> parts.add(AgentPhrases.bilingual("why.fee", fee.amount())),
            () -> {
              if (candidate.offer().details() instanceof OfferDetails.Train) {
                parts.add(AgentPhrases.bilingual("why.nofee"));
              }
            });
  }

  /** By how many fen the same thing, ranked before this, is cheaper; 0 for none. */
  private long dearerTwin(int place) {
    var candidate = ordered.get(place);
    return ordered.subList(0, place).stream()
        .filter(better -> same(candidate, better))
        .mapToLong(better -> candidate.total().minorUnits() - better.total().minorUnits())
        .filter(difference -> difference > 0)
        .max()
        .orElse(0);
  }

  private static boolean same(Candidate a, Candidate b) {
    if (a.offer().details() instanceof OfferDetails.Train x
        && b.offer().details() instanceof OfferDetails.Train y) {
      return x.trainNo().equals(y.trainNo())
          && x.departs().equals(y.departs())
          && x.seatClass().equals(y.seatClass());
    }
    if (a.offer().details() instanceof OfferDetails.Hotel x
        && b.offer().details() instanceof OfferDetails.Hotel y) {
      return x.hotel().en().equals(y.hotel().en())
          && x.room().en().equals(y.room().en())
          && x.breakfast() == y.breakfast()
          && Objects.equals(x.cancellableUntil(), y.cancellableUntil());
    }
    return a.offer().details() instanceof OfferDetails.Shop x
        && b.offer().details() instanceof OfferDetails.Shop y
        && x.product().en().equals(y.product().en())
        && x.variant().en().equals(y.variant().en());
  }

  private boolean cheapest(Candidate candidate) {
    return first(other -> candidate.total().moreThan(other.total()));
  }

  private boolean first(java.util.function.Predicate<Candidate> better) {
    return ordered.stream().noneMatch(better);
  }

  private static Text plain(Text text) {
    return UntrustedText.sanitize(text, 60);
  }

  private static String yuan(long fen) {
    return Money.fen(fen).decimal().replaceFirst("\\.00$", "");
  }

  private static String joined(List<String> parts, String with) {
    var sentence = String.join(with, parts);
    return sentence.isEmpty()
        ? sentence
        : sentence.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + sentence.substring(1);
  }
}
