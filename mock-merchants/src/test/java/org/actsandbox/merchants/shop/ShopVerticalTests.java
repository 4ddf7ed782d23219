package org.actsandbox.merchants.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.actsandbox.merchants.Disturbance;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.MerchantRoster;
import org.actsandbox.merchants.PriceChange;
import org.actsandbox.merchants.StockedVerticalContract;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.merchants.VerticalFactory;
import org.actsandbox.merchants.shelf.SearchWords;
import org.actsandbox.merchants.shelf.TestVerticalStore;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the shops: search, prices, stock, refunds and the catalog. */
class ShopVerticalTests extends StockedVerticalContract {

  private Vertical luma;
  private Vertical bazaar;

  @Override
  protected VerticalFactory factory() {
    return ShopVertical::open;
  }

  @Override
  protected MerchantProfile merchant() {
    return MerchantRoster.LUMA_MART;
  }

  @Override
  protected Offer offer(Vertical shop) {
    return shop.match(need(), 1).getFirst();
  }

  @Override
  protected Need need() {
    return need("phone charger");
  }

  @Override
  protected Need foreignNeed() {
    return new Need.Hotel(
        "Hangzhou", null, LocalDate.of(2026, 11, 27), 1, 1, 1, null, null, null, null);
  }

  @Override
  protected List<String> strangeOfferIds() {
    return List.of(
        "luma-mart.P9999.1.std.1",
        "luma-mart.P0001.99.std.1",
        "luma-mart.P0001.1.exp.1",
        "bazaar88.P0001.1.std.1",
        "luma-mart.P0001.1.std.0",
        "luma-mart.P0001.1.std",
        "x;drop table");
  }

  @Override
  protected int catalogSize() {
    return Products.ALL.all().size();
  }

  @BeforeEach
  void openShops() {
    luma = vertical;
    bazaar = store.open(MerchantRoster.BAZAAR88, world, 42);
  }

  private static Need.Shop need(String terms, String... features) {
    return new Need.Shop(terms, null, null, List.of(features), 1, null, null);
  }

  private static Need.Shop need(
      String terms, int quantity, @Nullable LocalDate by, @Nullable String sort) {
    return new Need.Shop(terms, null, null, List.of(), quantity, by, sort);
  }

  private static OfferDetails.Shop details(Offer offer) {
    return (OfferDetails.Shop) offer.details();
  }

  private static long fen(Offer offer) {
    return Money.yuan(offer.total()).minorUnits();
  }

