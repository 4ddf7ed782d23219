package org.actsandbox.merchants.hotel;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.merchants.shelf.DayWords;
import org.actsandbox.merchants.shelf.PriceAdjustments;
import org.actsandbox.merchants.shelf.PriceSum;
import org.actsandbox.merchants.shelf.SeededRandom;
import org.actsandbox.protocol.commerce.LineFacts;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Text;
import org.jspecify.annotations.Nullable;

/**
 * Bundles one platform's hotel business in one world: its rooms, its prices and the wording of its
 * offers.
 */
final class HotelBusiness {

  /** A check-in can be booked at most so many days ahead. */
  static final int HORIZON_DAYS = 180;

  private static final long OFFER_MINUTES = 30;

  private final MerchantProfile merchant;
  private final VerticalWorld world;
  private final RoomNights roomNights;
  private final PriceAdjustments priceAdjustments;
  private final HotelTariff hotelTariff;

  HotelBusiness(MerchantProfile merchant, VerticalWorld world) {
    this.merchant = merchant;
    this.world = world;
    var seededRandom = new SeededRandom(world.seed()).derive(merchant.id());
    this.roomNights = new RoomNights(world, merchant.id(), seededRandom);
    this.priceAdjustments = new PriceAdjustments(world, merchant.id(), "hotel_price_move");
    this.hotelTariff =
        merchant.twoWay() ? HotelTariff.reseller(seededRandom) : HotelTariff.direct(seededRandom);
  }

  MerchantProfile merchant() {
    return merchant;
  }

  RoomNights roomNights() {
    return roomNights;
  }

  PriceAdjustments priceAdjustments() {
    return priceAdjustments;
  }

  HotelTariff tariff() {
    return hotelTariff;
  }

  ZonedDateTime now() {
    return world.clock().instant().atZone(world.zone());
  }

  LocalDate today() {
    return now().toLocalDate();
  }

  LocalDate lastCheckIn() {
    return today().plusDays(HORIZON_DAYS);
  }

  /** Returns the price changes of all hotels of a city. */
  PriceAdjustments.ActiveAdjustments adjustmentsIn(City city) {
    return priceAdjustments.activeFor(Hotels.ALL.in(city).stream().map(Hotel::id).toList());
  }

  PriceSum price(Stay stay) {
    return hotelTariff.price(stay, priceAdjustments.activeFor(List.of(stay.hotel().id())));
  }

  /**
   * Builds an offer for a stay.
   *
   * @param near what the guest wants to be near; null means the main station
   */
  Offer offer(Stay stay, PriceSum price, int free, @Nullable CityPlace near) {
    var hotel = stay.hotel();
    return new Offer(
        stay.offerId(merchant.id()),
        hotel.id(),
        merchant.id(),
        merchant.did().value(),
        MerchantKind.HOTEL,
        title(stay),
        HotelCatalog.category(hotel.stars()),
        stay.rooms(),
        price.lines(),
        price.total().decimal(),
        "CNY",
        free,
        validUntil(),
        "catalog/" + hotel.id(),
        details(stay, near == null ? hotel.city().mainStation() : near),
        policy(stay),
        null);
  }

  LineFacts facts(Stay stay) {
    var hotel = stay.hotel();
    var room = stay.room().name();
    return new LineFacts(
        MerchantKind.HOTEL,
        List.of(hotel.name().en(), hotel.name().zh()),
        List.of(room.en(), room.zh()),
        null,
        null,
        List.of(hotel.city().name().en(), hotel.city().name().zh()),
        stay.checkIn(),
        null,
        null,
        null,
        null,
        stay.nights(),
        stay.guests(),
        hotel.stars(),
        stay.plan().breakfast(),
        cancellableUntil(stay, world.clock().instant()) != null,
        stay.room().type());
  }

  /**
   * Returns until when cancellation is free, for an order that is placed at {@code booked}; null if
   * it is not free, or not any more.
   */
  @Nullable OffsetDateTime cancellableUntil(Stay stay, Instant booked) {
    var until = stay.cancellableUntil(world.zone());
    return until == null || !until.toInstant().isAfter(booked) ? null : until.toOffsetDateTime();
  }

  private Instant validUntil() {
    return world.clock().instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(OFFER_MINUTES * 60);
  }

  private static Text title(Stay stay) {
    var room = stay.room().name();
    var plan = stay.plan().label();
    return new Text(
        "%s · %s · %s · %s, %d %s"
            .formatted(
                stay.hotel().name().en(),
                room.en(),
                plan.en(),
                DayWords.of(stay.checkIn(), "en"),
                stay.nights(),
                stay.nights() == 1 ? "night" : "nights"),
        "%s · %s · %s · %s，%d 晚"
            .formatted(
                stay.hotel().name().zh(),
                room.zh(),
                plan.zh(),
                DayWords.of(stay.checkIn(), "zh"),
                stay.nights()));
  }

  private OfferDetails details(Stay stay, CityPlace near) {
    var hotel = stay.hotel();
    return new OfferDetails.Hotel(
        hotel.name(),
        hotel.city().name(),
        hotel.district().name(),
        stay.room().name(),
        hotel.stars(),
        stay.checkIn(),
        stay.checkOut(),
        stay.nights(),
        stay.guests(),
        stay.rooms(),
        stay.plan().breakfast(),
        cancellableUntil(stay, world.clock().instant()),
        near.name(),
        hotel.metresTo(near),
        hotel.quietness(),
        hotel.score() / 10 + "." + hotel.score() % 10);
  }

  private Text policy(Stay stay) {
    var until = cancellableUntil(stay, world.clock().instant());
    if (until != null) {
      var moment = "%s %s".formatted(until.toLocalDate(), until.toLocalTime());
      return new Text(
          "Free cancellation until " + moment + ", after that the first night is kept.",
          moment + " 前可免费取消，之后收取首晚房费。");
    }
    return stay.plan().flexible()
        ? new Text("Cancellation keeps the first night.", "取消将收取首晚房费。")
        : new Text("Non-refundable.", "不可取消，不退款。");
  }
}
