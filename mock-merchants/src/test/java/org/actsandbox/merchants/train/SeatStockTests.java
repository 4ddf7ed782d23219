package org.actsandbox.merchants.train;

import static org.actsandbox.merchants.train.TestRailMerchant.need;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.actsandbox.merchants.Disturbance;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.merchants.train.seat.SeatCount;
import org.actsandbox.merchants.train.timetable.Ride;
import org.actsandbox.merchants.train.timetable.SeatClass;
import org.actsandbox.merchants.train.timetable.SeatPosition;
import org.actsandbox.merchants.train.timetable.Timetable;
import org.actsandbox.merchants.train.timetable.Train;
import org.actsandbox.merchants.train.timetable.TrainRun;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.SeatMap;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests the stock of seats: the choice of seats, that no seat is sold twice, and that seats come
 * back.
 */
class SeatStockTests {

  @TempDir Path folder;
  private TestRailMerchant testMerchant;
  private Vertical rail;

  @BeforeEach
  void open() {
    testMerchant = new TestRailMerchant(folder);
    rail = testMerchant.open("raileast");
  }

  @AfterEach
  void close() {
    testMerchant.close();
  }

  @Test
  void theHeldSeatIsOfThePromisedPositionAndStaysTheSame() {
    var offer = first(need("Hangzhou East", "Shanghai", "second", "window", 1, null));
    testMerchant.hold(rail, "R-1", offer);

    var seats = testMerchant.seats(rail, "R-1", offer);
    assertThat(seats).singleElement().extracting(Delivery.Seat::position).isEqualTo("window");
    assertThat(seats.getFirst().seat()).matches("[0-9]{2}[AF]");
    assertThat(testMerchant.seats(rail, "R-1", offer)).isEqualTo(seats);
    assertThat(state(offer, seats.getFirst())).isEqualTo("held");
  }

  @Test
  void aPartySitsTogether() {
    var offer = first(need("Hangzhou East", "Shanghai", "second", null, 3, null));
    testMerchant.hold(rail, "R-1", offer);

    var seats = testMerchant.seats(rail, "R-1", offer);
    assertThat(seats).hasSize(3).doesNotHaveDuplicates();
    assertThat(seats).extracting(Delivery.Seat::carriage).containsOnly(seats.getFirst().carriage());
  }

