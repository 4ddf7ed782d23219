package org.actsandbox.merchants.toy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.merchants.Disturbance;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.PriceChange;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.protocol.commerce.Availability;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.CatalogEntry;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.LineFacts;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.SeatMap;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.Page;
import org.jspecify.annotations.Nullable;

/**
 * Sells tea, a cup and an item without a name. Offer ids name item and quantity: {@code tea.2} is
 * two of tea.
 */
class ToyVertical implements Vertical {

  static final int UNITS = 100;
  private static final Map<String, String> PRICES =
      Map.of("tea", "30.00", "cup", "12.50", "nameless", "1.00");

  private final MerchantProfile merchant;
  private final VerticalWorld world;

  ToyVertical(MerchantProfile merchant, VerticalWorld world) {
    this.merchant = merchant;
    this.world = world;
  }

  @Override
  public MerchantKind kind() {
    return MerchantKind.SHOP;
  }

  @Override
  public Page<CatalogEntry> catalog(
      @Nullable String query, @Nullable String category, @Nullable String cursor, int limit) {
    if (cursor != null) {
      throw new Refusal(Problem.INVALID_FIELD, "this is no cursor").at("cursor").observed(cursor);
    }
    return new Page<>(
        PRICES.keySet().stream()
            .filter(id -> query == null || query.equals(id))
            .filter(_ -> category == null || category.equals("toys"))
            .sorted()
            .limit(limit)
            .flatMap(id -> item(id).stream())
            .toList(),
        null);
  }

  @Override
  public Optional<CatalogEntry> item(String itemId) {
    return Optional.ofNullable(PRICES.get(itemId))
        .map(
            price ->
                new CatalogEntry(
                    itemId,
                    Text.untranslated(itemId),
                    Text.untranslated("toys"),
                    price,
                    "CNY",
                    Availability.AVAILABLE,
                    null,
                    null,
                    null,
                    merchant.id(),
                    "/catalog/" + itemId,
                    null,
                    null));
  }

  @Override
  public List<Offer> match(Need need, int limit) {
    if (!(need instanceof Need.Shop shop)) {
      throw new Refusal(Problem.NO_MATCH, "this merchant sells toys").at("kind");
    }
    return PRICES.keySet().stream()
        .filter(id -> shop.terms().equals("all") || shop.terms().equals(id))
        .sorted()
        .map(id -> offer(id + "." + shop.quantity()))
        .limit(limit)
        .toList();
  }

  @Override
  public LineFacts facts(Offer offer) {
    return LineFacts.named(MerchantKind.SHOP, List.of(offer.title().en()), null);
  }

  @Override
  public Offer offer(String offerId) {
    var parts = offerId.split("\\.", 2);
    if (parts.length != 2 || !PRICES.containsKey(parts[0])) {
      throw new Refusal(Problem.NOT_FOUND, "no such offer").at("offer_id").observed(offerId);
    }
    int quantity = Integer.parseInt(parts[1]);
    int left = left(parts[0]);
    if (left < quantity) {
      throw new Refusal(Problem.SOLD_OUT, parts[0] + " is sold out").at("offer_id");
    }
    var total = price(parts[0]).times(quantity);
    return new Offer(
        offerId,
        parts[0],
        merchant.id(),
        merchant.did().value(),
        MerchantKind.SHOP,
        Text.untranslated(parts[0].equals("nameless") ? "" : parts[0]),
        Text.untranslated("toys"),
        quantity,
        List.of(new Offer.PriceLine("base", Text.untranslated("price"), total.decimal())),
        total.decimal(),
        "CNY",
        left,
        world.clock().instant().plusSeconds(600),
        "/catalog/" + parts[0],
        new OfferDetails.Shop(
            Text.untranslated(parts[0]),
            Text.untranslated("plain"),
            "Toy",
            Map.of(),
            quantity,
            Text.untranslated("post"),
            OffsetDateTime.ofInstant(world.clock().instant(), ZoneOffset.UTC),
            "5.0"),
        null,
        null);
  }

  @Override
  public Set<String> fulfilmentFields() {
    return Set.of("ship_to");
  }

