package org.actsandbox.merchants.train;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.merchants.Disturbance;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.merchants.VerticalFactory;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.merchants.train.seat.HeldSeats;
import org.actsandbox.merchants.train.seat.SeatMasks;
import org.actsandbox.merchants.train.timetable.Timetable;
import org.actsandbox.merchants.train.timetable.Train;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.CatalogEntry;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.LineFacts;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.SeatMap;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.MistakeCollector;
import org.actsandbox.protocol.wire.Page;
import org.jspecify.annotations.Nullable;

/** Implements the rail merchants, which sell train tickets. One order is one train. */
public final class TrainVertical implements Vertical {

  static final int MAX_OFFERS = 50;
  private static final String SEAT = "seat";

  private final RailBusiness railBusiness;
  private final TrainOffers trainOffers;
  private final TrainSearch search;
  private final SoldOutAlternatives soldOutAlternatives;
  private final TrainCatalog catalog;
  private final SeatStockChanges stock;

  private TrainVertical(RailBusiness railBusiness) {
    this.railBusiness = railBusiness;
    trainOffers = new TrainOffers(railBusiness);
    search = new TrainSearch(railBusiness, trainOffers);
    soldOutAlternatives = new SoldOutAlternatives(railBusiness, search);
    catalog = new TrainCatalog(railBusiness);
    stock = new SeatStockChanges(railBusiness);
  }

  /** Returns the factory for the merchants {@code raileast} and {@code gotrip-rail}. */
  public static VerticalFactory factory() {
    return TrainVertical::open;
  }

  private static Vertical open(MerchantProfile merchant, VerticalWorld world) {
    return new TrainVertical(RailBusiness.open(merchant, world, Timetable.shared()));
  }

  @Override
  public MerchantKind kind() {
    return MerchantKind.TRAIN;
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
    if (need instanceof Need.Train train) {
      CheckedTrainNeed.checkValues(train, mistakes);
    }
  }

  @Override
  public List<Offer> match(Need need, int limit) {
    if (!(need instanceof Need.Train train)) {
      throw new Refusal(Problem.INTENT_MALFORMED, "this merchant sells train tickets")
          .at(CheckedTrainNeed.PATH + ".kind")
          .expected("train")
          .observed(need.kindOf().code());
    }
    if (limit < 1 || limit > MAX_OFFERS) {
      throw new Refusal(Problem.INTENT_MALFORMED, "too few or too many offers are asked for")
          .at("limit")
          .expected("1 to " + MAX_OFFERS)
          .observed(String.valueOf(limit));
    }
    return search.match(CheckedTrainNeed.of(train, railBusiness), limit);
  }

  @Override
  public Offer offer(String offerId) {
    var id = trainOffers.requireCurrent(offerId);
    var left = railBusiness.seats(id.run()).count(id.seatClass(), id.ride().segments());
    if (left.of(id.position()) < id.passengers()) {
      throw soldOutAlternatives.soldOut(id);
    }
    return trainOffers.offer(id, left, null);
  }

  @Override
  public LineFacts facts(Offer offer) {
    return trainOffers.facts(trainOffers.read(offer.offerId()));
  }

  @Override
  public Text lineTitle(Offer offer, Map<String, String> fulfilment) {
    var picked = fulfilment.get(SEAT);
    if (picked == null || picked.isBlank()) {
      return offer.title();
    }
    var id = trainOffers.read(offer.offerId());
    return TrainOffers.titleWithSeats(id, PickedSeats.parse(picked, id));
  }

  @Override
  public Set<String> fulfilmentFields() {
    return Set.of(SEAT);
  }

