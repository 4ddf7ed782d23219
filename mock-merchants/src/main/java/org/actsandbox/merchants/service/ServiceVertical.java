package org.actsandbox.merchants.service;

import static org.actsandbox.merchants.order.ServiceRequests.INPUT;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.merchants.Disturbance;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.merchants.service.Assortment.Sold;
import org.actsandbox.merchants.shelf.PriceMoves;
import org.actsandbox.merchants.shelf.Slice;
import org.actsandbox.protocol.commerce.Availability;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.CatalogEntry;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.Kind;
import org.actsandbox.protocol.commerce.LineFacts;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.Page;
import org.actsandbox.protocol.commerce.SeatMap;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A seller agent: results instead of goods, so nothing is in stock and nothing comes back. */
public final class ServiceVertical implements Vertical {

  private static final Text CATEGORY = new Text("service", "服务");
  private static final Duration PRICE_HOLDS = Duration.ofMinutes(30);

  private final MerchantProfile merchant;
  private final VerticalWorld world;
  private final Assortment assortment;
  private final PriceMoves moves;
  private final Closures closures;

  private ServiceVertical(MerchantProfile merchant, VerticalWorld world) {
    this.merchant = merchant;
    this.world = world;
    this.assortment = Assortment.of(merchant, world);
    this.moves = new PriceMoves(world, merchant.id(), "service_price_move");
    this.closures = new Closures(world, merchant.id());
  }

  /** A {@link org.actsandbox.merchants.VerticalFactory}. */
  public static ServiceVertical open(MerchantProfile merchant, VerticalWorld world) {
    return new ServiceVertical(merchant, world);
  }

  @Override
  public Kind kind() {
    return Kind.SERVICE;
  }

  @Override
  public Page<CatalogEntry> catalog(
      @Nullable String query, @Nullable String category, @Nullable String cursor, int limit) {
    var found =
        assortment.all().stream()
            .filter(each -> query == null || isAbout(each.service(), query))
            .filter(_ -> category == null || isCategory(category))
            .toList();
    return Slice.of(found, cursor, limit, page -> page.stream().map(this::entry).toList());
  }

  @Override
  public Optional<CatalogEntry> item(String itemId) {
    return assortment.find(itemId).map(this::entry);
  }

  @Override
  public List<Offer> match(Need need, int limit) {
    throw new Refusal(Problem.NO_MATCH, "services are asked directly, not by an intent")
        .at("context.explicit_needs[0].kind")
        .observed(need.kindOf().code())
        .remedy("POST a signed request to services/{id}; the catalog lists them.");
  }

  @Override
  public Offer offer(String offerId) {
    var sold = sold(offerId);
    if (closures.isClosed(offerId)) {
      throw new Refusal(Problem.SOLD_OUT, "the service is not offered at the moment")
          .at("service")
          .observed(offerId)
          .remedy("Ask another seller.");
    }
    var service = sold.service();
    var price = Money.fen(price(sold)).decimal();
    return new Offer(
        service.id(),
        service.id(),
        merchant.id(),
        merchant.did().value(),
        Kind.SERVICE,
        service.name(),
        CATEGORY,
        1,
        List.of(new Offer.PriceLine("base", service.unit(), price)),
        price,
        Money.CNY.getCurrencyCode(),
        1,
        world.clock().instant().plus(PRICE_HOLDS),
        "catalog/" + service.id(),
        new OfferDetails.Service(service.id(), service.unit()),
        new Text("A delivered result is not taken back.", "结果交付后不退款。"),
        null);
  }

  @Override
  public LineFacts facts(Offer offer) {
    return LineFacts.named(
        Kind.SERVICE, List.of(offer.itemId(), offer.title().en(), offer.title().zh()), null);
  }

