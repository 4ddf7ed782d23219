package org.actsandbox.merchants.shop;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.actsandbox.protocol.commerce.Page;
import org.actsandbox.protocol.commerce.SeatMap;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/** The shops: luma-mart with member prices, bazaar88 with coupons and express shipping. */
public final class ShopVertical implements Vertical {

  private static final int MOST_LINES = 20;
  private static final int MOST_UNITS_SET = 100_000;
  private static final String SHIP_TO = "ship_to";

  /** An alias such as "home": letters, digits, blanks and hyphens, never a street or a number. */
  private static final Pattern ALIAS = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} _-]{0,39}");

  private final ShopBusiness desk;
  private final ShopSearch search;
  private final ShopCatalog catalog;
  private final ZoneId zone;

  private ShopVertical(MerchantProfile merchant, VerticalWorld world) {
    this.desk = new ShopBusiness(merchant, world);
    this.search = new ShopSearch(desk);
    this.catalog = new ShopCatalog(desk);
    this.zone = world.zone();
  }

  /** A {@link org.actsandbox.merchants.VerticalFactory}. */
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
  public List<Offer> match(Need need, int limit) {
    if (need instanceof Need.Shop shop) {
      return search.find(shop, limit);
    }
    throw new Refusal(Problem.NO_MATCH, desk.merchant().name().en() + " sells goods only")
        .at(ShopNeedCheck.PATH + ".kind")
        .expected("shop")
        .observed(need.kindOf().code())
        .remedy("Ask a merchant of that kind.");
  }

  @Override
  public Offer offer(String offerId) {
    var productSelection = goods(offerId);
    int free =
        desk.units()
            .free(List.of(productSelection.product()))
            .of(productSelection.product(), productSelection.variant());
    if (free < productSelection.quantity()) {
      throw soldOut(productSelection, productSelection.quantity());
    }
    return desk.offer(productSelection, desk.price(productSelection), free);
  }

  @Override
  public LineFacts facts(Offer offer) {
    return goods(offer.offerId()).facts();
  }

  @Override
  public void hold(String orderNo, List<CartRequest.Line> lines, Map<String, String> fulfilment) {
    if (lines.isEmpty() || lines.size() > MOST_LINES) {
      throw new Refusal(Problem.CONSTRAINT_CONFLICT, "an order has 1 to " + MOST_LINES + " lines")
          .at("lines")
          .observed(lines.size() + " lines");
    }
    shipTo(fulfilment);
    var wanted = new TreeMap<String, Integer>();
    for (CartRequest.Line line : lines) {
      var productSelection = goods(line.offerId());
      if (line.quantity() != productSelection.quantity()) {
        throw new Refusal(Problem.CONSTRAINT_CONFLICT, "the offer is for another quantity")
            .at("lines.quantity")
            .expected(String.valueOf(productSelection.quantity()))
            .observed(String.valueOf(line.quantity()))
            .remedy("Send the offer's quantity, or ask for an offer of as many.");
      }
      wanted.merge(productSelection.key(), productSelection.quantity(), Integer::sum);
    }
    for (String variant : desk.units().take(orderNo, wanted)) {
      lines.stream()
          .map(line -> goods(line.offerId()))
          .filter(productSelection -> productSelection.key().equals(variant))
          .findFirst()
          .ifPresent(
              productSelection -> {
                throw soldOut(
                    productSelection, wanted.getOrDefault(variant, productSelection.quantity()));
              });
    }
  }

  @Override
  public void release(String orderNo) {
    desk.units().release(orderNo);
  }

  @Override
  public Delivery delivery(Order order, Map<String, String> fulfilment) {
    var items =
        ordered(order).stream()
            .map(
                productSelection ->
                    new Delivery.Item(
                        productSelection.product().name(),
                        productSelection.variant().label(),
                        productSelection.quantity()))
            .toList();
    return new Delivery.Shop(
        items,
        shipTo(fulfilment),
        promised(order).toOffsetDateTime(),
        "SB" + (100_000_000 + SeededRandom.STATIC.below("parcel" + order.orderNo(), 900_000_000)));
  }

  /** Everything until the parcel leaves a day before it is due; after that minus shipping. */
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
        var productSelection = find(moved.target());
        var product =
            productSelection
                .map(ProductSelection::product)
                .orElseGet(() -> product(moved.target()));
        desk.priceAdjustments()
            .adjust(
                product.id(),
                productSelection.map(ProductSelection::key).orElse(product.id()),
                moved.percent());
      }
      case Disturbance.SoldOut gone -> leave(gone.target(), 0);
      case Disturbance.StockSet set -> leave(set.target(), set.left());
    }
  }

  /** Of an offer its variant; of a product every variant. */
  private void leave(String target, int left) {
    if (left < 0 || left > MOST_UNITS_SET) {
      throw new Refusal(Problem.INVALID_FIELD, "that many units cannot be left")
          .at("left")
          .expected("0 to " + MOST_UNITS_SET)
          .observed(String.valueOf(left));
    }
    var productSelection = find(target);
    if (productSelection.isPresent()) {
      desk.units().set(productSelection.get().key(), left);
      return;
    }
    var product = product(target);
    product.variants().forEach(variant -> desk.units().set(product.key(variant), left));
  }

  /** The slowest of the lines: a parcel leaves when it is complete. */
  private ZonedDateTime promised(Order order) {
    var confirmed = order.confirmedAt().atZone(zone);
    return ordered(order).stream()
        .map(productSelection -> desk.terms().promised(productSelection, confirmed))
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
        offerId, desk.merchant().id(), desk.shippings().contains(Shipping.EXPRESS));
  }

  private ProductSelection goods(String offerId) {
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
    return new Refusal(Problem.NOT_FOUND, desk.merchant().name().en() + " has no such offer")
        .at("offer_id")
        .observed(id)
        .remedy("Search again, or look into the catalog.");
  }

  private Refusal soldOut(ProductSelection productSelection, int wanted) {
    var product = productSelection.product();
    var freeUnits = desk.units().free(List.of(product));
    int left = freeUnits.of(product, productSelection.variant());
    var remedy =
        product.variants().stream()
            .filter(variant -> !variant.equals(productSelection.variant()))
            .filter(variant -> freeUnits.of(product, variant) >= wanted)
            .findFirst()
            .map(variant -> "It is still there in " + variant.label().en() + ".")
            .orElse("Search again: similar products may be there.");
    return new Refusal(
            Problem.SOLD_OUT,
            "there are not %d left of %s, %s"
                .formatted(wanted, product.name().en(), productSelection.variant().label().en()))
        .at("offer_id")
        .expected(wanted + " free")
        .observed(left + " free")
        .remedy(remedy);
  }
}
