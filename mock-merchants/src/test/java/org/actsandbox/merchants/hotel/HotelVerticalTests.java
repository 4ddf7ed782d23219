package org.actsandbox.merchants.hotel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.merchants.Disturbance;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.merchants.PriceChange;
import org.actsandbox.merchants.StockedVerticalContract;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.merchants.VerticalFactory;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.merchants.shelf.TestVerticalStore;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the hotel platforms: search, prices, free rooms, refunds and the catalog. */
class HotelVerticalTests extends StockedVerticalContract {

  private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 27);

  private Vertical stayhub;
  private Vertical gotrip;

  @Override
  protected VerticalFactory factory() {
    return HotelVertical::open;
  }

  @Override
  protected MerchantProfile merchant() {
    return MerchantRoster.STAYHUB;
  }

  @Override
  protected Offer offer(Vertical platform) {
    return platform.match(need(), 1).getFirst();
  }

  @Override
  protected Need need() {
    return need("Hangzhou", "", 2, 1, "best");
  }

  @Override
  protected Need foreignNeed() {
    return new Need.Shop("umbrella", null, null, List.of(), 1, null, null);
  }

  /** A stay can be booked until the end of the day of its check-in. */
  @Override
  protected Optional<Instant> lapsesAt(Offer offer) {
    return Optional.of(FRIDAY.plusDays(1).atStartOfDay(TestVerticalStore.ZONE).toInstant());
  }

  @Override
  protected List<String> strangeOfferIds() {
    return List.of(
        "stayhub.HGH01.2.bf.2026-11-27.1.1",
        "gotrip-hotels.HGH01.2.bf.2026-11-27.1.1.1",
        "stayhub.XXX01.2.bf.2026-11-27.1.1.1",
        "stayhub.HGH01.9.bf.2026-11-27.1.1.1",
        "stayhub.HGH01.2.bf.2026-02-30.1.1.1",
        "stayhub.HGH01.2.bf.2026-11-27.0.1.1",
        "stayhub.HGH01.2.bf.2026-11-27.1.9.1",
        "x or 1=1 --");
  }

  @Override
  protected int catalogSize() {
    return Hotels.ALL.all().size();
  }

  @BeforeEach
  void openPlatforms() {
    stayhub = vertical;
    gotrip = store.open(MerchantRoster.GOTRIP_HOTELS, world, 42);
  }

  private static Need.Hotel need(String city, String near, int nights, int guests, String sort) {
    return new Need.Hotel(
        city, near.isEmpty() ? null : near, FRIDAY, nights, guests, 1, null, null, null, sort);
  }

  private static OfferDetails.Hotel details(Offer offer) {
    return (OfferDetails.Hotel) offer.details();
  }

  private static long fen(Offer offer) {
    return Money.yuan(offer.total()).minorUnits();
  }

  @ParameterizedTest
  @CsvSource({
    "Hangzhou, '', best", "杭州, 西湖, nearest", "Hangzhou, the station, cheapest",
    "上海, 虹桥站, quietest", "Xi'an, Bell Tower, best", "哈尔滨, 中央大街, nearest",
    "Shenzhen, 福田, cheapest", "杭州东站, '', nearest"
  })
  void offersFreeRoomsInTheOrderAskedFor(String city, String near, String sort) {
    for (Vertical platform : List.of(stayhub, gotrip)) {
      var offers = platform.match(need(city, near, 2, 2, sort), 50);
      assertThat(offers).hasSizeGreaterThan(1).extracting(Offer::itemId).doesNotHaveDuplicates();
      Comparator<Offer> order =
          switch (sort) {
            case "cheapest" -> Comparator.comparingLong(HotelVerticalTests::fen);
            case "nearest" -> Comparator.comparingInt(offer -> details(offer).metresToNear());
            case "quietest" -> Comparator.comparingInt(offer -> -details(offer).quietness());
            default -> (_, _) -> 0;
          };
      assertThat(offers).isSortedAccordingTo(order);
      assertThat(offers)
          .allSatisfy(
              offer -> {
                assertThat(offer.available()).isPositive();
                assertThat(offer.offerId()).matches("[A-Za-z0-9.-]{1,80}");
                assertThat(details(offer).nights()).isEqualTo(2);
                assertThat(platform.offer(offer.offerId()).total()).isEqualTo(offer.total());
              });
      if (!near.isEmpty()) {
        assertThat(offers)
            .allSatisfy(
                offer ->
                    assertThat(details(offer).metresToNear())
                        .isLessThanOrEqualTo(StaySearch.NEAR_METRES));
      }
    }
  }

  @Test
  void keepsToStarsBreakfastAndFreeCancellation() {
    var need = new Need.Hotel("Shanghai", null, FRIDAY, 1, 4, 2, 4, true, true, null);
    assertThat(stayhub.match(need, 50))
        .isNotEmpty()
        .allSatisfy(
            offer -> {
              assertThat(details(offer).stars()).isGreaterThanOrEqualTo(4);
              assertThat(details(offer).breakfast()).isTrue();
              assertThat(details(offer).cancellableUntil())
                  .isBefore(FRIDAY.plusDays(1).atStartOfDay().atOffset(ZoneOffset.ofHours(8)));
              assertThat(offer.quantity()).isEqualTo(2);
              assertThat(offer.available()).isGreaterThanOrEqualTo(2);
            });
  }

  @Test
  void aFamilyOfFourInOneRoomGetsAFamilyRoom() {
    assertThat(stayhub.match(need("Hangzhou", "", 1, 4, "best"), 10))
        .isNotEmpty()
        .allSatisfy(offer -> assertThat(details(offer).room().en()).isEqualTo("Family Room"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Atlantis | ''           | 2026-11-27 | 1  | 1  | 1 | best     | NO_MATCH            | Hangzhou
          Hangzhou | Eiffel Tower | 2026-11-27 | 1  | 1  | 1 | best     | NO_MATCH            | West Lake
          Hangzhou | ''           | 2026-11-24 | 1  | 1  | 1 | best     | CONSTRAINT_CONFLICT | today
          Hangzhou | ''           | 2027-11-24 | 1  | 1  | 1 | best     | CONSTRAINT_CONFLICT | today
          Hangzhou | ''           | 2026-11-27 | 0  | 1  | 1 | best     | INTENT_MALFORMED    | ''
          Hangzhou | ''           | 2026-11-27 | 31 | 1  | 1 | best     | INTENT_MALFORMED    | ''
          Hangzhou | ''           | 2026-11-27 | 1  | 0  | 1 | best     | INTENT_MALFORMED    | ''
          Hangzhou | ''           | 2026-11-27 | 1  | 1  | 2 | best     | CONSTRAINT_CONFLICT | room
          Hangzhou | ''           | 2026-11-27 | 1  | 9  | 1 | best     | NO_MATCH            | ''
          Hangzhou | ''           | 2026-11-27 | 1  | 1  | 1 | tallest  | INTENT_MALFORMED    | ''
          ''       | ''           | 2026-11-27 | 1  | 1  | 1 | best     | INTENT_MALFORMED    | ''
          """)
  void refusesImpossibleNeeds(
      String city,
      String near,
      LocalDate checkIn,
      int nights,
      int guests,
      int rooms,
      String sort,
      Problem problem,
      String remedy) {
    var need = new Need.Hotel(city, near, checkIn, nights, guests, rooms, null, null, null, sort);
    var refusal = catchThrowableOfType(Refusal.class, () -> stayhub.match(need, 10));
    assertThat(refusal.problem()).isEqualTo(problem);
    assertThat(String.valueOf(refusal.remedy())).contains(remedy);
  }

  @Test
  void namesNearMatchesWhenNothingFits() {
    var place = withoutFiveStars();
    var need =
        new Need.Hotel(place.getKey(), place.getValue(), FRIDAY, 1, 1, 1, 5, null, null, null);
    var refusal = catchThrowableOfType(Refusal.class, () -> stayhub.match(need, 10));
    assertThat(refusal.problem()).isEqualTo(Problem.NO_MATCH);
    assertThat(refusal.remedy()).startsWith("There is something");
  }

  private static Map.Entry<String, String> withoutFiveStars() {
    for (City city : Hotels.ALL.cities().all()) {
      for (CityPlace cityPlace : city.places()) {
        if (Hotels.ALL.in(city).stream()
            .noneMatch(h -> h.stars() == 5 && h.metresTo(cityPlace) <= StaySearch.NEAR_METRES)) {
          return Map.entry(city.name().en(), cityPlace.name().en());
        }
      }
    }
    throw new AssertionError("five stars everywhere");
  }

  @Test
  void linesAddUpToTheTotalOnBothPlatforms() {
    for (Vertical platform : List.of(stayhub, gotrip)) {
      for (String city : List.of("Hangzhou", "北京", "青岛")) {
        var need = new Need.Hotel(city, null, FRIDAY, 3, 3, 2, null, true, null, null);
        for (Offer offer : platform.match(need, 50)) {
          var sum =
              offer.lines().stream()
                  .map(line -> new BigDecimal(line.amount()))
                  .reduce(BigDecimal.ZERO, BigDecimal::add);
          assertThat(sum).isEqualByComparingTo(offer.total());
          assertThat(offer.lines()).filteredOn(line -> line.type().equals("base")).hasSize(3);
          assertThat(offer.lines().stream().anyMatch(line -> line.type().equals("fee")))
              .isEqualTo(platform == gotrip);
        }
      }
    }
  }

  @Test
  void neitherPlatformIsAlwaysTheCheaper() {
    int cheaperAtGotrip = 0;
    int compared = 0;
    for (City city : Hotels.ALL.cities().all()) {
      for (Hotel hotel : Hotels.ALL.in(city)) {
        var stay =
            new Stay(hotel, hotel.rooms().getFirst(), RatePlan.ROOM_FLEXIBLE, FRIDAY, 1, 1, 1);
        var a = new HotelBusiness(MerchantRoster.STAYHUB, world()).price(stay).fen();
        var b = new HotelBusiness(MerchantRoster.GOTRIP_HOTELS, world()).price(stay).fen();
        compared++;
        cheaperAtGotrip += b < a ? 1 : 0;
      }
    }
    assertThat(cheaperAtGotrip).isBetween(compared / 5, compared * 4 / 5);
  }

  private VerticalWorld world() {
    return store.world(world, 42);
  }

  @Test
  void neverSellsMoreThanTheSeededStock() throws Exception {
    var offer = stayhub.match(need("Hangzhou", "", 1, 1, "best"), 1).getFirst();
    assertThat(store.race(stayhub, offer, 50)).isEqualTo(offer.available());
  }

  @Test
  void anOrderBesideTheFirstOfANightIsNotRefused() throws Exception {
    var offer = stayhub.match(need("Hangzhou", "", 1, 1, "best"), 1).getFirst();
    assertThat(offer.available()).isGreaterThan(2);
    assertThat(store.secondHoldsBesideFirst(stayhub, offer)).isTrue();
    assertThat(stayhub.offer(offer.offerId()).available()).isEqualTo(offer.available() - 2);
  }

  @Test
  void overlappingStaysCompeteForTheirCommonNightsOnly() {
    var three = stayhub.match(need("Suzhou", "", 3, 1, "best"), 1).getFirst();
    stayhub.disturb(new Disturbance.StockSet(three.offerId(), 1));
    var middle = shifted(three, FRIDAY.plusDays(1), 1);
    store.hold(stayhub, "O1", stayhub.offer(middle));
    assertThat(refused(() -> stayhub.offer(three.offerId()))).isEqualTo(Problem.SOLD_OUT);
    assertThat(refused(() -> store.hold(stayhub, "O2", three))).isEqualTo(Problem.SOLD_OUT);
    // The refused stay left its first night alone.
    store.hold(stayhub, "O3", stayhub.offer(shifted(three, FRIDAY, 1)));
    store.hold(stayhub, "O4", stayhub.offer(shifted(three, FRIDAY.plusDays(2), 1)));
    assertThat(refused(() -> stayhub.offer(shifted(three, FRIDAY, 1)))).isEqualTo(Problem.SOLD_OUT);
  }

  private static String shifted(Offer offer, LocalDate checkIn, int nights) {
    var stay = Stay.of(offer.offerId(), "stayhub").orElseThrow();
    return new Stay(stay.hotel(), stay.room(), stay.plan(), checkIn, nights, 1, 1)
        .offerId("stayhub");
  }

  @Test
  void aChangedPriceLastsAndThatOfARoomBeatsThatOfTheHotel() {
    var offer = stayhub.match(need("Wuhan", "", 1, 1, "best"), 1).getFirst();
    long before = fen(offer);
    stayhub.disturb(
        new Disturbance.PriceMoved(offer.itemId(), PriceChange.of(BigDecimal.valueOf(50))));
    assertThat(fen(stayhub.offer(offer.offerId()))).isEqualTo(before * 3 / 2);
    stayhub.disturb(new Disturbance.PriceMoved(offer.offerId(), PriceChange.of(BigDecimal.TEN)));
    assertThat(fen(store.open(MerchantRoster.STAYHUB, world, 42).offer(offer.offerId())))
        .isEqualTo(before * 11 / 10);
    stayhub.disturb(new Disturbance.PriceMoved(offer.offerId(), PriceChange.of(BigDecimal.ZERO)));
    assertThat(fen(stayhub.offer(offer.offerId()))).isEqualTo(before);
    assertThat(
            refused(
                () ->
                    stayhub.disturb(
                        new Disturbance.PriceMoved(
                            offer.itemId(), PriceChange.of(BigDecimal.valueOf(-99))))))
        .isEqualTo(Problem.INVALID_FIELD);
  }

  @Test
  void aHotelThatIsSoldOutOffersNothingUntilRestocked() {
    var offer = stayhub.match(need("Wuhan", "", 1, 1, "best"), 1).getFirst();
    stayhub.disturb(new Disturbance.SoldOut(offer.itemId()));
    assertThat(stayhub.match(need("Wuhan", "", 1, 1, "best"), 50))
        .extracting(Offer::itemId)
        .doesNotContain(offer.itemId());
    assertThat(refused(() -> stayhub.offer(offer.offerId()))).isEqualTo(Problem.SOLD_OUT);
    stayhub.disturb(new Disturbance.StockSet(offer.offerId(), 2));
    assertThat(stayhub.offer(offer.offerId()).available()).isEqualTo(2);
  }

  /** The stay is booked on 25 November at 10:00 for the nights of 4, 5 and 6 December. */
  @ParameterizedTest
  @CsvSource({
    "bf, 2026-11-25T10:00, 0", "bf, 2026-12-03T18:00, 0", "bf, 2026-12-03T18:00:01, 1",
    "bf, 2026-12-04T15:00, 1", "bf, 2026-12-05T13:59, 1", "bf, 2026-12-05T14:00, 2",
    "bf, 2026-12-06T14:00, 3", "bf, 2026-12-20T00:00, 3", "bn, 2026-11-25T10:00, 3",
    "rn, 2026-12-04T12:00, 3"
  })
  void givesBackByItsSchedule(String plan, String cancelledAt, int nightsKept) {
    var offer = offerOf(plan);
    var order = store.order(offer);
    var cancelled =
        ZonedDateTime.of(LocalDateTime.parse(cancelledAt), TestVerticalStore.ZONE).toInstant();
    var bases =
        offer.lines().stream()
            .filter(line -> line.type().equals("base"))
            .map(line -> new BigDecimal(line.amount()))
            .toList();
    var all = bases.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    var kept = bases.stream().limit(nightsKept).reduce(BigDecimal.ZERO, BigDecimal::add);
    var expected =
        new BigDecimal(offer.total())
            .subtract(
                new BigDecimal(offer.total()).multiply(kept).divide(all, 2, RoundingMode.HALF_UP));
    assertThat(gotrip.refundable(order, cancelled).decimal()).isEqualTo(expected.toPlainString());
  }

  private Offer offerOf(String plan) {
    for (Hotel hotel : Hotels.ALL.all()) {
      var stay =
          new Stay(
              hotel,
              hotel.rooms().getFirst(),
              RatePlan.of(plan).orElseThrow(),
              LocalDate.of(2026, 12, 4),
              3,
              2,
              1);
      var desk = new HotelBusiness(MerchantRoster.GOTRIP_HOTELS, world());
      if (hotel.stars() == 4) {
        return desk.offer(stay, desk.price(stay), 1, null);
      }
    }
    throw new AssertionError("no four-star house");
  }

  @Test
  void deliversTheSameStayEveryTime() {
    var offer = stayhub.match(need("Hangzhou", "西湖", 2, 2, "best"), 1).getFirst();
    var order = store.order(offer);
    var delivery = (Delivery.Hotel) stayhub.delivery(order, Map.of());
    store.at(Instant.parse("2026-12-24T00:00:00Z"));
    assertThat(stayhub.delivery(order, Map.of())).isEqualTo(delivery);
    assertThat(delivery.checkIn()).isEqualTo(FRIDAY);
    assertThat(delivery.checkOut()).isEqualTo(FRIDAY.plusDays(2));
    assertThat(delivery.cancellableUntil()).isEqualTo(details(offer).cancellableUntil());
    assertThat(delivery.confirmationNo()).matches("C[0-9]{8}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"stayhub.HGH01.2.bf.2026-11-24.1.1.1", "stayhub.HGH01.2.bf.2028-11-24.1.1.1"})
  void anOfferForDaysThatAreNotOnSaleHasExpired(String offerId) {
    assertThat(refused(() -> stayhub.offer(offerId))).isEqualTo(Problem.OFFER_EXPIRED);
    var line = List.of(new CartRequest.Line(offerId, 1));
    assertThat(refused(() -> stayhub.hold("O1", line, Map.of()))).isEqualTo(Problem.OFFER_EXPIRED);
  }

  @Test
  void aCartIsOneStayInTheOffersQuantity() {
    var offers = stayhub.match(need("Hangzhou", "", 1, 1, "best"), 2);
    assertThat(refused(() -> store.hold(stayhub, "O1", offers.get(0), offers.get(1))))
        .isEqualTo(Problem.CONSTRAINT_CONFLICT);
    var twice = List.of(new CartRequest.Line(offers.getFirst().offerId(), 2));
    assertThat(refused(() -> stayhub.hold("O1", twice, Map.of())))
        .isEqualTo(Problem.CONSTRAINT_CONFLICT);
  }

  @ParameterizedTest
  @CsvSource({
    "西湖, '', West Lake",
    "West Lake, '', West Lake",
    "plum courtyard, '', Plum Courtyard",
    "Hongqiao, 4, Hongqiao",
    "哈尔滨, '', Harbin"
  })
  void findsHotelsInTheCatalog(String query, String category, String expected) {
    var page = stayhub.catalog(query, category, null, 10);
    var first = page.items().getFirst();
    assertThat(first.name().en() + first.attributes()).contains(expected);
  }

  @Test
  void matchesQuickly() {
    var need = need("Shanghai", "The Bund", 3, 2, "best");
    // Processor time: the machine may be busy with other things.
    var clock = ManagementFactory.getThreadMXBean();
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      long start = clock.getCurrentThreadCpuTime();
      assertThat(stayhub.match(need, 20)).isNotEmpty();
      times.add(clock.getCurrentThreadCpuTime() - start);
    }
    var sorted = times.stream().mapToLong(i -> i).sorted().toArray();
    assertThat(sorted[sorted.length / 2]).as("median in ns").isLessThan(6_000_000L);
  }
}