  @Override
  public void hold(String orderNo, List<CartRequest.Line> lines, Map<String, String> fulfilment) {
    if (lines.size() != 1) {
      throw new Refusal(Problem.CONSTRAINT_CONFLICT, "one order is one train")
          .at("lines")
          .expected("1 line")
          .observed(lines.size() + " lines")
          .remedy("Confirm one cart for each train.");
    }
    var line = lines.getFirst();
    var id = trainOffers.requireCurrent(line.offerId());
    if (line.quantity() != id.passengers()) {
      throw new Refusal(Problem.CONSTRAINT_CONFLICT, "the offer is for another number of people")
          .at("lines[0].quantity")
          .expected(String.valueOf(id.passengers()))
          .observed(String.valueOf(line.quantity()));
    }
    railBusiness
        .seatHolds()
        .hold(orderNo, id.run(), heldSeats -> choose(id, heldSeats, fulfilment.get(SEAT)));
  }

  private SeatMasks choose(TrainOfferId id, HeldSeats heldSeats, @Nullable String picked) {
    var runSeats = railBusiness.seats(id.run(), heldSeats.masks());
    List<Integer> chosen =
        picked == null || picked.isBlank()
            ? SeatChoice.choose(runSeats, id).orElseThrow(() -> soldOutAlternatives.soldOut(id))
            : PickedSeats.choose(picked, runSeats, id);
    return SeatMasks.of(chosen, id.ride().segments());
  }

  @Override
  public void release(String orderNo) {
    railBusiness.seatHolds().release(orderNo, railBusiness.timetable());
  }

  @Override
  public Delivery delivery(Order order, Map<String, String> fulfilment) {
    var id = trainOffers.read(order.lines().getFirst().offerId());
    var seats =
        railBusiness
            .seatHolds()
            .seats(order.orderNo())
            .orElseThrow(
                () ->
                    new Refusal(Problem.HOLD_EXPIRED, "the order holds no seats any more")
                        .at("order_no")
                        .observed(order.orderNo()));
    var trainComposition = id.train().composition();
    var zone = railBusiness.world().zone();
    return new Delivery.Train(
        id.train().number(),
        id.ride().from().station().name(),
        id.ride().to().station().name(),
        id.ride().departs(id.boarding(), zone),
        id.ride().arrives(id.boarding(), zone),
        id.seatClass().code(),
        seats.stream()
            .map(
                seat ->
                    new Delivery.Seat(
                        trainComposition.carriage(seat).label(),
                        trainComposition.seatLabel(seat),
                        trainComposition.position(seat).code()))
            .toList());
  }

  @Override
  public Money refundable(Order order, Instant now) {
    var fee =
        order.price().stream()
            .filter(line -> line.type().equals("fee"))
            .map(line -> new BigDecimal(line.amount()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    var total = Money.of(order.total(), order.currency());
    var id = trainOffers.read(order.lines().getFirst().offerId());
    return trainOffers.refundable(id, total, Money.of(fee, total.currency()), now);
  }

  @Override
  public Optional<SeatMap> seatMap(String offerId, @Nullable String carriage) {
    var id = trainOffers.requireCurrent(offerId);
    return Optional.of(SeatMapBuilder.build(railBusiness.seats(id.run()), id, carriage));
  }

  @Override
  public void disturb(Disturbance disturbance) {
    var target = disturbance.target();
    var train = catalog.train(target);
    var id = train.isPresent() ? null : trainOffers.requireCurrent(target);
    switch (disturbance) {
      case Disturbance.PriceMoved moved ->
          railBusiness
              .priceAdjustments()
              .adjust(id == null ? train.orElseThrow().number() : id.stretchKey(), moved.change());
      case Disturbance.SoldOut _ -> setFreeSeats(id, train, 0);
      case Disturbance.StockSet set -> setFreeSeats(id, train, requireNotNegative(set.left()));
    }
  }

  private void setFreeSeats(@Nullable TrainOfferId id, Optional<Train> train, int left) {
    if (id == null) {
      stock.set(train.orElseThrow(), left);
    } else {
      stock.set(id, left);
    }
  }

  private static int requireNotNegative(int left) {
    if (left < 0) {
      throw new Refusal(Problem.INVALID_FIELD, "stock cannot be negative")
          .at("left")
          .expected("0 or more")
          .observed(String.valueOf(left));
    }
    return left;
  }
}
