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

/** One shop's business in one world: its stock, its terms and how it words an offer. */
final class ShopBusiness {

  private static final long OFFER_MINUTES = 30;

  private static final Text PLAIN_POLICY =
      new Text(
          "Full refund until the parcel leaves, a day before it is due; after that minus shipping.",
          "发货前（预计送达前一天）可全额退款，发货后退款扣除运费。");

  private final MerchantProfile merchant;
  private final VerticalWorld world;
  private final ShopStock shopStock;
  private final PriceAdjustments moves;
  private final ShopPricing shopPricing;

  ShopBusiness(MerchantProfile merchant, VerticalWorld world) {
    this.merchant = merchant;
    this.world = world;
    var seededRandom = new SeededRandom(world.seed()).derive(merchant.id());
    this.shopStock = new ShopStock(world, merchant.id(), seededRandom);
    this.moves = new PriceAdjustments(world, merchant.id(), "shop_price_move");
    this.shopPricing = new ShopPricing(seededRandom, merchant.twoWay());
  }

  MerchantProfile merchant() {
    return merchant;
  }

  ShopStock units() {
    return shopStock;
  }

  PriceAdjustments priceAdjustments() {
    return moves;
  }

  ShopPricing terms() {
    return shopPricing;
  }

  ZonedDateTime now() {
    return world.clock().instant().atZone(world.zone());
  }

  List<Shipping> shippings() {
    return shopPricing.marketplace()
        ? List.of(Shipping.STANDARD, Shipping.EXPRESS)
        : List.of(Shipping.STANDARD);
  }

  PriceSum price(ProductSelection productSelection) {
    return shopPricing.price(
        productSelection, moves.activeFor(List.of(productSelection.product().id())));
  }

  Offer offer(ProductSelection productSelection, PriceSum price, int free) {
    var product = productSelection.product();
    return new Offer(
        productSelection.offerId(merchant.id()),
        product.id(),
        merchant.id(),
        merchant.did().value(),
        MerchantKind.SHOP,
        title(productSelection),
        product.type().category().name(),
        productSelection.quantity(),
        price.lines(),
        price.total().decimal(),
        "CNY",
        free,
        now().plusMinutes(OFFER_MINUTES).truncatedTo(ChronoUnit.SECONDS).toInstant(),
        "catalog/" + product.id(),
        details(productSelection),
        PLAIN_POLICY,
        product.description());
  }

  static String rating(Product product) {
    return product.rating() / 10 + "." + product.rating() % 10;
  }

  private static Text title(ProductSelection productSelection) {
    var name = productSelection.product().name();
    var label = productSelection.variant().label();
    return new Text(name.en() + ", " + label.en(), name.zh() + "，" + label.zh());
  }

  private OfferDetails details(ProductSelection productSelection) {
    var product = productSelection.product();
    Map<String, String> attributes = new LinkedHashMap<>(productSelection.variant().values());
    attributes.put("category", product.type().category().code());
    attributes.put("type", product.type().name().en());
    attributes.put("weight_g", String.valueOf(product.type().grams()));
    return new OfferDetails.Shop(
        product.name(),
        productSelection.variant().label(),
        product.brand().en(),
        attributes,
        productSelection.quantity(),
        productSelection.shipping().label(),
        shopPricing.promised(productSelection, now()).toOffsetDateTime(),
        rating(product));
  }
}
