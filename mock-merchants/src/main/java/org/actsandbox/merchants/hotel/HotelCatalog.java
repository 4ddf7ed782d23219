package org.actsandbox.merchants.hotel;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.actsandbox.merchants.shelf.ListPager;
import org.actsandbox.merchants.shelf.PriceAdjustments.ActiveAdjustments;
import org.actsandbox.protocol.commerce.Availability;
import org.actsandbox.protocol.commerce.CatalogEntry;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.wire.Page;
import org.jspecify.annotations.Nullable;

/** Lists the hotels as catalog entries (ACT CID-1). */
final class HotelCatalog {

  private final HotelBusiness business;

  HotelCatalog(HotelBusiness business) {
    this.business = business;
  }

  static Text category(int stars) {
    return new Text(stars + "-star hotel", "二三四五".charAt(stars - 2) + "星级酒店");
  }

  /**
   * Returns a page of the hotels that fit a query and a category.
   *
   * @param category the stars as in {@code 4}, {@code 4-star hotel} or {@code 四星级酒店}, or a city
   */
  Page<CatalogEntry> page(
      @Nullable String query, @Nullable String category, @Nullable String cursor, int limit) {
    var hotels =
        query == null || query.isBlank() ? Hotels.ALL.all() : Hotels.ALL.find(shorten(query));
    if (category != null && !category.isBlank()) {
      hotels = hotels.stream().filter(hotel -> isOf(hotel, category)).toList();
    }
    return ListPager.page(hotels, cursor, limit, this::entries);
  }

  Optional<CatalogEntry> item(String itemId) {
    return Hotels.ALL.byId(itemId).map(hotel -> entries(List.of(hotel)).getFirst());
  }

  private List<CatalogEntry> entries(List<Hotel> hotels) {
    var activeAdjustments =
        business.priceAdjustments().activeFor(hotels.stream().map(Hotel::id).toList());
    return hotels.stream().map(hotel -> entry(hotel, activeAdjustments)).toList();
  }

  private CatalogEntry entry(Hotel hotel, ActiveAdjustments activeAdjustments) {
    return new CatalogEntry(
        hotel.id(),
        hotel.name(),
        category(hotel.stars()),
        Money.fen(business.tariff().lowestPrice(hotel, activeAdjustments)).decimal(),
        "CNY",
        Availability.BY_DATE,
        null,
        business.now().plusMinutes(30).truncatedTo(ChronoUnit.SECONDS).toInstant(),
        new Text("Check-in from 14:00 on any free night.", "有房之日 14:00 起可入住。"),
        business.merchant().id(),
        "catalog/" + hotel.id(),
        description(hotel),
        attributes(hotel));
  }

  private static Text description(Hotel hotel) {
    var cityPlace = hotel.at();
    int metres = hotel.metresTo(cityPlace);
    return new Text(
        "%d m from %s, in the %s part of %s. Quietness %d of 10."
            .formatted(
                metres,
                cityPlace.name().en(),
                hotel.district().name().en(),
                hotel.city().name().en(),
                hotel.quietness()),
        "位于%s%s一带，距%s %d 米，安静指数 %d/10。"
            .formatted(
                hotel.city().name().zh(),
                hotel.district().name().zh(),
                cityPlace.name().zh(),
                metres,
                hotel.quietness()));
  }

  private static Map<String, String> attributes(Hotel hotel) {
    var station = hotel.city().mainStation();
    var attributes = new TreeMap<String, String>();
    attributes.put("city", hotel.city().name().en());
    attributes.put("district", hotel.district().name().en());
    attributes.put("stars", String.valueOf(hotel.stars()));
    attributes.put("score", hotel.score() / 10 + "." + hotel.score() % 10);
    attributes.put("quietness", String.valueOf(hotel.quietness()));
    attributes.put("main_station", station.name().en());
    attributes.put("metres_to_main_station", String.valueOf(hotel.metresTo(station)));
    attributes.put("rooms", String.valueOf(hotel.rooms().size()));
    return attributes;
  }

  private static boolean isOf(Hotel hotel, String wantedCategory) {
    var key = PlaceNameKeys.cityKey(shorten(wantedCategory));
    var category = category(hotel.stars());
    return key.equals(String.valueOf(hotel.stars()))
        || key.equals(PlaceNameKeys.cityKey(category.en()))
        || key.equals(PlaceNameKeys.cityKey(category.zh()))
        || key.equals(PlaceNameKeys.cityKey(hotel.city().name().en()))
        || key.equals(PlaceNameKeys.cityKey(hotel.city().name().zh()));
  }

  private static String shorten(String query) {
    return query.length() <= 200 ? query : query.substring(0, 200);
  }
}
