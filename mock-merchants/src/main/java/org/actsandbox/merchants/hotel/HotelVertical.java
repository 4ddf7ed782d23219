package org.actsandbox.merchants.hotel;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.merchants.Disturbance;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.merchants.shelf.SeededRandom;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.CatalogEntry;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.LineFacts;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.SeatMap;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.Page;
import org.jspecify.annotations.Nullable;

/**
 * Implements the hotel platforms: stayhub sells for the hotels, gotrip-hotels resells with a fee.
 */
public final class HotelVertical implements Vertical {

  private static final int MAX_ROOMS = 1_000;

  private final HotelBusiness business;
  private final StaySearch search;
  private final HotelCatalog catalog;
  private final ZoneId zone;

  private HotelVertical(MerchantProfile merchant, VerticalWorld world) {
    this.business = new HotelBusiness(merchant, world);
    this.search = new StaySearch(business);
    this.catalog = new HotelCatalog(business);
    this.zone = world.zone();
  }

  /** Opens a hotel platform; a {@link org.actsandbox.merchants.VerticalFactory}. */
  public static HotelVertical open(MerchantProfile merchant, VerticalWorld world) {
    return new HotelVertical(merchant, world);
  }

  @Override
  public MerchantKind kind() {
    return MerchantKind.HOTEL;
  }

  @Override
  public Page<CatalogEntry> catalog(
      @Nullable String query, @Nullable String category, @Nullable String cursor, int limit) {
    return catalog.page(query, category, cursor, limit);
  }

  @Override
  public Optional<CatalogEntry> item(String itemId) {
    return catalog.item(itemId);
  }

  @Override
  public void checkNeed(Need need, MistakeCollector mistakes) {
    if (need instanceof Need.Hotel hotel) {
      HotelNeedCheck.checkValues(hotel, mistakes);
    }
  }

  @Override
  public List<Offer> match(Need need, int limit) {
    if (need instanceof Need.Hotel hotel) {
      return search.find(hotel, limit);
    }
    throw new Refusal(Problem.NO_MATCH, business.merchant().name().en() + " sells hotel stays only")
        .at("context.explicit_needs[0].kind")
        .expected("hotel")
        .observed(need.kindOf().code())
        .remedy("Ask a merchant of that kind.");
  }

  @Override
  public Offer offer(String offerId) {
    var stay = stay(offerId);
    int free = free(stay);
    if (free < stay.rooms()) {
      throw soldOut(stay, free);
    }
    return business.offer(stay, business.price(stay), free, null);
  }

  @Override
  public LineFacts facts(Offer offer) {
    return business.facts(stay(offer.offerId()));
  }

  @Override
  public void hold(String orderNo, List<CartRequest.Line> lines, Map<String, String> fulfilment) {
    if (lines.size() != 1) {
      throw new Refusal(Problem.CONSTRAINT_CONFLICT, "an order is for one stay")
          .at("lines")
          .expected("1 line")
          .observed(lines.size() + " lines")
          .remedy("Confirm a cart for each stay.");
    }
    var stay = stay(lines.getFirst().offerId());
    if (lines.getFirst().quantity() != stay.rooms()) {
      throw new Refusal(Problem.CONSTRAINT_CONFLICT, "the offer is for another number of rooms")
          .at("lines[0].quantity")
          .expected(String.valueOf(stay.rooms()))
          .observed(String.valueOf(lines.getFirst().quantity()))
          .remedy("Send the offer's quantity, or ask for an offer with as many rooms.");
    }
    if (business.roomNights().take(orderNo, stay).isPresent()) {
      throw soldOut(stay, 0);
    }
  }

  @Override
  public void release(String orderNo) {
    business.roomNights().release(orderNo);
  }

  @Override
  public Delivery delivery(Order order, Map<String, String> fulfilment) {
    var stay = stayOf(order);
    return new Delivery.Hotel(
        stay.hotel().name(),
        stay.hotel().city().name(),
        stay.room().name(),
        stay.checkIn(),
        stay.checkOut(),
        stay.nights(),
        stay.guests(),
        stay.plan().breakfast(),
        business.cancellableUntil(stay, order.confirmedAt()),
        "C" + (10_000_000 + SeededRandom.STATIC.below("stay" + order.orderNo(), 90_000_000)));
  }

  @Override
  public Money refundable(Order order, Instant now) {
    return StayRefundRules.refundable(order, stayOf(order), now, zone);
  }

