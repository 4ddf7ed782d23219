package org.actsandbox.agent.search;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.actsandbox.agent.language.HotelWish;
import org.actsandbox.agent.language.MeasureLimit;
import org.actsandbox.agent.language.ShopWish;
import org.actsandbox.agent.language.TrainWish;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.language.place.Place;
import org.actsandbox.agent.language.place.PlaceNames;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/** Orders the offers of all platforms by what the principal asked for, and gives the reasons. */
public final class OfferRanking {

  /**
   * Ours: a principal does not read more offers, and the limit bounds what a conversation stores.
   */
  private static final int MAX_SHOWN = 12;

  /** The stations that timetables count to a city although they lie 25 km or more from it. */
  private static final Set<String> OUTLYING_STATIONS =
      Set.of("Songjiang South", "Wuqing", "Yongchuan East");

  /** Ours: with "cheap" and "near", this distance is near: a walk of twenty minutes. */
  private static final int NEAR_METRES = 1_500;

  /** Ours: a principal who must arrive by a time wants to have this many minutes left. */
  private static final int ARRIVAL_MARGIN_MINUTES = 15;

  static final LocalTime DAY_BEGINS = LocalTime.of(6, 0);
  private static final LocalTime DAY_ENDS = LocalTime.of(23, 0);
  private static final LocalTime NIGHT_ENDS = LocalTime.of(2, 0);

  private OfferRanking() {}

  /**
   * An offer to be ranked.
   *
   * @param need the need that this offer answers
   */
  record Candidate(Offer offer, Need need) {

    Money total() {
      return Money.of(offer.total(), offer.currency());
    }
  }

  static List<RankedOffer> rank(
      int search, Wish wish, List<Candidate> candidates, boolean complete) {
    var suitable =
        withMeasures(
            wish,
            withoutOutlyingStations(
                wish, candidates.stream().filter(c -> suits(wish, c)).toList()));
    var ordered =
        suitable.stream()
            .sorted(order(wish, candidates))
            .filter(new FirstOfSameSeats())
            .limit(MAX_SHOWN)
            .toList();
    var offerReasons = new OfferReasons(wish, ordered, suitable, complete);
    var shown = new ArrayList<RankedOffer>();
    for (int i = 0; i < ordered.size(); i++) {
      var candidate = ordered.get(i);
      shown.add(
          new RankedOffer(
              search,
              candidate.offer(),
              candidate.need(),
              offerReasons.reasonFor(i),
              false,
              offerReasons.isSuspiciouslyCheap(candidate)));
    }
    return List.copyOf(shown);
  }

  /**
   * A station far outside of the city counts when the principal named it, or when no other offer is
   * left.
   */
  private static List<Candidate> withoutOutlyingStations(Wish wish, List<Candidate> candidates) {
    if (!(wish instanceof TrainWish train)) {
      return candidates;
    }
    var inside =
        candidates.stream()
            .filter(
                candidate ->
                    serves(train.from(), train(candidate).from())
                        && serves(train.to(), train(candidate).to()))
            .toList();
    return inside.isEmpty() ? candidates : inside;
  }

  /** Goods that say their measure go before those that do not, when the wish limits one. */
  private static List<Candidate> withMeasures(Wish wish, List<Candidate> candidates) {
    if (!(wish instanceof ShopWish shop)) {
      return candidates;
    }
    // "Five pairs of socks" are not five packs of five pairs.
    var single =
        candidates.stream()
            .filter(
                candidate ->
                    shop.quantity() == 1 || GoodsPack.of(candidate.offer().title()).isEmpty())
            .toList();
    if (!single.isEmpty() && single.size() < candidates.size()) {
      return withMeasures(wish, single);
    }
    var limits = shop.features().stream().flatMap(each -> MeasureLimit.of(each).stream()).toList();
    var measured =
        candidates.stream()
            .filter(
                candidate ->
                    limits.stream()
                        .allMatch(l -> l.isKeptBy(description(candidate.offer())).orElse(false)))
            .toList();
    return measured.isEmpty() ? candidates : measured;
  }

  private static boolean serves(@Nullable String wished, Text station) {
    return wished == null
        || !OUTLYING_STATIONS.contains(station.en())
        || PlaceNames.china().findByWireName(wished).filter(Place::isCity).isEmpty();
  }

