package org.actsandbox.agent.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.search.Ranking.Candidate;
import org.actsandbox.agent.text.Phrases;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;

/** Why an offer stands where it stands, in both languages, from facts alone. */
final class Reasons {

  /** Ours: a price below this share of the same thing elsewhere is a bait until proven honest. */
  private static final int BAIT_PERCENT = 50;

  private final Wish wish;
  private final List<Candidate> ordered;
  private final List<Candidate> suitable;

  /**
   * @param ordered those that are shown
   * @param suitable those and the ones there was no room for
   */
  Reasons(Wish wish, List<Candidate> ordered, List<Candidate> suitable) {
    this.wish = wish;
    this.ordered = ordered;
    this.suitable = suitable;
  }

  Text why(int place) {
    var candidate = ordered.get(place);
    var parts = new ArrayList<Text>();
    if (suspicious(candidate)) {
      parts.add(Phrases.both("why.suspicious"));
    }
    var twin = dearerTwin(place);
    if (twin > 0) {
      parts.add(Phrases.both("why.same." + wish.kindOf().code(), yuan(twin)));
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
  boolean suspicious(Candidate candidate) {
    return ordered.stream()
        .filter(other -> !other.equals(candidate) && same(candidate, other))
        .anyMatch(
            other ->
                candidate.total().minorUnits() * 100 < other.total().minorUnits() * BAIT_PERCENT);
  }

  private void train(Candidate candidate, OfferDetails.Train train, List<Text> parts) {
    boolean earliest = first(other -> Ranking.train(other).departs().isBefore(train.departs()));
    boolean fastest = first(other -> Ranking.train(other).minutes() < train.minutes());
    boolean anyHour = ((TrainWish) wish).atAnyHour();
    boolean night = anyHour && Ranking.atNight(candidate);
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
            ? Phrases.both(base, train.departs().toLocalTime().toString())
            : Phrases.both(
                base + ".position",
                train.departs().toLocalTime().toString(),
                Phrases.both("position." + position)));
    if (night) {
      parts.add(Phrases.both("why.night"));
    }
    if (!base.equals("why.cheapest") && cheapest(candidate)) {
      parts.add(Phrases.both("why.and.cheapest"));
    }
  }

  /** Some leave earlier, all of them at night, and may be too far behind to be shown. */
  private boolean isEarliestByDay(OfferDetails.Train train) {
    var earlier =
        suitable.stream()
            .filter(other -> Ranking.train(other).departs().isBefore(train.departs()))
            .toList();
    return !earlier.isEmpty() && earlier.stream().allMatch(Ranking::atNight);
  }

  private void hotel(Candidate candidate, OfferDetails.Hotel hotel, List<Text> parts) {
    if (first(other -> Ranking.hotel(other).metresToNear() < hotel.metresToNear())) {
      parts.add(Phrases.both("why.nearest"));
    }
    if (cheapest(candidate)) {
      parts.add(Phrases.both("why.cheapest"));
    }
    if (first(other -> Ranking.hotel(other).quietness() > hotel.quietness())) {
      parts.add(Phrases.both("why.quietest"));
    }
    parts.add(
        Phrases.both("why.distance", Integer.toString(hotel.metresToNear()), plain(hotel.near())));
    if (hotel.breakfast()) {
      parts.add(Phrases.both("why.breakfast"));
    }
    if (hotel.cancellableUntil() != null) {
      parts.add(Phrases.both("why.cancellable"));
    }
  }

  private void shop(Candidate candidate, OfferDetails.Shop shop, List<Text> parts) {
    if (cheapest(candidate)) {
      parts.add(Phrases.both("why.cheapest"));
    }
    if (first(
        other ->
            Ranking.score(Ranking.shop(other).rating()).compareTo(Ranking.score(shop.rating()))
                > 0)) {
      parts.add(Phrases.both("why.rated", Ranking.score(shop.rating()).toPlainString()));
    }
    parts.add(Phrases.both("why.promised", shop.promisedBy().toLocalDate().toString()));
  }

  private void fees(Candidate candidate, List<Text> parts) {
    var types = candidate.offer().lines().stream().map(line -> line.type()).toList();
    if (types.contains("coupon") || types.contains("sale")) {
      parts.add(Phrases.both("why.reduced"));
    }
    candidate.offer().lines().stream()
        .filter(line -> line.type().equals("fee"))
        .findFirst()
        .ifPresentOrElse(
            fee -> parts.add(Phrases.both("why.fee", fee.amount())),
            () -> {
              if (candidate.offer().details() instanceof OfferDetails.Train) {
                parts.add(Phrases.both("why.nofee"));
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
    return org.actsandbox.agent.wire.Words.plain(text, 60);
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
