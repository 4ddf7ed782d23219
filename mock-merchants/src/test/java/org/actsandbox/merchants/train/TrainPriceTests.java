package org.actsandbox.merchants.train;

import static org.actsandbox.merchants.train.TestRailMerchant.TODAY;
import static org.actsandbox.merchants.train.TestRailMerchant.need;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.actsandbox.merchants.Disturbance;
import org.actsandbox.merchants.PriceChange;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.merchants.shelf.TestVerticalStore;
import org.actsandbox.merchants.train.timetable.SeatClass;
import org.actsandbox.merchants.train.timetable.Timetable;
import org.actsandbox.merchants.train.timetable.TrainType;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests what a ticket costs at each platform, how its price changes, and what a refund gives back.
 */
class TrainPriceTests {

  @TempDir static Path folder;
  private static TestRailMerchant testMerchant;
  private static Vertical rail;
  private static Vertical agency;

  @BeforeAll
  static void open() {
    testMerchant = new TestRailMerchant(folder);
    rail = testMerchant.open("raileast");
    agency = testMerchant.open("gotrip-rail");
  }

  @AfterAll
  static void close() {
    testMerchant.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 9})
  void linesAddUpToTheTotalOnBothPlatforms(int passengers) {
    for (var shop : List.of(rail, agency)) {
      for (var cities : List.of("Hangzhou>Shanghai", "Beijing>Guangzhou", "Chengdu>Chongqing")) {
        var ends = cities.split(">", -1);
        for (var offer : shop.match(need(ends[0], ends[1], null, null, passengers, null), 50)) {
          var sum =
              offer.lines().stream()
                  .map(line -> new BigDecimal(line.amount()))
                  .reduce(BigDecimal.ZERO, BigDecimal::add);
          assertThat(sum).isEqualByComparingTo(offer.total()).isPositive();
        }
      }
    }
  }

  @Test
  void platformsDifferByFeeCouponAndSale() {
    var own = rail.match(need("Hangzhou", "Shanghai", "second", null, 1, null), 50);
    var resold = agency.match(need("Hangzhou", "Shanghai", "second", null, 1, null), 50);
    assertThat(own)
        .flatExtracting(Offer::lines)
        .extracting(Offer.PriceLine::type)
        .contains("sale")
        .doesNotContain("fee", "coupon");
    assertThat(resold)
        .flatExtracting(Offer::lines)
        .extracting(Offer.PriceLine::type)
        .contains("fee", "coupon")
        .doesNotContain("sale");
    assertThat(resold)
        .flatExtracting(Offer::lines)
        .filteredOn(line -> line.type().equals("fee"))
        .extracting(Offer.PriceLine::amount)
        .containsOnly("10.00");
  }

  @ParameterizedTest
  @CsvSource({
    "G, 159, SECOND, 73.00",
    "G, 159, FIRST, 117.00",
    "G, 159, BUSINESS, 219.50",
    "D, 159, SECOND, 49.50",
    "K, 173, SECOND, 26.00",
    "G, 1318, SECOND, 606.50",
    "K, 5, SECOND, 5.50"
  })
  void fares(TrainType type, int km, SeatClass seatClass, String yuan) {
    assertThat(Money.fen(RailTariff.base(type, km, seatClass))).isEqualTo(Money.yuan(yuan));
  }

  @Test
  void changedPricesAreStoredAndThatOfAStretchBeatsThatOfItsTrain() {
    try (var here = new TestRailMerchant(folder.resolve("prices"))) {
      var shop = here.open("raileast");
      var before =
          shop.match(need("Beijing", "Guangzhou", "second", null, 1, "latest"), 1).getFirst();
      var base = new BigDecimal(before.total());
      shop.disturb(
          new Disturbance.PriceMoved(before.itemId(), PriceChange.of(new BigDecimal("10"))));
      assertThat(total(shop, before)).isEqualByComparingTo(base.multiply(new BigDecimal("1.1")));
      shop.disturb(
          new Disturbance.PriceMoved(before.offerId(), PriceChange.of(new BigDecimal("-50"))));
      assertThat(total(shop, before)).isEqualByComparingTo(base.multiply(new BigDecimal("0.5")));
      shop.disturb(
          new Disturbance.PriceMoved(before.offerId(), PriceChange.of(new BigDecimal("20"))));
      var after = here.open("raileast");
      assertThat(total(after, before)).isEqualByComparingTo(base.multiply(new BigDecimal("1.2")));
      var refusal =
          catchThrowableOfType(
              Refusal.class,
              () ->
                  shop.disturb(
                      new Disturbance.PriceMoved(
                          before.itemId(), PriceChange.of(new BigDecimal("-100")))));
      assertThat(refusal.problem()).isEqualTo(Problem.INVALID_FIELD);
    }
  }

  /**
   * Each case: the hours before departure, and what comes back of a fare of 100 and a fee of 10.
   */
  @ParameterizedTest
  @CsvSource({
    "193, 110.00, 100.00",
    "192, 104.50, 95.00",
    "49, 104.50, 95.00",
    "48, 99.00, 90.00",
    "25, 99.00, 90.00",
    "24, 88.00, 80.00",
    "1, 88.00, 80.00",
    "0, 0.00, 0.00",
    "-1, 0.00, 0.00"
  })
  void refunds(int hours, String operator, String agencys) {
    var fare = Money.yuan("110.00");
    for (var shop : List.of("raileast", "gotrip-rail")) {
      var railBusiness =
          RailBusiness.open(
              TestRailMerchant.profile(shop), testMerchant.world("w1", 7), Timetable.shared());
      var book = new TrainOffers(railBusiness);
      var id = book.read(shop + ".G7501.2026-12-20.AOH.HGH.second.any.1");
      var departure = id.ride().departs(id.boarding(), TestVerticalStore.ZONE).toInstant();
      var back =
          book.refundable(id, fare, Money.yuan("10.00"), departure.minus(Duration.ofHours(hours)));
      assertThat(back.decimal()).isEqualTo(shop.equals("raileast") ? operator : agencys);
    }
  }

  @Test
  void anOrderIsRefundedByItsOwnLines() {
    var offer = agency.match(need("Hangzhou", "Shanghai", TODAY.plusDays(20)), 1).getFirst();
    var fee = new BigDecimal("10.00");
    assertThat(
            agency.refundable(testMerchant.order("R-1", offer), TestRailMerchant.START).decimal())
        .isEqualTo(new BigDecimal(offer.total()).subtract(fee).toPlainString());
  }

  private static BigDecimal total(Vertical shop, Offer offer) {
    return new BigDecimal(shop.offer(offer.offerId()).total());
  }
}