  /** Returns the offer that is nearest to the wished range of prices, else the cheapest. */
  static Optional<Offer> nearest(Wish wish, List<Candidate> candidates) {
    var least = wish instanceof ShopWish shop ? shop.minPrice() : null;
    long pieces = wish instanceof ShopWish shop ? shop.quantity() : 1;
    long wished = least == null ? 0 : Money.yuan(least).times(pieces).minorUnits();
    return candidates.stream()
        .min(
            comparingLong((Candidate each) -> Math.abs(wished - each.total().minorUnits()))
                .thenComparing(Candidate::total))
        .map(Candidate::offer);
  }

  /** Checks what merchants were not told, and what they may have ignored. */
  private static boolean suits(Wish wish, Candidate candidate) {
    return switch (wish) {
      case TrainWish train ->
          candidate.offer().details() instanceof OfferDetails.Train details
              && within(train.maxPrice(), candidate.total(), train.passengers())
              && inTime(train, details)
              && (train.trainNo() == null || train.trainNo().equals(details.trainNo()))
              && (train.trainType() == null || details.trainNo().startsWith(train.trainType()))
              && train.avoid().stream().noneMatch(avoided -> details.trainNo().startsWith(avoided))
              && hasPosition(train, candidate, details);
      case HotelWish hotel ->
          candidate.offer().details() instanceof OfferDetails.Hotel details
              && within(
                  hotel.maxPerNight(), candidate.total(), (long) hotel.nights() * hotel.rooms())
              && (hotel.minStars() == null || details.stars() >= hotel.minStars())
              && (!Boolean.TRUE.equals(hotel.breakfast()) || details.breakfast())
              && (!Boolean.TRUE.equals(hotel.freeCancellation())
                  || details.cancellableUntil() != null)
              && (hotel.roomType() == null || isRoom(hotel.roomType(), details.room().en()));
      case ShopWish shop ->
          candidate.offer().details() instanceof OfferDetails.Shop details
              && atLeast(shop.minPrice(), candidate.total(), shop.quantity())
              && isOfCategory(shop, candidate.offer())
              && shop.features().stream()
                  .noneMatch(feature -> hasOtherColour(candidate.offer(), feature))
              && shop.features().stream()
                  .flatMap(feature -> MeasureLimit.of(feature).stream())
                  .allMatch(limit -> limit.isKeptBy(description(candidate.offer())).orElse(true))
              && shop.features().stream()
                  .noneMatch(
                      feature -> MeasureLimit.contradicts(feature, description(candidate.offer())))
              && Objects.requireNonNull(shop.avoid()).stream()
                  .noneMatch(avoided -> mentions(candidate.offer(), avoided))
              && within(shop.maxPrice(), candidate.total(), shop.quantity())
              && (shop.deliverBy() == null
                  || (details.promisedBy() != null
                      && !details.promisedBy().toLocalDate().isAfter(shop.deliverBy())));
    };
  }

  private static boolean within(@Nullable String limit, Money total, long pieces) {
    return limit == null || !total.moreThan(Money.yuan(limit).times(pieces));
  }

  private static boolean atLeast(@Nullable String least, Money total, long pieces) {
    return least == null || !Money.yuan(least).times(pieces).moreThan(total);
  }

  private static boolean isRoom(String type, String room) {
    return switch (type) {
      case "double" -> room.matches("(?i).*\\b(?:queen|king|double)\\b.*");
      default -> room.toLowerCase(Locale.ROOT).contains(type);
    };
  }

  /**
   * A merchant may match single words by chance: the offer must be of the category, or have the
   * terms in its name.
   */
  private static boolean isOfCategory(ShopWish wish, Offer offer) {
    var category = wish.category();
    var terms = wish.terms();
    if (terms == null) {
      return true;
    }
    if (category == null) {
      return mentionsSome(offer, terms);
    }
    var words = CATEGORY_WORDS.getOrDefault(category, List.of(category));
    var offered = offer.category().en().toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(offered::contains) || mentions(offer, terms);
  }

  /** For a product that no list knows, the offer must at least have one of its words. */
  private static boolean mentionsSome(Offer offer, String terms) {
    if (terms.charAt(0) > 0x2E80) {
      return terms.length() < 3
          ? mentions(offer, terms)
          : IntStream.range(0, terms.length() - 1)
              .anyMatch(i -> mentions(offer, terms.substring(i, i + 2)));
    }
    return Arrays.stream(terms.split(" ", -1))
        .anyMatch(word -> word.length() > 2 && mentions(offer, word));
  }

