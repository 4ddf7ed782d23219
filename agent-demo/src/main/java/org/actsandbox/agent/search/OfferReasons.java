package org.actsandbox.agent.search;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.language.read.KnownWords;
import org.actsandbox.agent.search.OfferRanking.Candidate;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.UntrustedText;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;

/** Words why an offer has its place in the ranking, in both languages and from facts alone. */
public final class OfferReasons {

  /**
   * Ours: a price below this share of the same thing elsewhere counts as bait until it is proven
   * honest.
   */
  private static final int BAIT_PERCENT = 50;

  private final Wish wish;
  private final List<Candidate> ordered;
  private final List<Candidate> suitable;
  private final boolean complete;

  /**
   * @param ordered the offers that are shown
   * @param suitable the shown offers and those that there was no room for
   * @param complete whether these are all offers of the platforms; only then is a superlative true
   *     that the platforms were not asked for
   */
  OfferReasons(Wish wish, List<Candidate> ordered, List<Candidate> suitable, boolean complete) {
    this.wish = wish;
    this.ordered = ordered;
    this.suitable = suitable;
    this.complete = complete;
  }

  Text reasonFor(int place) {
    var candidate = ordered.get(place);
    var parts = new ArrayList<Text>();
    if (isSuspiciouslyCheap(candidate)) {
      parts.add(AgentPhrases.bilingual("why.suspicious"));
    }
    var twin = savingOnTwin(place);
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

  /** Returns whether the same thing costs at least twice as much on another platform. */
  boolean isSuspiciouslyCheap(Candidate candidate) {
    return ordered.stream()
        .filter(other -> !other.equals(candidate) && isSameGoods(candidate, other))
        .anyMatch(
            other ->
                candidate.total().minorUnits() * 100 < other.total().minorUnits() * BAIT_PERCENT);
  }

  private void train(Candidate candidate, OfferDetails.Train train, List<Text> parts) {
    var wished = (TrainWish) wish;
    boolean night = wished.byDay() && OfferOrder.departsAtNight(candidate);
    var base = trainReason(candidate, train, wished, night);
    var departs = train.departs().toLocalTime().toString();
    var position = wished.position();
    parts.add(
        position == null
            ? AgentPhrases.bilingual(base, departs)
            : AgentPhrases.bilingual(
                base + ".position", departs, AgentPhrases.bilingual("position." + position)));
    if (night) {
      parts.add(AgentPhrases.bilingual("why.night"));
    } else if (wished.meansDaytime() && OfferOrder.ridesThroughNight(candidate)) {
      parts.add(AgentPhrases.bilingual("why.overnight"));
    }
    if (!base.equals("why.cheapest") && isCheapest(candidate)) {
      parts.add(AgentPhrases.bilingual("why.and.cheapest"));
    }
  }

  /**
   * Gives the reason that was asked for first; a superlative is claimed only when all offers are
   * known.
   */
  private String trainReason(
      Candidate candidate, OfferDetails.Train train, TrainWish wished, boolean night) {
    boolean earliest =
        noneIsBetter(other -> OfferRanking.train(other).departs().isBefore(train.departs()));
    boolean fastest = noneIsBetter(other -> OfferRanking.train(other).minutes() < train.minutes());
    boolean latest =
        noneIsBetter(other -> OfferRanking.train(other).departs().isAfter(train.departs()));
    var sort = wished.sort();
    if ("cheapest".equals(sort) && isCheapest(candidate)) {
      return "why.cheapest";
    }
    if ("cheapest".equals(sort) && wished.byDay() && !night && isCheapestByDay(candidate)) {
      return "why.cheapest.day";
    }
    if ("fastest".equals(sort)) {
      return fastest ? "why.fastest" : "why.departs";
    }
    if ("latest".equals(sort)) {
      return latest && wished.departBefore() == null ? "why.latest" : "why.departs";
    }
    if ("closest".equals(sort) || wished.arriveBefore() != null) {
      return "why.departs";
    }
    boolean askedInOrder = complete || isAskedByDeparture(candidate);
    if (wished.byDay() && !night && askedInOrder && isEarliestByDay(train)) {
      return "why.earliest.day";
    }
    if (earliest && askedInOrder && (sort == null || sort.equals("earliest"))) {
      return "why.earliest";
    }
    return fastest && complete ? "why.fastest" : "why.departs";
  }

  private static boolean isAskedByDeparture(Candidate candidate) {
    return candidate.need() instanceof Need.Train need && "earliest".equals(need.sort());
  }

  private boolean isCheapestByDay(Candidate candidate) {
    return suitable.stream()
        .filter(other -> candidate.total().moreThan(other.total()))
        .allMatch(OfferOrder::departsAtNight);
  }

  /**
   * Returns whether all earlier trains leave at night; these may stand too low in the ranking to be
   * shown.
   */
  private boolean isEarliestByDay(OfferDetails.Train train) {
    var earlier =
        suitable.stream()
            .filter(other -> OfferRanking.train(other).departs().isBefore(train.departs()))
            .toList();
    return !earlier.isEmpty() && earlier.stream().allMatch(OfferOrder::departsAtNight);
  }

  private void hotel(Candidate candidate, OfferDetails.Hotel hotel, List<Text> parts) {
    var wished = (HotelWish) wish;
    var sort = wished.sort();
    if (("nearest".equals(sort) || (complete && wished.near() != null))
        && noneIsBetter(other -> OfferRanking.hotel(other).metresToNear() < hotel.metresToNear())) {
      parts.add(AgentPhrases.bilingual("why.nearest"));
    }
    if (isCheapest(candidate)) {
      parts.add(AgentPhrases.bilingual("why.cheapest"));
    }
    if (("quietest".equals(sort) || complete)
        && noneIsBetter(other -> OfferRanking.hotel(other).quietness() > hotel.quietness())) {
      parts.add(AgentPhrases.bilingual("why.quietest"));
    }
    if (wished.near() != null) {
      parts.add(
          AgentPhrases.bilingual(
              "why.distance", distance(hotel.metresToNear()), plain(hotel.near())));
    }
    if (wished.near() == null || "best".equals(sort)) {
      parts.add(
          AgentPhrases.bilingual("why.score", OfferRanking.score(hotel.score()).toPlainString()));
    }
    if (hotel.breakfast()) {
      parts.add(AgentPhrases.bilingual("why.breakfast"));
    }
    if (hotel.cancellableUntil() != null) {
      parts.add(AgentPhrases.bilingual("why.cancellable"));
    }
  }

  /** Words a distance: in metres below a kilometre, else in kilometres with one decimal. */
  public static Text distance(int metres) {
    return metres < 1_000
        ? AgentPhrases.bilingual("distance.metres", Integer.toString(metres))
        : AgentPhrases.bilingual(
            "distance.kilometres",
            BigDecimal.valueOf(metres, 3).setScale(1, RoundingMode.HALF_UP).toPlainString());
  }

  private void shop(Candidate candidate, OfferDetails.Shop shop, List<Text> parts) {
    if (isCheapest(candidate)) {
      parts.add(AgentPhrases.bilingual("why.cheapest"));
    }
    boolean best =
        noneIsBetter(
            other ->
                OfferRanking.score(OfferRanking.shop(other).rating())
                        .compareTo(OfferRanking.score(shop.rating()))
                    > 0);
    if (!shop.rating().isEmpty()) {
      parts.add(
          AgentPhrases.bilingual(
              best && complete ? "why.rated" : "why.score",
              OfferRanking.score(shop.rating()).toPlainString()));
    }
    parts.add(
        shop.promisedBy() == null
            ? AgentPhrases.bilingual("why.unpromised")
            : AgentPhrases.bilingual("why.promised", day(shop.promisedBy().toLocalDate())));
    var wished = (ShopWish) wish;
    if (shop.quantity() > 1) {
      GoodsPack.of(candidate.offer().title())
          .ifPresent(pack -> parts.add(AgentPhrases.bilingual("why.pack", pack, shop.quantity())));
    }
    GoodsText.unmentioned(wished, candidate.offer())
        .limit(3)
        .forEach(
            feature ->
                parts.add(
                    AgentPhrases.bilingual(
                        "why.unconfirmed", new Text(feature, KnownWords.inChinese(feature)))));
  }

  /** Words a day as people say it, without the year. */
  static Text day(LocalDate day) {
    return new Text(
        DateTimeFormatter.ofPattern("MMM d", Locale.ENGLISH).format(day),
        day.getMonthValue() + "月" + day.getDayOfMonth() + "日");
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

  /** Returns by how many fen the same thing, ranked before this offer, is cheaper; 0 for none. */
  private long savingOnTwin(int place) {
    var candidate = ordered.get(place);
    return ordered.subList(0, place).stream()
        .filter(better -> isSameGoods(candidate, better))
        .mapToLong(better -> candidate.total().minorUnits() - better.total().minorUnits())
        .filter(difference -> difference > 0)
        .max()
        .orElse(0);
  }

  private static boolean isSameGoods(Candidate a, Candidate b) {
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

  private boolean isCheapest(Candidate candidate) {

    return ("cheapest".equals(wish.sort()) || complete)
        && noneIsBetter(other -> candidate.total().moreThan(other.total()));
  }

  /** Looks at all suitable offers: a better one may stand too low in the ranking to be shown. */
  private boolean noneIsBetter(Predicate<Candidate> better) {
    return suitable.stream().noneMatch(better);
  }

  private static Text plain(Text text) {
    return UntrustedText.sanitize(text, 60);
  }

  private static String yuan(long fen) {
    return Money.fen(fen).decimal().replaceFirst("\\.00$", "");
  }

  private static String joined(List<String> parts, String separator) {
    var sentence = String.join(separator, parts);
    return sentence.isEmpty()
        ? sentence
        : sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }
}
