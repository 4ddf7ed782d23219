package org.actsandbox.merchants.shop;

import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.merchants.MerchantProfile;
import org.actsandbox.merchants.VerticalWorld;
import org.actsandbox.merchants.shelf.Draw;
import org.actsandbox.merchants.shelf.PriceMoves;
import org.actsandbox.merchants.shelf.PriceSum;
import org.actsandbox.protocol.commerce.Kind;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Text;

/** One shop's business in one world: its stock, its terms and how it words an offer. */
final class ShopDesk {

  private static final long OFFER_MINUTES = 30;

  private static final Text PLAIN_POLICY =
      new Text(
          "Full refund until the parcel leaves, a day before it is due; after that minus shipping.",
          "发货前（预计送达前一天）可全额退款，发货后退款扣除运费。");

  private final MerchantProfile merchant;
  private final VerticalWorld world;
  private final Units units;
  private final PriceMoves moves;
  private final Terms terms;

  ShopDesk(MerchantProfile merchant, VerticalWorld world) {
    this.merchant = merchant;
    this.world = world;
    var draw = new Draw(world.seed()).of(merchant.id());
    this.units = new Units(world, merchant.id(), draw);
    this.moves = new PriceMoves(world, merchant.id(), "shop_price_move");
    this.terms = new Terms(draw, merchant.twoWay());
  }

  MerchantProfile merchant() {
    return merchant;
  }

  Units units() {
    return units;
  }

  PriceMoves moves() {
    return moves;
  }

  Terms terms() {
    return terms;
  }

  ZonedDateTime now() {
    return world.clock().instant().atZone(world.zone());
  }

  List<Shipping> shippings() {
    return terms.marketplace()
        ? List.of(Shipping.STANDARD, Shipping.EXPRESS)
        : List.of(Shipping.STANDARD);
  }

  PriceSum price(Goods goods) {
    return terms.price(goods, moves.of(List.of(goods.product().id())));
  }

  Offer offer(Goods goods, PriceSum price, int free) {
    var product = goods.product();
    return new Offer(
        goods.offerId(merchant.id()),
        product.id(),
        merchant.id(),
        merchant.did().value(),
        Kind.SHOP,
        title(goods),
        product.type().category().name(),
        goods.quantity(),
        price.lines(),
        price.total().decimal(),
        "CNY",
        free,
        now().plusMinutes(OFFER_MINUTES).truncatedTo(ChronoUnit.SECONDS).toInstant(),
        "catalog/" + product.id(),
        details(goods),
        PLAIN_POLICY,
        product.description());
  }

  static String rating(Product product) {
    return product.rating() / 10 + "." + product.rating() % 10;
  }

  private static Text title(Goods goods) {
    var name = goods.product().name();
    var label = goods.variant().label();
    return new Text(name.en() + ", " + label.en(), name.zh() + "，" + label.zh());
  }

  private OfferDetails details(Goods goods) {
    var product = goods.product();
    Map<String, String> attributes = new LinkedHashMap<>(goods.variant().values());
    attributes.put("category", product.type().category().code());
    attributes.put("type", product.type().name().en());
    attributes.put("weight_g", String.valueOf(product.type().grams()));
    return new OfferDetails.Shop(
        product.name(),
        goods.variant().label(),
        product.brand().en(),
        attributes,
        goods.quantity(),
        goods.shipping().label(),
        terms.promised(goods, now()).toOffsetDateTime(),
        rating(product));
  }
}