  /**
   * Each case names the kind that all offers must be of, and a word that the first title must have.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          phone charger                | phone charger          | Charger
          a charger                    | phone charger          | Charger
          手机充电器                     | phone charger          | Charger
          充电器                        | phone charger          | Charger
          充電寶                        | power bank             | Power Bank
          充电宝                        | power bank             | Power Bank
          portable charger             | power bank             | Power Bank
          20000mAh power bank          | power bank             | 20000mAh
          磁吸充电宝                     | power bank             | Magnetic
          wireless headphones          | over-ear headphones    | Wireless
          noise cancelling headphones  | over-ear headphones    | Noise-cancelling
          真无线耳机                     | wireless earbuds       | Earbuds
          降噪头戴式耳机                  | over-ear headphones    | Noise-cancelling
          bluetooth speaker            | Bluetooth speaker      | Speaker
          carry-on suitcase black      | carry-on suitcase      | black
          black carry on               | carry-on suitcase      | black
          黑色登机箱                     | carry-on suitcase      | black
          20寸行李箱                     | carry-on suitcase      | 20-inch
          28 inch suitcase             | checked suitcase       | 28 inch
          umbrella                     | umbrella               | Umbrella
          雨伞                          | umbrella               | Umbrella
          伞                           | umbrella               | Umbrella
          running shoes size 42        | running shoes          | size 42
          跑鞋 42码                     | running shoes          | size 42
          longjing green tea           | green tea              | Longjing
          西湖龙井茶                     | green tea              | Longjing
          black tea                    | black tea              | Black Tea
          white t-shirt                | T-shirt                | white
          down jacket                  | down jacket            | Down Jacket
          羽绒服                         | down jacket            | Down Jacket
          mystery novel                | mystery novel          | mystery
          Carriage Eleven              | mystery novel          | Carriage Eleven
          积木                          | building blocks        | Blocks
          yoga mat                     | yoga mat               | Mat
          瑜伽垫                         | yoga mat               | Mat
          sunscreen                    | sunscreen              | Sunscreen
          电动牙刷                       | electric toothbrush    | Toothbrush
          thermos                      | thermos flask          | Flask
          保温杯                         | thermos flask          | Flask
          rice cooker                  | rice cooker            | Cooker
          fountain pen                 | fountain pen           | Pen
          机械键盘                       | mechanical keyboard    | Keyboard
          neck pillow                  | neck pillow            | Pillow
          night light                  | night light            | Light
          """)
  void findsTheRightThingFirst(String terms, String type, String word) {
    for (Vertical shop : List.of(luma, bazaar)) {
      var offers = shop.match(need(terms), 10);
      assertThat(offers)
          .isNotEmpty()
          .allSatisfy(offer -> assertThat(details(offer).attributes()).containsEntry("type", type));
      assertThat(offers.getFirst().title().en()).containsIgnoringCase(word);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "suitcase, black",
    "登机箱, 黑色",
    "power bank, 20000mAh",
    "充电宝, 20000毫安",
    "headphones, wireless",
    "耳机, 无线",
    "running shoes, size 42",
    "t-shirt, XL",
    "umbrella, automatic"
  })
  void keepsToFeaturesThatDistinguishProducts(String terms, String feature) {
    var wantedWords = SearchWords.queryWords(feature);
    assertThat(luma.match(need(terms, feature), 20))
        .isNotEmpty()
        .allSatisfy(
            offer -> {
              var productSelection =
                  ProductSelection.of(offer.offerId(), "luma-mart", false).orElseThrow();
              assertThat(productSelection.product().has(productSelection.variant(), wantedWords))
                  .isTrue();
            });
  }

  @ParameterizedTest
  @CsvSource({"laptop stand, Stand", "笔记本支架, Stand", "phone case, Case", "printer paper, Paper"})
  void anAccessoryIsFoundByItsOwnLongerName(String terms, String kind) {
    assertThat(luma.match(need(terms), 5))
        .isNotEmpty()
        .allSatisfy(offer -> assertThat(offer.title().en()).containsIgnoringCase(kind));
  }

  @Test
  void ignoresFeaturesThatNoProductMentions() {
    assertThat(luma.match(need("phone charger", "sturdy", "for grandpa's handset"), 5))
        .isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          unicorn saddle | ''     | ''    | 1   | best    | NO_MATCH         | There are
          独角兽马鞍       | ''     | ''    | 1   | best    | NO_MATCH         | ''
          suitcase       | purple | ''    | 1   | best    | NO_MATCH         | Suitcase
          laptop         | ''     | ''    | 1   | best    | NO_MATCH         | Laptop
          笔记本电脑         | ''     | ''    | 1   | best    | NO_MATCH         | ''
          a new phone    | ''     | ''    | 1   | best    | NO_MATCH         | Phone
          phone charger  | ''     | Apple | 1   | best    | NO_MATCH         | Charger
          ''             | ''     | ''    | 1   | best    | INTENT_MALFORMED | ''
          phone charger  | ''     | ''    | 0   | best    | INTENT_MALFORMED | ''
          phone charger  | ''     | ''    | 100 | best    | INTENT_MALFORMED | ''
          phone charger  | ''     | ''    | 1   | weirdest | INTENT_MALFORMED | ''
          """)
  void refusesImpossibleNeeds(
      String terms,
      String feature,
      String brand,
      int quantity,
      String sort,
      Problem problem,
      String remedy) {
    var features = feature.isEmpty() ? List.<String>of() : List.of(feature);
    var need = new Need.Shop(terms, null, brand, features, quantity, null, sort);
    var refusal = refusal(() -> luma.match(need, 10));
    assertThat(refusal.problem()).isEqualTo(problem);
    assertThat(String.valueOf(refusal.remedy())).contains(remedy);
  }

  @Test
  void refusesTextsThatAreTooLong() {
    assertThat(refused(() -> luma.match(need("x".repeat(10_000)), 10)))
        .isEqualTo(Problem.INTENT_MALFORMED);
  }

  @Test
  void aBrandIsFoundInBothLanguages() {
    for (String brand : List.of("Voltfin", "伏鳍", "VOLTFIN")) {
      var need = new Need.Shop("", "electronics", brand, List.of(), 1, null, null);
      assertThat(luma.match(need, 10))
          .isNotEmpty()
          .allSatisfy(offer -> assertThat(details(offer).brand()).isEqualTo("Voltfin"));
    }
  }

  @Test
  void aWrongCategoryDoesNotHideWhatTheWordsName() {
    var need = new Need.Shop("umbrella", "books", null, List.of(), 1, null, null);
    assertThat(luma.match(need, 10)).isNotEmpty();
  }

  @Test
  void sortsByPriceAndBySpeed() {
    assertThat(bazaar.match(need("power bank", 1, null, "cheapest"), 20))
        .hasSizeGreaterThan(2)
        .isSortedAccordingTo(Comparator.comparingLong(ShopVerticalTests::fen));
    assertThat(bazaar.match(need("power bank", 1, null, "fastest"), 20))
        .hasSizeGreaterThan(2)
        .allSatisfy(
            offer -> assertThat(details(offer).shipping().en()).isEqualTo("express shipping"))
        .isSortedAccordingTo(Comparator.comparing(offer -> details(offer).promisedBy()));
  }

  @Test
  void sendsByExpressWhenNothingElseIsInTime() {
    var tomorrow = LocalDate.of(2026, 11, 26);
    assertThat(bazaar.match(need("phone charger", 1, tomorrow, null), 20))
        .isNotEmpty()
        .allSatisfy(
            offer -> {
              assertThat(Objects.requireNonNull(details(offer).promisedBy()).toLocalDate())
                  .isEqualTo(tomorrow);
              assertThat(details(offer).shipping().en()).isEqualTo("express shipping");
            });
    var today = need("phone charger", 1, LocalDate.of(2026, 11, 25), null);
    assertThat(refusal(() -> bazaar.match(today, 20)).remedy()).contains("2026-11-26");
    var yesterday = need("phone charger", 1, LocalDate.of(2026, 11, 24), null);
    assertThat(refused(() -> bazaar.match(yesterday, 20))).isEqualTo(Problem.CONSTRAINT_CONFLICT);
  }

  @Test
  void linesAddUpAndEachShopHasItsOwnTerms() {
    boolean sale = false;
    for (String terms : List.of("phone charger", "suitcase", "green tea", "air fryer", "novel")) {
      for (Offer offer : luma.match(need(terms, 2, null, null), 50)) {
        checkSum(offer);
        sale |= has(offer, "sale");
        assertThat(has(offer, "coupon")).isFalse();
        var goods = fen(offer) - shipping(offer);
        assertThat(shipping(offer)).isEqualTo(goods >= 9_900 ? 0 : 800);
      }
      for (Offer offer : bazaar.match(need(terms, 2, null, null), 50)) {
        checkSum(offer);
        var base = new BigDecimal(offer.lines().getFirst().amount());
        assertThat(has(offer, "coupon")).isEqualTo(base.compareTo(BigDecimal.valueOf(200)) >= 0);
        assertThat(has(offer, "sale")).isFalse();
      }
    }
    assertThat(sale).isTrue();
  }

  private static void checkSum(Offer offer) {
    var sum =
        offer.lines().stream()
            .map(line -> new BigDecimal(line.amount()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    assertThat(sum).isEqualByComparingTo(offer.total());
  }

  private static boolean has(Offer offer, String type) {
    return offer.lines().stream().anyMatch(line -> line.type().equals(type));
  }

  private static long shipping(Offer offer) {
    return offer.lines().stream()
        .filter(line -> line.type().equals("shipping"))
        .mapToLong(line -> Money.yuan(line.amount()).minorUnits())
        .sum();
  }

  @Test
  void neverSellsMoreThanTheSeededStock() throws Exception {
    var offer = luma.match(need("power bank", 5, null, null), 1).getFirst();
    assertThat(store.race(luma, offer, 50)).isEqualTo(Math.min(50, offer.available() / 5));
  }

  @Test
  void anOrderBesideTheFirstOfAVariantIsNotRefused() throws Exception {
    var offer = luma.match(need("phone charger"), 1).getFirst();
    assertThat(offer.available()).isGreaterThan(2);
    assertThat(store.secondHoldsBesideFirst(luma, offer)).isTrue();
    assertThat(luma.offer(offer.offerId()).available()).isEqualTo(offer.available() - 2);
  }

  @Test
  void aCartTakesAllItsLinesOrNone() {
    var charger = luma.match(need("phone charger"), 1).getFirst();
    var tea = luma.match(need("green tea"), 1).getFirst();
    luma.disturb(new Disturbance.SoldOut(tea.offerId()));
    var refusal = refusal(() -> store.hold(luma, "O1", charger, tea));
    assertThat(refusal.problem()).isEqualTo(Problem.SOLD_OUT);
    assertThat(refusal.observed()).isEqualTo("0 free");
    assertThat(luma.offer(charger.offerId()).available()).isEqualTo(charger.available());
    luma.disturb(new Disturbance.StockSet(tea.offerId(), 3));
    store.hold(luma, "O1", charger, tea);
    assertThat(luma.offer(charger.offerId()).available()).isEqualTo(charger.available() - 1);
  }

  @Test
  void twoLinesOfOneVariantCountTogether() {
    var offer = luma.match(need("phone charger"), 1).getFirst();
    luma.disturb(new Disturbance.StockSet(offer.offerId(), 1));
    assertThat(refused(() -> store.hold(luma, "O1", offer, offer))).isEqualTo(Problem.SOLD_OUT);
    assertThat(luma.offer(offer.offerId()).available()).isEqualTo(1);
  }

  @Test
  void aChangedPriceLastsAndThatOfAVariantBeatsThatOfTheProduct() {
    var offer = bazaar.match(need("umbrella"), 1).getFirst();
    var listed = new BigDecimal(offer.lines().getFirst().amount());
    bazaar.disturb(
        new Disturbance.PriceMoved(offer.itemId(), PriceChange.of(BigDecimal.valueOf(100))));
    assertThat(base(offer.offerId())).isEqualByComparingTo(listed.multiply(BigDecimal.TWO));
    bazaar.disturb(
        new Disturbance.PriceMoved(offer.offerId(), PriceChange.of(BigDecimal.valueOf(-50))));
    assertThat(base(offer.offerId()))
        .isEqualByComparingTo(listed.divide(BigDecimal.TWO, 2, RoundingMode.HALF_UP));
  }

  private BigDecimal base(String offerId) {
    return new BigDecimal(
        store.open(MerchantRoster.BAZAAR88, world, 42).offer(offerId).lines().getFirst().amount());
  }

  @Test
  void aProductThatIsSoldOutIsSoldOutInAllVariants() {
    var offer = luma.match(need("umbrella"), 1).getFirst();
    luma.disturb(new Disturbance.SoldOut(offer.itemId()));
    assertThat(luma.item(offer.itemId()).orElseThrow().available()).isZero();
    assertThat(luma.match(need("umbrella"), 50))
        .extracting(Offer::itemId)
        .doesNotContain(offer.itemId());
  }

  /** The order is placed on 25 November at 10:00; the parcel leaves a day before it is due. */
  @ParameterizedTest
  @CsvSource({"-1, false", "0, true", "86400, true", "8640000, true"})
  void givesBackByItsSchedule(long secondsAfterLeaving, boolean shippingKept) {
    var offer = bazaar.match(need("umbrella"), 1).getFirst();
    var order = store.order(offer);
    var leaves = Objects.requireNonNull(details(offer).promisedBy()).minusDays(1).toInstant();
    var expected = fen(offer) - (shippingKept ? shipping(offer) : 0);
    assertThat(bazaar.refundable(order, leaves.plusSeconds(secondsAfterLeaving)))
        .isEqualTo(Money.fen(expected));
    assertThat(bazaar.refundable(order, TestVerticalStore.NOW))
        .isEqualTo(Money.yuan(offer.total()));
  }

