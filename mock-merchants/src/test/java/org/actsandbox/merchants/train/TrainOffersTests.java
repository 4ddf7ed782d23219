package org.actsandbox.merchants.train;

import static org.actsandbox.merchants.train.TestRailMerchant.TODAY;
import static org.actsandbox.merchants.train.TestRailMerchant.TOMORROW;
import static org.actsandbox.merchants.train.TestRailMerchant.early;
import static org.actsandbox.merchants.train.TestRailMerchant.need;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Comparator;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.merchants.train.timetable.SeatClass;
import org.actsandbox.merchants.train.timetable.Station;
import org.actsandbox.merchants.train.timetable.Timetable;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which offers a need finds, and what the refusal says if it finds none. */
class TrainOffersTests {

  @TempDir static Path folder;
  private static TestRailMerchant testMerchant;
  private static Vertical rail;

  @BeforeAll
  static void open() {
    testMerchant = new TestRailMerchant(folder);
    rail = testMerchant.open("raileast");
  }

  @AfterAll
  static void close() {
    testMerchant.close();
  }

  @ParameterizedTest
  @CsvSource({
    "Hangzhou, Shanghai",
    "杭州, 上海",
    "杭州东, 上海虹桥",
    "hangzhoudong, hongqiao",
    "Hangzhou East Railway Station, 上海站",
    "Beijing, 广州",
    "西安, Chengdu",
    "Harbin, Dalian",
    "Chengdu, Chongqing",
    "Hangzhou, Xiamen",
    "Qingdao, Beijing",
    "Hefei, 武汉",
    "Shanghai, Kunming"
  })
  void findsTrainsByCityOrStationInEitherLanguage(String from, String to) {
    var stationDirectory = Timetable.shared().stationDirectory();
    var starts = stationDirectory.find(from).orElseThrow().stations();
    var ends = stationDirectory.find(to).orElseThrow().stations();
    var offers = rail.match(need(from, to, TOMORROW), 50);
    assertThat(offers)
        .isNotEmpty()
        .allSatisfy(
            offer -> {
              var details = details(offer);
              assertThat(starts).extracting(Station::name).contains(details.from());
              assertThat(ends).extracting(Station::name).contains(details.to());
              assertThat(details.departs().toLocalDate()).isEqualTo(TOMORROW);
              assertThat(Duration.between(details.departs(), details.arrives()).toMinutes())
                  .isEqualTo(details.minutes());
              assertThat(offer.available()).isPositive();
              assertThat(offer.offerId()).matches("[A-Za-z0-9._-]+");
              assertThat(rail.offer(offer.offerId())).isEqualTo(offer);
              assertThat(rail.item(offer.itemId())).isPresent();
            });
    assertThat(offers).extracting(Offer::itemId).doesNotHaveDuplicates();
  }

