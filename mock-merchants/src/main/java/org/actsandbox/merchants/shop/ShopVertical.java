package org.actsandbox.merchants.shop;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
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
 * Implements the shops: luma-mart with member prices, bazaar88 with coupons and express shipping.
 */
public final class ShopVertical implements Vertical {

  private static final int MAX_LINES = 20;
  private static final int MAX_UNITS = 100_000;
  private static final String SHIP_TO = "ship_to";

  /**
   * The form of an alias such as "home": letters, digits, blanks and hyphens, so that no full
   * address is sent.
   */
  private static final Pattern ALIAS = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} _-]{0,39}");

  private final ShopBusiness business;
  private final ShopSearch search;
  private final ShopCatalog catalog;
  private final ZoneId zone;

  private ShopVertical(MerchantProfile merchant, VerticalWorld world) {
    this.business = new ShopBusiness(merchant, world);
    this.search = new ShopSearch(business);
    this.catalog = new ShopCatalog(business);
    this.zone = world.zone();
  }

  /** Opens a shop; a {@link org.actsandbox.merchants.VerticalFactory}. */
  public static ShopVertical open(MerchantProfile merchant, VerticalWorld world) {
    return new ShopVertical(merchant, world);
  }

  @Override
  public MerchantKind kind() {
    return MerchantKind.SHOP;
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
    if (need instanceof Need.Shop shop) {
      ShopNeedCheck.checkValues(shop, mistakes);
    }
  }

  @Override
  public List<Offer> match(Need need, int limit) {
    if (need instanceof Need.Shop shop) {
      return search.find(shop, limit);
    }
    throw new Refusal(Problem.NO_MATCH, business.merchant().name().en() + " sells goods only")
        .at(ShopNeedCheck.PATH + ".kind")
        .expected("shop")
        .observed(need.kindOf().code())
        .remedy("Ask a merchant of that kind.");
  }

  @Override
  public Offer offer(String offerId) {
    var selection = requireSelection(offerId);
    int free =
        business
            .stock()
            .free(List.of(selection.product()))
            .of(selection.product(), selection.variant());
    if (free < selection.quantity()) {
      throw soldOut(selection, selection.quantity());
    }
    return business.offer(selection, business.price(selection), free);
  }

  @Override
  public LineFacts facts(Offer offer) {
    return requireSelection(offer.offerId()).facts();
  }

  @Override
  public Set<String> fulfilmentFields() {
    return Set.of(SHIP_TO);
  }

  @Override
  public void hold(String orderNo, List<CartRequest.Line> lines, Map<String, String> fulfilment) {
    if (lines.isEmpty() || lines.size() > MAX_LINES) {
      throw new Refusal(Problem.CONSTRAINT_CONFLICT, "an order has 1 to " + MAX_LINES + " lines")
          .at("lines")
          .observed(lines.size() + " lines");
    }
    shipTo(fulfilment);
    var wanted = new TreeMap<String, Integer>();
    for (CartRequest.Line line : lines) {
      var selection = requireSelection(line.offerId());
      if (line.quantity() != selection.quantity()) {
        throw new Refusal(Problem.CONSTRAINT_CONFLICT, "the offer is for another quantity")
            .at("lines.quantity")
            .expected(String.valueOf(selection.quantity()))
            .observed(String.valueOf(line.quantity()))
            .remedy("Send the offer's quantity, or ask for an offer of as many.");
      }
      wanted.merge(selection.key(), selection.quantity(), Integer::sum);
    }
    for (String variant : business.stock().take(orderNo, wanted)) {
      lines.stream()
          .map(line -> requireSelection(line.offerId()))
          .filter(selection -> selection.key().equals(variant))
          .findFirst()
          .ifPresent(
              selection -> {
                throw soldOut(selection, wanted.getOrDefault(variant, selection.quantity()));
              });
    }
  }

  @Override
  public void release(String orderNo) {
    business.stock().release(orderNo);
  }

  @Override
  public Delivery delivery(Order order, Map<String, String> fulfilment) {
    var items =
        ordered(order).stream()
            .map(
                selection ->
                    new Delivery.Item(
                        selection.product().name(),
                        selection.variant().label(),
                        selection.quantity()))
            .toList();
    return new Delivery.Shop(
        items,
        shipTo(fulfilment),
        promised(order).toOffsetDateTime(),
        "SB" + (100_000_000 + SeededRandom.STATIC.below("parcel" + order.orderNo(), 900_000_000)));
  }

  /**
   * Gives everything back until the parcel leaves, a day before it is due; after that the total
   * without shipping.
   */
  @Override
  public Money refundable(Order order, Instant now) {
    var total = Money.of(order.total(), order.currency());
    if (now.isBefore(promised(order).minusDays(1).toInstant())) {
      return total;
    }
    var shipping =
        order.price().stream()
            .filter(line -> line.type().equals("shipping"))
            .map(line -> new BigDecimal(line.amount()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    var kept = Money.of(shipping.max(BigDecimal.ZERO), total.currency());
    return kept.moreThan(total) ? Money.zero(total.currency()) : total.minus(kept);
  }

  @Override
  public Optional<SeatMap> seatMap(String offerId, @Nullable String carriage) {
    return Optional.empty();
  }

  @Override
  public void disturb(Disturbance disturbance) {
    switch (disturbance) {
      case Disturbance.PriceMoved moved -> {
        var selection = find(moved.target());
        var product =
            selection.map(ProductSelection::product).orElseGet(() -> product(moved.target()));
        business
            .priceAdjustments()
            .adjust(
                product.id(),
                selection.map(ProductSelection::key).orElse(product.id()),
                moved.change());
      }
      case Disturbance.SoldOut gone -> setFreeUnits(gone.target(), 0);
      case Disturbance.StockSet set -> setFreeUnits(set.target(), set.left());
    }
  }

  /** Sets the free units of an offer's variant, or of every variant of a product. */
  private void setFreeUnits(String target, int left) {
    if (left < 0 || left > MAX_UNITS) {
      throw new Refusal(Problem.INVALID_FIELD, "that many units cannot be left")
          .at("left")
          .expected("0 to " + MAX_UNITS)
          .observed(String.valueOf(left));
    }
    var selection = find(target);
    if (selection.isPresent()) {
      business.stock().set(selection.get().key(), left);
      return;
    }
    var product = product(target);
    product.variants().forEach(variant -> business.stock().set(product.key(variant), left));
  }

  /** Returns the delivery time of the slowest line, because a parcel leaves when it is complete. */
  private ZonedDateTime promised(Order order) {
    var confirmed = order.confirmedAt().atZone(zone);
    return ordered(order).stream()
        .map(selection -> business.pricing().promised(selection, confirmed))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private List<ProductSelection> ordered(Order order) {
    return order.lines().stream()
        .map(
            line ->
                find(line.offerId())
                    .orElseThrow(
                        () ->
                            new IllegalStateException(
                                order.orderNo() + " is for unknown " + line.offerId())))
        .toList();
  }

  private Optional<ProductSelection> find(String offerId) {
    return ProductSelection.of(
        offerId, business.merchant().id(), business.shippingOptions().contains(Shipping.EXPRESS));
  }

  private ProductSelection requireSelection(String offerId) {
    return find(offerId).orElseThrow(() -> unknown(offerId));
  }

  private Product product(String target) {
    return Products.ALL.byId(target).orElseThrow(() -> unknown(target));
  }

  private static String shipTo(Map<String, String> fulfilment) {
    var alias = fulfilment.getOrDefault(SHIP_TO, "home");
    if (!ALIAS.matcher(alias).matches()) {
      throw new Refusal(Problem.INVALID_FIELD, "ship_to names an address, it is not one")
          .at("fulfilment." + SHIP_TO)
          .expected("an alias such as home, at most 40 letters and digits")
          .remedy("Send the alias; the address itself stays with the principal.");
    }
    return alias;
  }

  private Refusal unknown(String id) {
    return new Refusal(Problem.NOT_FOUND, business.merchant().name().en() + " has no such offer")
        .at("offer_id")
        .observed(id)
        .remedy("Search again, or look into the catalog.");
  }

  private Refusal soldOut(ProductSelection selection, int wanted) {
    var product = selection.product();
    var freeUnits = business.stock().free(List.of(product));
    int left = freeUnits.of(product, selection.variant());
    var remedy =
        product.variants().stream()
            .filter(variant -> !variant.equals(selection.variant()))
            .filter(variant -> freeUnits.of(product, variant) >= wanted)
            .findFirst()
            .map(variant -> "It is still there in " + variant.label().en() + ".")
            .orElse("Search again: similar products may be there.");
    return new Refusal(
            Problem.SOLD_OUT,
            "there are not %d left of %s, %s"
                .formatted(wanted, product.name().en(), selection.variant().label().en()))
        .at("offer_id")
        .expected(wanted + " free")
        .observed(left + " free")
        .remedy(remedy);
  }
}