  @Override
  public void hold(String orderNo, List<CartRequest.Line> lines, Map<String, String> fulfilment) {
    for (var line : lines) {
      var offer = offer(line.offerId());
      if (line.quantity() != offer.quantity()) {
        throw new Refusal(Problem.CONSTRAINT_CONFLICT, "the offer is for another quantity")
            .at("lines.quantity");
      }
      var item = offer.itemId();
      stock(item);
      int taken =
          world
              .jdbc()
              .sql(
                  """
                  update toy_stock set units = units - ?
                  where world = ? and merchant = ? and item = ? and units >= ?
                  """)
              .params(line.quantity(), world.partition(), merchant.id(), item, line.quantity())
              .update();
      if (taken == 0) {
        throw new Refusal(Problem.SOLD_OUT, item + " is sold out").at("lines.offer_id");
      }
      world
          .jdbc()
          .sql("insert into toy_hold values (?, ?, ?, ?, ?)")
          .params(world.partition(), merchant.id(), orderNo, item, line.quantity())
          .update();
    }
  }

  @Override
  public void release(String orderNo) {
    world
        .jdbc()
        .sql(
            """
            update toy_stock s set units = units + (select quantity from toy_hold h
              where h.world = s.world and h.merchant = s.merchant and h.item = s.item
                and h.order_no = ?)
            where world = ? and merchant = ? and item in (select item from toy_hold
              where world = ? and merchant = ? and order_no = ?)
            """)
        .params(
            orderNo, world.partition(), merchant.id(), world.partition(), merchant.id(), orderNo)
        .update();
    world
        .jdbc()
        .sql("delete from toy_hold where world = ? and merchant = ? and order_no = ?")
        .params(world.partition(), merchant.id(), orderNo)
        .update();
  }

  @Override
  public Delivery delivery(Order order, Map<String, String> fulfilment) {
    return new Delivery.Shop(
        order.lines().stream()
            .map(
                line ->
                    new Delivery.Item(line.title(), Text.untranslated("plain"), line.quantity()))
            .toList(),
        fulfilment.getOrDefault("ship_to", "home"),
        OffsetDateTime.ofInstant(order.confirmedAt(), ZoneOffset.UTC).plusDays(2),
        "P-" + order.orderNo());
  }

  /** Gives everything back for an hour, half for a day, then nothing. */
  @Override
  public Money refundable(Order order, Instant now) {
    var total = Money.of(order.total(), order.currency());
    if (now.isBefore(order.confirmedAt().plusSeconds(3600))) {
      return total;
    }
    return now.isBefore(order.confirmedAt().plusSeconds(86_400))
        ? total.percent(BigDecimal.valueOf(50))
        : Money.zero(total.currency());
  }

  @Override
  public Optional<SeatMap> seatMap(String offerId, @Nullable String carriage) {
    return Optional.empty();
  }

  @Override
  public void disturb(Disturbance disturbance) {
    switch (disturbance) {
      case Disturbance.PriceMoved(var target, var change) ->
          set(target, "percent", change.percent());
      case Disturbance.SoldOut(var target) -> set(target, "units", 0);
      case Disturbance.StockSet(var target, int left) -> set(target, "units", left);
    }
  }

  private void set(String target, String column, Number value) {
    var item = target.split("\\.", 2)[0];
    stock(item);
    world
        .jdbc()
        .sql(
            "update toy_stock set %s = ? where world = ? and merchant = ? and item = ?"
                .formatted(column))
        .params(value, world.partition(), merchant.id(), item)
        .update();
  }

  private void stock(String item) {
    world
        .jdbc()
        .sql(
            """
            insert into toy_stock (world, merchant, item, units) values (?, ?, ?, ?)
            on conflict do nothing
            """)
        .params(world.partition(), merchant.id(), item, UNITS)
        .update();
  }

  int left(String item) {
    return number(item, "units").map(BigDecimal::intValueExact).orElse(UNITS);
  }

  private Money price(String item) {
    var base = Money.yuan(String.valueOf(PRICES.get(item)));
    var change = PriceChange.of(number(item, "percent").orElse(BigDecimal.ZERO));
    return Money.fen(change.applyTo(base.minorUnits()));
  }

  private Optional<BigDecimal> number(String item, String column) {
    return world
        .jdbc()
        .sql(
            "select %s from toy_stock where world = ? and merchant = ? and item = ?"
                .formatted(column))
        .params(world.partition(), merchant.id(), item)
        .query((row, _) -> row.getBigDecimal(1))
        .optional();
  }
}
