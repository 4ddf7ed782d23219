package org.actsandbox.merchants.service;

import static org.actsandbox.merchants.order.ServiceOrders.INPUT;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.merchants.Disturbance;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.merchants.shelf.ListPager;
import org.actsandbox.merchants.shelf.PriceAdjustments;
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
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.Page;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Implements a seller agent. It sells results instead of goods, so it has no stock and takes
 * nothing back.
 */
public final class ServiceVertical implements Vertical {

  private static final Text CATEGORY = new Text("service", "服务");
  private static final Duration PRICE_VALIDITY = Duration.ofMinutes(30);

  private final MerchantProfile merchant;
  private final VerticalWorld world;
  private final ServiceCatalog serviceCatalog;
  private final PriceAdjustments priceAdjustments;
  private final ServiceClosures serviceClosures;

  private ServiceVertical(MerchantProfile merchant, VerticalWorld world) {
    this.merchant = merchant;
    this.world = world;
    this.serviceCatalog = ServiceCatalog.of(merchant, world);
    this.priceAdjustments = new PriceAdjustments(world, merchant.id(), "service_price_move");
    this.serviceClosures = new ServiceClosures(world, merchant.id());
  }

  /** Opens a seller agent; a {@link org.actsandbox.merchants.VerticalFactory}. */
  public static ServiceVertical open(MerchantProfile merchant, VerticalWorld world) {
    return new ServiceVertical(merchant, world);
  }

  /** Returns the services in the order of the catalog. */
  List<PaidService> services() {
    return serviceCatalog.all().stream().map(ServiceCatalog.PricedService::service).toList();
  }

  /**
   * Returns a service.
   *
   * @throws Refusal {@code not_found}
   */
  PaidService service(String id) {
    return requireService(id).service();
  }

  @Override
  public MerchantKind kind() {
    return MerchantKind.SERVICE;
  }

  @Override
  public Page<CatalogEntry> catalog(
      @Nullable String query, @Nullable String category, @Nullable String cursor, int limit) {
    var found =
        serviceCatalog.all().stream()
            .filter(each -> query == null || isAbout(each.service(), query))
            .filter(_ -> category == null || isCategory(category))
            .toList();
    return ListPager.page(found, cursor, limit, page -> page.stream().map(this::entry).toList());
  }

  @Override
  public Optional<CatalogEntry> item(String itemId) {
    return serviceCatalog.find(itemId).map(this::entry);
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
    var pricedService = requireService(offerId);
    if (serviceClosures.isClosed(offerId)) {
      throw new Refusal(Problem.SOLD_OUT, "the service is not offered at the moment")
          .at("service")
          .observed(offerId)
          .remedy("Ask another seller.");
    }
    var paidService = pricedService.service();
    var price = Money.fen(price(pricedService)).decimal();
    return new Offer(
        paidService.id(),
        paidService.id(),
        merchant.id(),
        merchant.did().value(),
        MerchantKind.SERVICE,
        paidService.name(),
        CATEGORY,
        1,
        List.of(new Offer.PriceLine("base", paidService.unit(), price)),
        price,
        Money.CNY.getCurrencyCode(),
        1,
        world.clock().instant().plus(PRICE_VALIDITY),
        "catalog/" + paidService.id(),
        new OfferDetails.Service(paidService.id(), paidService.unit()),
        new Text("A delivered result is not taken back.", "结果交付后不退款。"),
        null);
  }

  @Override
  public LineFacts facts(Offer offer) {
    return LineFacts.named(
        MerchantKind.SERVICE,
        List.of(offer.itemId(), offer.title().en(), offer.title().zh()),
        null);
  }

  @Override
  public Set<String> fulfilmentFields() {
    return Set.of(INPUT);
  }

  /**
   * Checks the input, so that a request that cannot be performed is refused before it is paid;
   * there is no stock to take.
   */
  @Override
  public void hold(String orderNo, List<CartRequest.Line> lines, Map<String, String> fulfilment) {
    if (lines.size() != 1) {
      throw new Refusal(Problem.CONSTRAINT_CONFLICT, "an order is for one service")
          .at("lines")
          .observed(lines.size() + " lines");
    }
    var offerId = lines.getFirst().offerId();
    offer(offerId);
    requireService(offerId).service().check(input(fulfilment));
  }

  @Override
  public void release(String orderNo) {
    // Nothing was taken.
  }

  @Override
  public Delivery delivery(Order order, Map<String, String> fulfilment) {
    var paidService = requireService(order.lines().getFirst().offerId()).service();
    if (serviceClosures.isClosed(paidService.id())) {
      throw new Refusal(Problem.FULFILMENT_FAILED, "the service stopped before it delivered")
          .at("service")
          .observed(paidService.id())
          .remedy("Do not pay again: the money goes back. Ask another seller.");
    }
    return new Delivery.Service(
        paidService.id(),
        paidService.name(),
        order.confirmedAt(),
        paidService.perform(input(fulfilment), order.confirmedAt()));
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
    var paidService = requireService(disturbance.target()).service();
    switch (disturbance) {
      case Disturbance.PriceMoved moved ->
          priceAdjustments.adjust(paidService.id(), paidService.id(), moved.change());
      case Disturbance.SoldOut _ -> serviceClosures.close(paidService.id());
      case Disturbance.StockSet set -> {
        if (set.left() > 0) {
          serviceClosures.reopen(paidService.id());
        } else {
          serviceClosures.close(paidService.id());
        }
      }
    }
  }

  private CatalogEntry entry(ServiceCatalog.PricedService pricedService) {
    var paidService = pricedService.service();
    return new CatalogEntry(
        paidService.id(),
        paidService.name(),
        CATEGORY,
        Money.fen(price(pricedService)).decimal(),
        Money.CNY.getCurrencyCode(),
        serviceClosures.isClosed(paidService.id()) ? Availability.SOLD_OUT : Availability.AVAILABLE,
        serviceClosures.isClosed(paidService.id()) ? 0 : null,
        world.clock().instant().plus(PRICE_VALIDITY),
        new Text(
            "At once, " + paidService.unit().en() + ".", "即时交付，" + paidService.unit().zh() + "。"),
        merchant.id(),
        "catalog/" + paidService.id(),
        paidService.about(),
        paidService.attributes());
  }

  private long price(ServiceCatalog.PricedService pricedService) {
    var id = pricedService.service().id();
    return priceAdjustments.activeFor(List.of(id)).apply(id, id, pricedService.fen());
  }

  private ServiceCatalog.PricedService requireService(String service) {
    return serviceCatalog
        .find(service)
        .orElseThrow(
            () ->
                new Refusal(Problem.NOT_FOUND, merchant.name().en() + " has no such service")
                    .at("service")
                    .expected(
                        String.join(
                            ", ",
                            serviceCatalog.all().stream()
                                .map(each -> each.service().id())
                                .toList()))
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

  private static boolean isAbout(PaidService paidService, String query) {
    var text =
        String.join(
                " ",
                paidService.id(),
                paidService.name().en(),
                paidService.name().zh(),
                paidService.about().en(),
                paidService.about().zh())
            .toLowerCase(Locale.ROOT);
    return List.of(query.toLowerCase(Locale.ROOT).split("\\s+")).stream().allMatch(text::contains);
  }

  private static boolean isCategory(String category) {
    return category.equalsIgnoreCase(CATEGORY.en()) || category.equals(CATEGORY.zh());
  }
}