  @Test
  void theSeedSentenceFindsEarlyWindowSeats() {
    var offers = rail.match(early(LocalTime.of(5, 0), LocalTime.of(9, 0)), 20);
    assertThat(offers).hasSizeGreaterThanOrEqualTo(8);
    assertThat(offers.getFirst().details())
        .isInstanceOfSatisfying(
            OfferDetails.Train.class,
            d -> {
              assertThat(d.position()).isEqualTo("window");
              assertThat(d.seatsLeft().get("window")).isPositive();
              assertThat(d.departs().toLocalTime())
                  .isBetween(LocalTime.of(6, 0), LocalTime.of(7, 0));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "08:00, 10:00,      ,      ",
    "08:00,      ,      , 10:00",
    "     , 07:00,      ,      ",
    "     ,      , 20:00, 22:00"
  })
  void timeBoundsAreInclusiveAndKept(
      @Nullable LocalTime departAfter,
      @Nullable LocalTime departBefore,
      @Nullable LocalTime arriveAfter,
      @Nullable LocalTime arriveBefore) {
    var wish =
        new Need.Train(
            "Hangzhou",
            "Shanghai",
            TOMORROW,
            departAfter,
            departBefore,
            arriveAfter,
            arriveBefore,
            null,
            null,
            null,
            1,
            null);
    assertThat(rail.match(wish, 50))
        .isNotEmpty()
        .allSatisfy(
            offer -> {
              var departs = details(offer).departs().toLocalTime();
              var arrives = details(offer).arrives().toLocalTime();
              assertThat(departAfter == null || !departs.isBefore(departAfter)).isTrue();
              assertThat(departBefore == null || !departs.isAfter(departBefore)).isTrue();
              assertThat(arriveAfter == null || !arrives.isBefore(arriveAfter)).isTrue();
              assertThat(arriveBefore == null || !arrives.isAfter(arriveBefore)).isTrue();
            });
  }

  @ParameterizedTest
  @CsvSource({"G", "D", "K"})
  void trainTypeIsKept(String type) {
    var wish =
        new Need.Train(
            "Beijing",
            type.equals("D") ? "Shanghai" : "Guangzhou",
            TOMORROW,
            null,
            null,
            null,
            null,
            null,
            null,
            type,
            1,
            null);
    if (type.equals("D")) {
      var refusal = catchThrowableOfType(Refusal.class, () -> rail.match(wish, 5));
      assertThat(refusal.problem()).isEqualTo(Problem.NO_MATCH);
    } else {
      assertThat(rail.match(wish, 5))
          .isNotEmpty()
          .allSatisfy(offer -> assertThat(details(offer).trainNo()).startsWith(type));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"earliest", "latest", "fastest", "cheapest", "quietest"})
  void sortsAsAsked(String sort) {
    var offers = rail.match(need("Hangzhou", "Shanghai", "second", null, 1, sort), 50);
    Comparator<Offer> order =
        switch (sort) {
          case "earliest" -> Comparator.comparing(o -> details(o).departs());
          case "latest" -> Comparator.comparing((Offer o) -> details(o).departs()).reversed();
          case "fastest" -> Comparator.comparing(o -> details(o).minutes());
          case "cheapest" -> Comparator.comparing(o -> new BigDecimal(o.total()));
          default -> Comparator.comparing(TrainOffersTests::fullness);
        };
    assertThat(offers).hasSize(50).isSortedAccordingTo(order);
  }

  @ParameterizedTest
  @CsvSource({
    "second, window, 1",
    "second, middle, 2",
    "second, aisle, 3",
    "first, window, 2",
    "first, aisle, 1",
    "business, window, 1",
    "business, , 2",
    ", window, 9",
    ", , 5"
  })
  void classPositionAndPartyAreKept(
      @Nullable String seatClass, @Nullable String position, int passengers) {
    var offers = rail.match(need("Hangzhou", "Shanghai", seatClass, position, passengers, null), 5);
    assertThat(offers)
        .isNotEmpty()
        .allSatisfy(
            offer -> {
              assertThat(offer.quantity()).isEqualTo(passengers);
              assertThat(offer.available()).isGreaterThanOrEqualTo(passengers);
              assertThat(details(offer).position()).isEqualTo(position);
              if (seatClass != null) {
                assertThat(details(offer).seatClass()).isEqualTo(seatClass);
              }
            });
  }

  @Test
  void trainsThatHaveLeftAreNotOfferedAndTheirOffersExpire() {
    var here = new TestRailMerchant(folder.resolve("moving"));
    var moving = here.open("raileast");
    var now = Instant.parse("2026-11-25T03:00:00Z");
    here.at(now);
    var offers = moving.match(need("Hangzhou", "Shanghai", TODAY), 5);
    assertThat(details(offers.getFirst()).departs().toInstant()).isAfter(now);
    here.at(details(offers.getFirst()).departs().toInstant());
    var refusal =
        catchThrowableOfType(Refusal.class, () -> moving.offer(offers.getFirst().offerId()));
    assertThat(refusal.problem()).isEqualTo(Problem.OFFER_EXPIRED);
    assertThat(offers.getFirst().validUntil())
        .isBeforeOrEqualTo(details(offers.getFirst()).departs().toInstant());
    here.close();
  }

  @Test
  void overnightTrainsAreFoundByTheDayOfBoarding() {
    var wish =
        new Need.Train(
            "Jinan",
            "Shanghai",
            TOMORROW,
            null,
            LocalTime.of(5, 0),
            null,
            null,
            null,
            null,
            "K",
            1,
            null);
    var offer = rail.match(wish, 1).getFirst();
    assertThat(details(offer).departs().toLocalDate()).isEqualTo(TOMORROW);
    var id = TrainOfferId.parse(offer.offerId(), "raileast", Timetable.shared()).orElseThrow();
    assertThat(id.run().serviceDate()).isEqualTo(TODAY);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "Atlantis, Shanghai, 2026-11-26, -, -, 1, -, NO_MATCH, need.from",
        "Hangzhou, 亚特兰蒂斯, 2026-11-26, -, -, 1, -, NO_MATCH, need.to",
        "Hangzhou, Hangzhou East, 2026-11-26, -, -, 1, -, CONSTRAINT_CONFLICT, need.to",
        "Hangzhou, Shanghai, 2026-11-24, -, -, 1, -, CONSTRAINT_CONFLICT, need.date",
        "Hangzhou, Shanghai, 2026-12-26, -, -, 1, -, CONSTRAINT_CONFLICT, need.date",
        "Hangzhou, Shanghai, 2026-11-26, third, -, 1, -, INTENT_MALFORMED, need.seat_class",
        "Hangzhou, Shanghai, 2026-11-26, -, roof, 1, -, INTENT_MALFORMED, need.position",
        "Hangzhou, Shanghai, 2026-11-26, first, middle, 1, -, CONSTRAINT_CONFLICT, need.position",
        "Hangzhou, Shanghai, 2026-11-26, -, -, 0, -, INTENT_MALFORMED, need.passengers",
        "Hangzhou, Shanghai, 2026-11-26, -, -, 10, -, INTENT_MALFORMED, need.passengers",
        "Hangzhou, Shanghai, 2026-11-26, -, -, 1, nicest, INTENT_MALFORMED, need.sort",
        "Harbin, Xiamen, 2026-11-26, -, -, 1, -, NO_MATCH, need"
      })
  void refusalsSayWhereAndWhatToDo(
      String from,
      String to,
      LocalDate date,
      @Nullable String seatClass,
      @Nullable String position,
      int passengers,
      @Nullable String sort,
      Problem problem,
      String field) {
    var wish =
        new Need.Train(
            from, to, date, null, null, null, null, seatClass, position, null, passengers, sort);
    var refusal = catchThrowableOfType(Refusal.class, () -> rail.match(wish, 5));
    assertThat(refusal.problem()).isEqualTo(problem);
    assertThat(refusal.field()).isEqualTo(field.replace("need", "context.explicit_needs[0]"));
    assertThat(refusal.remedy() != null || refusal.expected() != null).isTrue();
  }