  @Test
  void aPickedSeatIsHeldAndNotHeldTwice() {
    var offer = first(need("Hangzhou East", "Shanghai", "second", null, 1, null));
    var picked = freeSeat(offer);
    testMerchant.hold(rail, "R-1", offer, Map.of("seat", picked));
    var seat = testMerchant.seats(rail, "R-1", offer).getFirst();
    assertThat(seat.carriage() + "-" + seat.seat()).isEqualTo(picked);

    var refusal =
        catchThrowableOfType(
            Refusal.class, () -> testMerchant.hold(rail, "R-2", offer, Map.of("seat", picked)));
    assertThat(refusal.problem()).isEqualTo(Problem.SOLD_OUT);
    assertThat(refusal.remedy()).startsWith("Free on this train: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"99-01A", "03-01E", "01-01A", "x", "04-01A,04-01A", "04-99F", "04-00F"})
  void aSeatThatDoesNotFitTheOfferIsAConflict(String picked) {
    var offer = first(need("Hangzhou East", "Shanghai", "second", null, 1, null));
    var refusal =
        catchThrowableOfType(
            Refusal.class, () -> testMerchant.hold(rail, "R-1", offer, Map.of("seat", picked)));
    assertThat(refusal.problem()).isEqualTo(Problem.CONSTRAINT_CONFLICT);
    assertThat(refusal.field()).isEqualTo("fulfilment.seat");
  }

  @Test
  void fiftyBuyersForTheLastSeatMakeOneHold() throws Exception {
    var offer = first(need("Hangzhou East", "Shanghai", "second", "window", 1, null));
    rail.disturb(new Disturbance.StockSet(offer.offerId(), 1));

    var outcomes = holdAtOnce(50, i -> "R-" + i, offer);

    assertThat(outcomes).filteredOn("held"::equals).hasSize(1);
    assertThat(outcomes)
        .filteredOn(o -> !o.equals("held"))
        .hasSize(49)
        .allSatisfy(
            remedy -> assertThat(remedy).startsWith("Free instead: ").contains("offer raileast."));
    assertThat(
            testMerchant
                .jdbc()
                .sql("select count(*) from train_hold where order_no like 'R-%'")
                .query(Integer.class)
                .single())
        .isEqualTo(1);
  }

  @Test
  void manyBuyersOfOneUntouchedTrainGetDifferentSeats() throws Exception {
    var offer = first(need("Hangzhou East", "Shanghai", "second", null, 2, null));

    assertThat(holdAtOnce(24, i -> "R-" + i, offer)).containsOnly("held");

    var all = new ArrayList<Delivery.Seat>();
    IntStream.range(0, 24).forEach(i -> all.addAll(testMerchant.seats(rail, "R-" + i, offer)));
    assertThat(all).hasSize(48).doesNotHaveDuplicates();
  }

  @Test
  void releaseAndHoldInOneTransactionThatRollsBackChangesNothing() {
    var offer = first(need("Hangzhou East", "Shanghai", "second", "window", 1, null));
    testMerchant.hold(rail, "R-1", offer);
    var line = new CartRequest.Line(offer.offerId(), offer.quantity());
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                testMerchant.inTransaction(
                    () -> {
                      rail.release("R-1");
                      rail.hold("R-2", List.of(line), Map.of());
                      throw new IllegalStateException("no");
                    }));
    testMerchant.hold(rail, "R-3", offer);
    assertThat(testMerchant.seats(rail, "R-3", offer))
        .doesNotContainAnyElementsOf(testMerchant.seats(rail, "R-1", offer));
  }

  @Test
  void aRestartKeepsTheHolds() {
    var offer = first(need("Hangzhou East", "Shanghai", "second", "window", 1, null));
    testMerchant.hold(rail, "R-1", offer);
    var seats = testMerchant.seats(rail, "R-1", offer);
    testMerchant.close();

    testMerchant = new TestRailMerchant(folder);
    rail = testMerchant.open("raileast");
    assertThat(testMerchant.seats(rail, "R-1", offer)).isEqualTo(seats);
    assertThat(rail.offer(offer.offerId()).available()).isEqualTo(offer.available() - 1);
    testMerchant.hold(rail, "R-2", offer);
    assertThat(testMerchant.seats(rail, "R-2", offer)).doesNotContainAnyElementsOf(seats);
  }

  @Test
  void theHoldsOfAnotherNodeCostASecondTryButNoSeat() {
    var other = testMerchant.open("raileast");
    var offer = first(need("Hangzhou East", "Shanghai", "second", "window", 1, null));
    for (int i = 0; i < 10; i++) {
      testMerchant.hold(i % 2 == 0 ? rail : other, "R-" + i, offer);
    }
    var all = new ArrayList<Delivery.Seat>();
    IntStream.range(0, 10).forEach(i -> all.addAll(testMerchant.seats(rail, "R-" + i, offer)));
    assertThat(all).hasSize(10).doesNotHaveDuplicates();
  }

  @Test
  void worldsAndMerchantsDoNotShareSeats() {
    var offer = first(need("Hangzhou East", "Shanghai", "second", "window", 1, null));
    testMerchant.hold(rail, "R-1", offer);
    var twin = testMerchant.open("raileast", "w2", 7);
    assertThat(twin.offer(offer.offerId()).available()).isEqualTo(offer.available());
    var agency = testMerchant.open("gotrip-rail");
    var there =
        agency.match(need("Hangzhou East", "Shanghai", "second", "window", 1, null), 50).stream()
            .map(Offer::available)
            .toList();
    var here =
        twin.match(need("Hangzhou East", "Shanghai", "second", "window", 1, null), 50).stream()
            .map(Offer::available)
            .toList();
    assertThat(there).isNotEqualTo(here);
  }

  /**
   * Makes random holds and releases on random stretches of one long train and checks after each
   * step.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noSeatIsSoldTwiceOnAnySegmentAndEverythingComesBack(long seed) {
    var random = new Random(seed);
    var train = Timetable.shared().train("G101").orElseThrow();
    var before = counts(train);
    var taken = new HashMap<String, Map<Integer, Integer>>();
    int held = 0;
    for (int step = 0; step < 250; step++) {
      if (!taken.isEmpty() && random.nextInt(3) == 0) {
        var orders = taken.keySet().stream().sorted().toList();
        var order = orders.get(random.nextInt(orders.size()));
        testMerchant.release(rail, order);
        taken.remove(order);
        continue;
      }
      var id = randomRide(train, random);
      try {
        var offer = rail.offer(id.text());
        testMerchant.hold(rail, "R-" + step, offer);
        var own = new HashMap<Integer, Integer>();
        for (var seat : testMerchant.seats(rail, "R-" + step, offer)) {
          int index = train.composition().seat(seat.carriage() + "-" + seat.seat()).orElseThrow();
          own.put(index, id.ride().segments());
          assertThat(seat.position())
              .isEqualTo(id.position() == null ? seat.position() : id.position().code());
        }
        assertThat(own).hasSize(id.passengers());
        for (var others : taken.values()) {
          others.forEach((s, mask) -> assertThat(own.getOrDefault(s, 0) & mask).isZero());
        }
        taken.put("R-" + step, own);
        held++;
      } catch (Refusal refusal) {
        assertThat(refusal.problem()).isEqualTo(Problem.SOLD_OUT);
      }
    }
    assertThat(held).isGreaterThan(60);
    List.copyOf(taken.keySet()).forEach(order -> testMerchant.release(rail, order));
    assertThat(counts(train)).isEqualTo(before);
    assertThat(
            testMerchant
                .jdbc()
                .sql("select count(*) from train_hold")
                .query(Integer.class)
                .single())
        .isZero();
  }

  @Test
  void soldOutStockSetAndBackAgain() {
    var offer = first(need("Hangzhou East", "Shanghai", "second", "window", 1, null));
    rail.disturb(new Disturbance.SoldOut(offer.offerId()));
    var refusal = catchThrowableOfType(Refusal.class, () -> rail.offer(offer.offerId()));
    assertThat(refusal.problem()).isEqualTo(Problem.SOLD_OUT);
    assertThat(first(need("Hangzhou East", "Shanghai", "second", "window", 1, null)).offerId())
        .isNotEqualTo(offer.offerId());

    rail.disturb(new Disturbance.StockSet(offer.offerId(), 3));
    var details = (OfferDetails.Train) rail.offer(offer.offerId()).details();
    assertThat(details.seatsLeft()).containsEntry("window", 3).containsEntry("aisle", 0);
    assertThat(testMerchant.open("raileast").offer(offer.offerId()).available()).isEqualTo(3);
  }

  @Test
  void aWholeTrainCanBeSoldOutForEveryDay() {
    var offer = first(need("Hangzhou East", "Shanghai", "second", "window", 1, null));
    rail.disturb(new Disturbance.SoldOut(offer.itemId()));
    var later = offer.offerId().replace("2026-11-26", "2026-12-20");
    for (var id : List.of(offer.offerId(), later)) {
      var refusal = catchThrowableOfType(Refusal.class, () -> rail.offer(id));
      assertThat(refusal.problem()).isEqualTo(Problem.SOLD_OUT);
    }
  }

  @Test
  void soldSeatsAreNotTakenBackByStock() {
    var offer = first(need("Hangzhou East", "Shanghai", "second", null, 1, null));
    var refusal =
        catchThrowableOfType(
            Refusal.class, () -> rail.disturb(new Disturbance.StockSet(offer.offerId(), 5000)));
    assertThat(refusal.problem()).isEqualTo(Problem.CONSTRAINT_CONFLICT);
    assertThat(rail.offer(offer.offerId()).available()).isEqualTo(offer.available());
  }

  @Test
  void theSeatMapAgreesWithTheOffer() {
    var offer = first(need("Hangzhou East", "Shanghai", "second", null, 1, null));
    var details = (OfferDetails.Train) offer.details();
    var map = rail.seatMap(offer.offerId(), null).orElseThrow();
    var free = new HashMap<String, Integer>();
    for (var carriage : map.carriages()) {
      rail.seatMap(offer.offerId(), carriage).orElseThrow().rows().stream()
          .flatMap(row -> row.places().stream())
          .filter(place -> place.state().equals("free"))
          .forEach(place -> free.merge(place.position(), 1, Integer::sum));
    }
    assertThat(free).isEqualTo(details.seatsLeft());
    var refusal = catchThrowableOfType(Refusal.class, () -> rail.seatMap(offer.offerId(), "77"));
    assertThat(refusal.problem()).isEqualTo(Problem.NOT_FOUND);
  }

  private TrainOfferId randomRide(Train train, Random random) {
    int a = random.nextInt(train.segments());
    int b = a + 1 + random.nextInt(train.segments() - a);
    var seatClass = random.nextInt(4) == 0 ? SeatClass.BUSINESS : SeatClass.FIRST;
    var seatPosition =
        new SeatPosition[] {null, SeatPosition.WINDOW, SeatPosition.AISLE}[random.nextInt(3)];
    return new TrainOfferId(
        "raileast",
        new Ride(train, a, b),
        TestRailMerchant.TOMORROW,
        seatClass,
        seatPosition,
        1 + random.nextInt(3));
  }

  /** Counts the free seats on every single segment, by class. */
  private List<SeatCount> counts(Train train) {
    var railBusiness = railBusiness();
    var runSeats = railBusiness.seats(new TrainRun(train, TestRailMerchant.TOMORROW));
    var counts = new ArrayList<SeatCount>();
    for (var seatClass : SeatClass.values()) {
      for (int i = 0; i < train.segments(); i++) {
        counts.add(runSeats.count(seatClass, 1 << i));
      }
    }
    return counts;
  }

  private RailBusiness railBusiness() {
    return RailBusiness.open(
        TestRailMerchant.profile("raileast"), testMerchant.world("w1", 7), Timetable.shared());
  }

  private List<String> holdAtOnce(int buyers, IntFunction<String> orderNo, Offer offer)
      throws Exception {
    var start = new CountDownLatch(1);
    // Platform threads take turns: H2 asks without a pause for a row that another has (ADR 132).
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory())) {
      var tasks = new ArrayList<Callable<String>>();
      for (int i = 0; i < buyers; i++) {
        var order = orderNo.apply(i);
        tasks.add(
            () -> {
              start.await();
              try {
                testMerchant.hold(rail, order, offer);
                return "held";
              } catch (Refusal refusal) {
                assertThat(refusal.problem()).isEqualTo(Problem.SOLD_OUT);
                return String.valueOf(refusal.remedy());
              }
            });
      }
      var futures = tasks.stream().map(threads::submit).toList();
      start.countDown();
      var outcomes = new ArrayList<String>();
      for (var future : futures) {
        outcomes.add(future.get());
      }
      return outcomes;
    }
  }

  private Offer first(Need need) {
    return rail.match(need, 1).getFirst();
  }

  private String freeSeat(Offer offer) {
    var map = rail.seatMap(offer.offerId(), null).orElseThrow();
    for (SeatMap.Row row : map.rows()) {
      for (var place : row.places()) {
        if (place.state().equals("free")) {
          return "%s-%02d%s".formatted(map.carriage(), row.number(), place.letter());
        }
      }
    }
    throw new AssertionError("no free seat in carriage " + map.carriage());
  }

  private String state(Offer offer, Delivery.Seat seat) {
    int row = Integer.parseInt(seat.seat().substring(0, 2));
    return rail
        .seatMap(offer.offerId(), seat.carriage())
        .orElseThrow()
        .rows()
        .get(row - 1)
        .places()
        .stream()
        .filter(place -> seat.seat().endsWith(place.letter()))
        .map(SeatMap.Place::state)
        .findFirst()
        .orElseThrow();
  }
}