  @Override
  public boolean takesDeposits() {
    return true;
  }

  @Override
  public Optional<Instant> depositReturn(String offerId) {
    return Stay.of(offerId, business.merchant().id())
        .map(stay -> stay.checkOut().atTime(Hotel.CHECK_OUT).atZone(zone).toInstant());
  }

  @Override
  public Optional<SeatMap> seatMap(String offerId, @Nullable String carriage) {
    return Optional.empty();
  }

  @Override
  public void disturb(Disturbance disturbance) {
    switch (disturbance) {
      case Disturbance.PriceMoved moved -> {
        var stay = Stay.of(moved.target(), business.merchant().id());
        var hotel = stay.map(Stay::hotel).orElseGet(() -> hotel(moved.target()));
        business
            .priceAdjustments()
            .adjust(hotel.id(), stay.map(Stay::adjustmentKey).orElse(hotel.id()), moved.change());
      }
      case Disturbance.SoldOut gone -> setFreeRooms(gone.target(), 0);
      case Disturbance.StockSet set -> setFreeRooms(set.target(), set.left());
    }
  }

  /**
   * Sets the free rooms of an offer's nights, or of every room and night of a hotel that can still
   * be booked.
   */
  private void setFreeRooms(String target, int left) {
    if (left < 0 || left > MAX_ROOMS) {
      throw new Refusal(Problem.INVALID_FIELD, "that many rooms cannot be left")
          .at("left")
          .expected("0 to " + MAX_ROOMS)
          .observed(String.valueOf(left));
    }
    var stay = Stay.of(target, business.merchant().id());
    if (stay.isPresent()) {
      var booked = stay.get();
      booked
          .dates()
          .forEach(night -> business.roomNights().set(booked.hotel(), booked.room(), night, left));
      return;
    }
    var hotel = hotel(target);
    var nights =
        business.today().datesUntil(business.lastCheckIn().plusDays(Stay.MAX_NIGHTS)).toList();
    for (RoomType room : hotel.rooms()) {
      for (LocalDate night : nights) {
        business.roomNights().set(hotel, room, night, left);
      }
    }
  }

  private int free(Stay stay) {
    return business
        .roomNights()
        .free(stay.hotel().city(), stay.checkIn(), stay.checkOut())
        .of(stay.hotel(), stay.room(), stay.dates());
  }

  private Stay stay(String offerId) {
    var stay = Stay.of(offerId, business.merchant().id()).orElseThrow(() -> unknown(offerId));
    if (stay.checkIn().isBefore(business.today())
        || stay.checkIn().isAfter(business.lastCheckIn())) {
      throw new Refusal(Problem.OFFER_EXPIRED, "that night cannot be booked any more, or not yet")
          .at("offer_id")
          .expected("check-in from " + business.today() + " to " + business.lastCheckIn())
          .observed(stay.checkIn().toString())
          .remedy("Search again for another date.");
    }
    return stay;
  }

  private Stay stayOf(Order order) {
    return Stay.of(order.lines().getFirst().offerId(), business.merchant().id())
        .orElseThrow(() -> new IllegalStateException(order.orderNo() + " is for no known stay"));
  }

  private Hotel hotel(String target) {
    return Hotels.ALL.byId(target).orElseThrow(() -> unknown(target));
  }

  private Refusal unknown(String id) {
    return new Refusal(Problem.NOT_FOUND, business.merchant().name().en() + " has no such offer")
        .at("offer_id")
        .observed(id)
        .remedy("Search again, or look into the catalog.");
  }

  private Refusal soldOut(Stay stay, int free) {
    var freeRooms =
        business.roomNights().free(stay.hotel().city(), stay.checkIn(), stay.checkOut());
    var remedy =
        stay.hotel().rooms().stream()
            .filter(room -> !room.equals(stay.room()))
            .filter(room -> room.guests() * stay.rooms() >= stay.guests())
            .filter(room -> freeRooms.of(stay.hotel(), room, stay.dates()) >= stay.rooms())
            .findFirst()
            .map(room -> "The house still has its " + room.name().en() + "; search again.")
            .orElse("Search again: other houses in the city may have rooms.");
    return new Refusal(
            Problem.SOLD_OUT,
            "%s at %s is not free for all of these nights"
                .formatted(stay.room().name().en(), stay.hotel().name().en()))
        .at("offer_id")
        .expected(stay.rooms() + " free in every night from " + stay.checkIn())
        .observed(free + " free")
        .remedy(remedy);
  }
}