  @Test
  void aLastDayOnSaleIsThirtyDaysAhead() {
    assertThat(rail.match(need("Hangzhou", "Shanghai", TODAY.plusDays(30)), 1)).hasSize(1);
  }

  @Test
  void someTrainsAreFullSomeNearlyAndWeekendsAreBusier() {
    var agencys = testMerchant.open("gotrip-rail", "w9", 99);
    assertThat(fullness(rail, LocalDate.parse("2026-11-27")))
        .isGreaterThan(fullness(rail, LocalDate.parse("2026-11-26")) + 60);
    assertThat(fullness(agencys, LocalDate.parse("2026-11-26"))).isBetween(200.0, 700.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"earliest", "cheapest", "quietest"})
  void aMatchOverAllDataEndsWithItsLimit(String sort) {
    assertThat(rail.match(need("杭州", "Shanghai", null, "window", 1, sort), 20)).hasSize(20);
  }

  private static double fullness(Vertical shop, LocalDate date) {
    return shop.match(need("Hangzhou", "Shanghai", date), 50).stream()
        .mapToInt(TrainOffersTests::fullness)
        .average()
        .orElseThrow();
  }

  private static int fullness(Offer offer) {
    var trainComposition =
        Timetable.shared().train(details(offer).trainNo()).orElseThrow().composition();
    var seatClass = SeatClass.of(details(offer).seatClass()).orElseThrow();
    int capacity = trainComposition.end(seatClass) - trainComposition.first(seatClass);
    int left = details(offer).seatsLeft().values().stream().mapToInt(n -> n).sum();
    return (capacity - left) * 1000 / capacity;
  }

  private static OfferDetails.Train details(Offer offer) {
    return (OfferDetails.Train) offer.details();
  }
}
