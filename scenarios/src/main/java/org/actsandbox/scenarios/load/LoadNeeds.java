package org.actsandbox.scenarios.load;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.actsandbox.protocol.commerce.Need;

/** Spreads the needs of a load run over all verticals and platforms, so that the stock lasts. */
final class LoadNeeds {

  /** Represents a need and the merchant to which it is sent. */
  record MerchantNeed(String merchant, Need need) {}

  /** Pairs of cities with many direct trains in both directions. */
  private static final List<List<String>> STRETCHES =
      List.of(
          List.of("Hangzhou", "Shanghai"),
          List.of("Nanjing", "Shanghai"),
          List.of("Beijing", "Shanghai"),
          List.of("Suzhou", "Nanjing"),
          List.of("Guangzhou", "Shenzhen"),
          List.of("Wuhan", "Changsha"),
          List.of("Beijing", "Tianjin"));

  private static final List<String> CITIES =
      List.of(
          "Hangzhou",
          "Shanghai",
          "Beijing",
          "Nanjing",
          "Suzhou",
          "Guangzhou",
          "Shenzhen",
          "Wuhan",
          "Changsha",
          "Tianjin");
  private static final List<String> PRODUCTS =
      List.of(
          "phone charger",
          "headphones",
          "suitcase",
          "umbrella",
          "green tea",
          "notebook",
          "t-shirt",
          "running shoes",
          "mug",
          "lamp");
  private static final List<String> MERCHANTS =
      List.of("raileast", "luma-mart", "stayhub", "gotrip-rail", "bazaar88", "gotrip-hotels");

  private final LocalDate today;

  LoadNeeds(LocalDate today) {
    this.today = today;
  }

  /** Returns the need of a purchase; it is always the same for the same number. */
  LoadNeeds.MerchantNeed of(long purchase) {
    var random = new Random(purchase * 0x9E3779B97F4A7C15L);
    var merchant = MERCHANTS.get((int) (purchase % MERCHANTS.size()));
    var day = today.plusDays(1 + random.nextInt(28));
    var city = CITIES.get(random.nextInt(CITIES.size()));
    return new LoadNeeds.MerchantNeed(
        merchant,
        switch (merchant) {
          case "raileast", "gotrip-rail" -> train(day, random);
          case "stayhub", "gotrip-hotels" ->
              new Need.Hotel(city, null, day, 1, 1, 1, null, null, null, null);
          default ->
              new Need.Shop(
                  PRODUCTS.get(random.nextInt(PRODUCTS.size())),
                  null,
                  null,
                  List.of(),
                  1,
                  null,
                  null);
        });
  }

  private static Need train(LocalDate day, Random random) {
    var stretch = STRETCHES.get(random.nextInt(STRETCHES.size()));
    int from = random.nextInt(2);
    return new Need.Train(
        stretch.get(from),
        stretch.get(1 - from),
        day,
        null,
        null,
        null,
        null,
        "second",
        null,
        null,
        1,
        null);
  }
}