  @Test
  void deliversTheSameParcelEveryTimeAndNeverShowsAnAddress() {
    var charger = luma.match(need("phone charger", 2, null, null), 1).getFirst();
    var tea = luma.match(need("green tea"), 1).getFirst();
    var order = store.order(charger, tea);
    var delivery = (Delivery.Shop) luma.delivery(order, Map.of("ship_to", "office"));
    store.at(Instant.parse("2026-12-24T00:00:00Z"));
    assertThat(luma.delivery(order, Map.of("ship_to", "office"))).isEqualTo(delivery);
    assertThat(delivery.items()).extracting(Delivery.Item::quantity).containsExactly(2, 1);
    assertThat(delivery.shipTo()).isEqualTo("office");
    assertThat(delivery.promisedBy())
        .isIn(details(charger).promisedBy(), details(tea).promisedBy());
    var address = Map.of("ship_to", "No. 5, Some Road, 310000 Hangzhou, Mr. W., +86 130...");
    var line = List.of(new CartRequest.Line(charger.offerId(), 2));
    assertThat(refused(() -> luma.hold("O1", line, address))).isEqualTo(Problem.INVALID_FIELD);
  }

  @ParameterizedTest
  @CsvSource({"充电宝, ''", "power bank, electronics", "'', 数码充电", "'', books", "tea, food"})
  void findsProductsInTheCatalog(String query, String category) {
    assertThat(luma.catalog(query, category, null, 10).items()).isNotEmpty();
  }

  @Test
  void anOrderAfterFourLeavesADayLater() {
    var morning = luma.match(need("umbrella"), 1).getFirst();
    store.at(LocalDateTime.of(2026, 11, 25, 16, 0).atZone(TestVerticalStore.ZONE).toInstant());
    assertThat(details(luma.offer(morning.offerId())).promisedBy())
        .isEqualTo(Objects.requireNonNull(details(morning).promisedBy()).plusDays(1));
  }

  @Test
  void matchesQuickly() {
    // Processor time: the machine may be busy with other things.
    var clock = ManagementFactory.getThreadMXBean();
    List<Long> times = new ArrayList<>();
    var terms = List.of("phone charger", "充电宝", "carry-on suitcase black", "wireless headphones");
    for (int i = 0; i < 400; i++) {
      long start = clock.getCurrentThreadCpuTime();
      assertThat(luma.match(need(terms.get(i % terms.size())), 20)).isNotEmpty();
      times.add(clock.getCurrentThreadCpuTime() - start);
    }
    var sorted = times.stream().mapToLong(i -> i).sorted().toArray();
    assertThat(sorted[sorted.length / 2]).as("median in ns").isLessThan(6_000_000L);
  }
}