  /** Nothing is taken from a shelf; a request nobody could work on is refused unpaid. */
  @Override
  public void hold(String orderNo, List<CartRequest.Line> lines, Map<String, String> fulfilment) {
    if (lines.size() != 1) {
      throw new Refusal(Problem.CONSTRAINT_CONFLICT, "an order is for one service")
          .at("lines")
          .observed(lines.size() + " lines");
    }
    var offerId = lines.getFirst().offerId();
    offer(offerId);
    sold(offerId).service().check(input(fulfilment));
  }

  @Override
  public void release(String orderNo) {
    // Nothing was taken.
  }

  @Override
  public Delivery delivery(Order order, Map<String, String> fulfilment) {
    var service = sold(order.lines().getFirst().offerId()).service();
    if (closures.isClosed(service.id())) {
      throw new Refusal(Problem.FULFILMENT_FAILED, "the service stopped before it delivered")
          .at("service")
          .observed(service.id())
          .remedy("Do not pay again: the money goes back. Ask another seller.");
    }
    return new Delivery.Service(
        service.id(),
        service.name(),
        order.confirmedAt(),
        service.perform(input(fulfilment), order.confirmedAt()));
  }

  @Override
  public Money refundable(Order order, Instant now) {
    return Money.of(order.total(), order.currency());
  }

  @Override
  public boolean takesBackDelivered() {
    return false;
  }

  @Override
  public Optional<SeatMap> seatMap(String offerId, @Nullable String carriage) {
    return Optional.empty();
  }

  @Override
  public void disturb(Disturbance disturbance) {
    var service = sold(disturbance.target()).service();
    switch (disturbance) {
      case Disturbance.PriceMoved moved -> moves.move(service.id(), service.id(), moved.percent());
      case Disturbance.SoldOut _ -> closures.close(service.id());
      case Disturbance.StockSet set -> {
        if (set.left() > 0) {
          closures.reopen(service.id());
        } else {
          closures.close(service.id());
        }
      }
    }
  }

  private CatalogEntry entry(Sold sold) {
    var service = sold.service();
    return new CatalogEntry(
        service.id(),
        service.name(),
        CATEGORY,
        Money.fen(price(sold)).decimal(),
        Money.CNY.getCurrencyCode(),
        closures.isClosed(service.id()) ? Availability.SOLD_OUT : Availability.AVAILABLE,
        closures.isClosed(service.id()) ? 0 : null,
        world.clock().instant().plus(PRICE_HOLDS),
        new Text("At once, " + service.unit().en() + ".", "即时交付，" + service.unit().zh() + "。"),
        merchant.id(),
        "catalog/" + service.id(),
        service.about(),
        service.attributes());
  }

  private long price(Sold sold) {
    var id = sold.service().id();
    return moves.of(List.of(id)).apply(id, id, sold.fen());
  }

  private Sold sold(String service) {
    return assortment
        .find(service)
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, merchant.name().en() + " has no such service")
                    .at("service")
                    .expected(
                        String.join(
                            ", ",
                            assortment.all().stream().map(each -> each.service().id()).toList()))
                    .observed(service));
  }

  private static JsonNode input(Map<String, String> fulfilment) {
    var input = fulfilment.getOrDefault(INPUT, "");
    try {
      return Json.parse(input);
    } catch (JacksonException notJson) {
      throw new Refusal(Problem.INVALID_FIELD, "there is nothing to work on")
          .at("fulfilment." + INPUT)
          .expected("the input of the service, as JSON text");
    }
  }

  private static boolean isAbout(Service service, String query) {
    var text =
        String.join(
                " ",
                service.id(),
                service.name().en(),
                service.name().zh(),
                service.about().en(),
                service.about().zh())
            .toLowerCase(Locale.ROOT);
    return List.of(query.toLowerCase(Locale.ROOT).split("\\s+")).stream().allMatch(text::contains);
  }

  private static boolean isCategory(String category) {
    return category.equalsIgnoreCase(CATEGORY.en()) || category.equals(CATEGORY.zh());
  }
}
