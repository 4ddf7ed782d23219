package org.actsandbox.merchants.shop;

import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.merchants.shelf.PriceAdjustments;
import org.actsandbox.merchants.shelf.PriceSum;
import org.actsandbox.merchants.shelf.SeededRandom;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Text;

/**
 * Bundles one shop's business in one world: its stock, its prices and the wording of its offers.
 */
final class ShopBusiness {

  private static final long OFFER_MINUTES = 30;

  private static final Text PLAIN_POLICY =
      new Text(
          "Full refund until the parcel leaves, a day before it is due; after that minus shipping.",
          "发货前（预计送达前一天）可全额退款，发货后退款扣除运费。");

  private final MerchantProfile merchant;
  private final VerticalWorld world;
  private final ShopStock shopStock;
  private final PriceAdjustments priceAdjustments;
  private final ShopPricing shopPricing;

  ShopBusiness(MerchantProfile merchant, VerticalWorld world) {
    this.merchant = merchant;
    this.world = world;
    var seededRandom = new SeededRandom(world.seed()).derive(merchant.id());
    this.shopStock = new ShopStock(world, merchant.id(), seededRandom);
    this.priceAdjustments = new PriceAdjustments(world, merchant.id(), "shop_price_move");
    this.shopPricing = new ShopPricing(seededRandom, merchant.twoWay());
  }

  MerchantProfile merchant() {
    return merchant;
  }

  ShopStock stock() {
    return shopStock;
  }

  PriceAdjustments priceAdjustments() {
    return priceAdjustments;
  }

  ShopPricing pricing() {
    return shopPricing;
  }

  ZonedDateTime now() {
    return world.clock().instant().atZone(world.zone());
  }

  List<Shipping> shippingOptions() {
    return shopPricing.marketplace()
        ? List.of(Shipping.STANDARD, Shipping.EXPRESS)
        : List.of(Shipping.STANDARD);
  }

  PriceSum price(ProductSelection selection) {
    return shopPricing.price(
        selection, priceAdjustments.activeFor(List.of(selection.product().id())));
  }

  Offer offer(ProductSelection selection, PriceSum price, int free) {
    var product = selection.product();
    return new Offer(
        selection.offerId(merchant.id()),
        product.id(),
        merchant.id(),
        merchant.did().value(),
        MerchantKind.SHOP,
        title(selection),
        product.type().category().name(),
        selection.quantity(),
        price.lines(),
        price.total().decimal(),
        "CNY",
        free,
        now().plusMinutes(OFFER_MINUTES).truncatedTo(ChronoUnit.SECONDS).toInstant(),
        "catalog/" + product.id(),
        details(selection),
        PLAIN_POLICY,
        product.description());
  }

  static String rating(Product product) {
    return product.rating() / 10 + "." + product.rating() % 10;
  }

  private static Text title(ProductSelection selection) {
    var name = selection.product().name();
    var label = selection.variant().label();
    return new Text(name.en() + ", " + label.en(), name.zh() + "，" + label.zh());
  }

  private OfferDetails details(ProductSelection selection) {
    var product = selection.product();
    Map<String, String> attributes = new LinkedHashMap<>(selection.variant().values());
    attributes.put("category", product.type().category().code());
    attributes.put("type", product.type().name().en());
    attributes.put("weight_g", String.valueOf(product.type().grams()));
    return new OfferDetails.Shop(
        product.name(),
        selection.variant().label(),
        product.brand().en(),
        attributes,
        selection.quantity(),
        selection.shipping().label(),
        shopPricing.promised(selection, now()).toOffsetDateTime(),
        rating(product));
  }
}