  /** The names that merchants give to the categories of the agent's words. */
  private static final Map<String, List<String>> CATEGORY_WORDS =
      Map.of(
          "food", List.of("food", "tea", "snack"),
          "office", List.of("office", "stationery", "electronics"),
          "electronics", List.of("electronics", "charging", "office", "audio"),
          "beauty", List.of("beauty", "care", "home"),
          "home", List.of("home", "kitchen"),
          "kitchen", List.of("kitchen", "home"),
          "sports", List.of("sport", "outdoor", "clothing", "shoes"),
          "clothing", List.of("cloth", "apparel", "sport"),
          "travel", List.of("travel", "luggage", "office"));

  /** Goods for children come last unless they are wished; then they come first. */
  private static final Pattern FOR_CHILDREN =
      Pattern.compile(
          "儿童|小学生|宝宝|婴儿|小孩|孩子|书包|绘本|童书|\\b(?:child|kid|toddler|baby|school)",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern UNIT_AFTER_BLANK =
      Pattern.compile("(?<=\\d) +(?=(?:mah|gb|tb|ml|l|cm|mm|m|w|kg|g|oz)\\b)");

  private static boolean isForChildren(ShopWish wish) {
    return FOR_CHILDREN.matcher(wish.terms() + " " + wish.features()).find();
  }

  private static boolean isForChildren(Offer offer) {
    return FOR_CHILDREN.matcher(description(offer)).find();
  }

  /** Returns whether the offer mentions the feature of a wish, or one of those it leaves open. */
  static boolean hasFeature(Offer offer, String feature) {
    return feature.equals("kids")
        ? isForChildren(offer)
        : MeasureLimit.of(feature)
            .map(limit -> limit.isKeptBy(description(offer)).orElse(false))
            .orElseGet(
                () ->
                    ShopWish.alternatives(feature).stream()
                        .anyMatch(each -> mentions(offer, each)));
  }

  /**
   * Returns whether the feature is a colour and the variant has only others; a brand called Blue
   * does not make a white shirt blue.
   */
  private static boolean hasOtherColour(Offer offer, String feature) {
    if (!ShopWish.isColour(feature)) {
      return false;
    }
    var variant = ((OfferDetails.Shop) offer.details()).variant().en().toLowerCase(Locale.ROOT);
    var words = Arrays.asList(variant.split("[^a-z]+", -1));
    return words.stream().anyMatch(ShopWish::isColour)
        && ShopWish.alternatives(feature).stream().noneMatch(words::contains);
  }

  /** Returns whether title, variant or attributes have the words, in either language. */
  static boolean mentions(Offer offer, String words) {
    return mentions(description(offer), words);
  }

  private static String description(Offer offer) {
    var text = offer.title().en() + " " + offer.title().zh();
    return offer.details() instanceof OfferDetails.Shop shop
        ? text + " " + shop.variant().en() + " " + shop.variant().zh() + " " + shop.attributes()
        : text;
  }

  /** Returns whether a text in either language, or in both, has all of the words. */
  public static boolean mentions(String description, String words) {
    var text = withJoinedUnits(description.toLowerCase(Locale.ROOT));
    var wanted = withJoinedUnits(words.toLowerCase(Locale.ROOT).replaceFirst("^size ", ""));
    return wanted.charAt(0) > 0x2E80
        ? text.contains(wanted)
        : Arrays.stream(wanted.split("[ -]+", -1))
            .allMatch(
                word ->
                    Pattern.compile("(?<![a-z0-9])" + Pattern.quote(singular(word)))
                        .matcher(text)
                        .find());
  }

  /** Writes "3 l" and "3l" alike. */
  private static String withJoinedUnits(String text) {
    return UNIT_AFTER_BLANK.matcher(text).replaceAll("");
  }

  private static String singular(String word) {
    return word.length() > 4 ? word.replaceFirst("e?s$", "") : word;
  }

  private static boolean inTime(TrainWish wish, OfferDetails.Train train) {
    var departs = train.departs().toLocalTime();
    var arrives = train.arrives().toLocalTime();
    return (wish.departAfter() == null || !departs.isBefore(wish.departAfter()))
        && (wish.departBefore() == null || !departs.isAfter(wish.departBefore()))
        && (wish.arriveAfter() == null || !arrives.isBefore(wish.arriveAfter()))
        && (wish.arriveBefore() == null
            || (!arrives.isAfter(wish.arriveBefore())
                && train.arrives().toLocalDate().equals(train.departs().toLocalDate())));
  }

  /** A wished position is required: the principal asked for a window seat, not for any seat. */
  private static boolean hasPosition(
      TrainWish wish, Candidate candidate, OfferDetails.Train train) {
    if (wish.position() != null) {
      return train.seatsLeft().getOrDefault(wish.position(), 0) > 0;
    }
    // The position was asked for in place of the unwanted ones: a merchant keeps it for all
    // passengers, or not at all.
    var promised = ((Need.Train) candidate.need()).position();
    return promised == null || train.seatsLeft().getOrDefault(promised, 0) >= wish.passengers();
  }

  /**
   * Keeps the first of several offers for the same seats of a train, because several needs may have
   * asked for them.
   */
  private static final class FirstOfSameSeats implements Predicate<Candidate> {

    private final Set<List<?>> seen = new HashSet<>();

    @Override
    public boolean test(Candidate candidate) {
      var offer = candidate.offer();
      return !(offer.details() instanceof OfferDetails.Train train)
          || seen.add(
              List.of(offer.merchantId(), train.trainNo(), train.departs(), train.seatClass()));
    }
  }

  private static Comparator<Candidate> order(Wish wish, List<Candidate> candidates) {
    return switch (wish) {
      case TrainWish train when train.byDay() ->
          comparing(OfferRanking::departsAtNight)
              .thenComparing(OfferRanking::ridesThroughNight)
              .thenComparing(trains(train));
      case TrainWish train when train.meansDaytime() ->
          comparing(OfferRanking::ridesThroughNight).thenComparing(trains(train));
      case TrainWish train -> trains(train);
      case HotelWish hotel -> hotels(hotel, candidates);
      case ShopWish shop ->
          comparing((Candidate c) -> isForChildren(c.offer()) != isForChildren(shop))
              .thenComparing(
                  goods(Objects.requireNonNullElse(shop.sort(), "relevant"), candidates));
    };
  }

  /** Ours: a principal who does not name an hour does not mean to leave at night. */
  static boolean departsAtNight(Candidate candidate) {
    return isNight(departs(candidate).toLocalTime());
  }

  static boolean isNight(LocalTime departs) {
    return departs.isBefore(DAY_BEGINS) || !departs.isBefore(DAY_ENDS);
  }

  /** Returns whether the train arrives on a later day, and not just after midnight. */
  static boolean ridesThroughNight(Candidate candidate) {
    var train = train(candidate);
    return train.arrives().toLocalDate().isAfter(train.departs().toLocalDate())
        && !train.arrives().toLocalTime().isBefore(NIGHT_ENDS);
  }

  private static Comparator<Candidate> trains(TrainWish wish) {
    if ("closest".equals(wish.sort())
        && wish.departAfter() != null
        && wish.departBefore() != null) {
      int middle = (wish.departAfter().toSecondOfDay() + wish.departBefore().toSecondOfDay()) / 2;
      return comparingInt(
              (Candidate c) -> Math.abs(departs(c).toLocalTime().toSecondOfDay() - middle))
          .thenComparing(trains("earliest"));
    }
    var by = wish.arriveBefore();
    if (wish.sort() == null && by != null) {
      return comparing((Candidate c) -> isTight(c, by)).thenComparing(trains("latest"));
    }
    return trains(Objects.requireNonNullElse(wish.sort(), "earliest"));
  }

  private static boolean isTight(Candidate candidate, LocalTime by) {
    return train(candidate).arrives().toLocalTime().plusMinutes(ARRIVAL_MARGIN_MINUTES).isAfter(by);
  }

  private static Comparator<Candidate> trains(String sort) {
    Comparator<Candidate> price = comparing(Candidate::total);
    Comparator<Candidate> departs = comparing(candidate -> train(candidate).departs());
    Comparator<Candidate> minutes = comparingInt(candidate -> train(candidate).minutes());
    return switch (sort) {
      case "cheapest" -> price.thenComparing(OfferRanking::departsAtNight).thenComparing(departs);
      case "fastest" -> minutes.thenComparing(price).thenComparing(departs);
      case "latest" -> departs.reversed().thenComparing(price);
      case "quietest" ->
          comparingInt((Candidate candidate) -> -free(candidate))
              .thenComparing(departs)
              .thenComparing(price);
      default -> departs.thenComparing(price).thenComparing(minutes);
    };
  }

  private static Comparator<Candidate> hotels(HotelWish wish, List<Candidate> candidates) {
    Comparator<Candidate> price = comparing(Candidate::total);
    Comparator<Candidate> score = comparing(candidate -> score(hotel(candidate).score()).negate());
    Comparator<Candidate> distance = comparingInt(candidate -> hotel(candidate).metresToNear());
    return switch (wish.sort()) {
      case "cheapest" ->
          comparing((Candidate c) -> wish.near() != null && hotel(c).metresToNear() > NEAR_METRES)
              .thenComparing(price)
              .thenComparing(score);
      case "quietest" ->
          comparing((Candidate c) -> wish.near() != null && hotel(c).metresToNear() > NEAR_METRES)
              .thenComparingInt(candidate -> -hotel(candidate).quietness())
              .thenComparing(price);
      case "nearest" -> distance.thenComparing(price);
      case "best" ->
          comparing((Candidate c) -> wish.near() != null && hotel(c).metresToNear() > NEAR_METRES)
              .thenComparing(score)
              .thenComparing(price);
      case null, default ->
          wish.near() == null
              ? comparing((Candidate c) -> -scoreAndPrice(c, candidates)).thenComparing(price)
              : comparingLong((Candidate c) -> distanceAndPrice(c, wish)).thenComparing(price);
    };
  }

  /**
   * Ours: one kilometre less to walk is worth 100 yuan a night, so that both distance and price
   * count.
   */
  private static long distanceAndPrice(Candidate candidate, HotelWish wish) {
    long fenPerNight = candidate.total().minorUnits() / wish.nights() / wish.rooms();
    return fenPerNight + hotel(candidate).metresToNear() * 10L;
  }

  /** Ours: one point of the score is worth a price that is lower by a fifth of the average. */
  private static double scoreAndPrice(Candidate candidate, List<Candidate> candidates) {
    double average = candidates.stream().mapToLong(c -> c.total().minorUnits()).average().orElse(1);
    return score(hotel(candidate).score()).doubleValue()
        - 5 * candidate.total().minorUnits() / Math.max(1, average);
  }

  private static Comparator<Candidate> goods(String sort, List<Candidate> candidates) {
    Comparator<Candidate> price = comparing(Candidate::total);
    Comparator<Candidate> rating = comparing(candidate -> score(shop(candidate).rating()).negate());
    Comparator<Candidate> promised =
        comparing(
            candidate -> shop(candidate).promisedBy(),
            Comparator.nullsLast(comparing(OffsetDateTime::toInstant)));
    return switch (sort) {
      case "cheapest" -> price.thenComparing(rating);
      case "fastest" -> promised.thenComparing(price);
      case "best" -> rating.thenComparing(price);
      default -> comparingInt((Candidate c) -> rankAtMerchant(c, candidates)).thenComparing(price);
    };
  }

  /**
   * A merchant's own order says how well an offer matches; the lists of the platforms are
   * interleaved.
   */
  private static int rankAtMerchant(Candidate candidate, List<Candidate> candidates) {
    var own =
        candidates.stream()
            .filter(other -> other.offer().merchantId().equals(candidate.offer().merchantId()))
            .toList();
    return IntStream.range(0, own.size())
        .filter(i -> own.get(i).equals(candidate))
        .findFirst()
        .orElse(own.size());
  }

  static OfferDetails.Train train(Candidate candidate) {
    return (OfferDetails.Train) candidate.offer().details();
  }

  static OfferDetails.Hotel hotel(Candidate candidate) {
    return (OfferDetails.Hotel) candidate.offer().details();
  }

  static OfferDetails.Shop shop(Candidate candidate) {
    return (OfferDetails.Shop) candidate.offer().details();
  }

  static OffsetDateTime departs(Candidate candidate) {
    return train(candidate).departs();
  }

  private static int free(Candidate candidate) {
    return train(candidate).seatsLeft().values().stream().mapToInt(Integer::intValue).sum();
  }

  /** Reads a score. Scores are merchants' text; a text that is not a number counts as 0. */
  static BigDecimal score(String score) {
    return score.matches("[0-9]{1,3}(\\.[0-9]{1,3})?") ? new BigDecimal(score) : BigDecimal.ZERO;
  }
}
