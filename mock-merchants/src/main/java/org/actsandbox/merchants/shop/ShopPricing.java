package org.actsandbox.merchants.shop;

import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import org.actsandbox.merchants.shelf.PriceAdjustments;
import org.actsandbox.merchants.shelf.PriceSum;
import org.actsandbox.merchants.shelf.SeededRandom;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.money.Money;

/**
 * A shop's prices, reductions, shipping fees and delivery promises. Amounts in fen.
 *
 * @param marketplace a marketplace has full-reduction coupons and express; a plain shop has member
 *     prices and ships free from an amount
 */
record ShopPricing(SeededRandom draw, boolean marketplace) {

  private static final long FREE_SHIPPING_FROM = 9_900;
  private static final long SHOP_SHIPPING = 800;
  private static final long MARKET_SHIPPING = 600;
  private static final long MARKET_EXPRESS = 1_800;
  private static final long COUPON_FROM = 20_000;
  private static final long COUPON = 2_000;
  private static final int ON_SALE_PERCENT = 15;
  private static final LocalTime LAST_PICK_UP = LocalTime.of(16, 0);
  private static final LocalTime PROMISED_HOUR = LocalTime.of(21, 0);

  PriceSum price(
      ProductSelection productSelection, PriceAdjustments.ActiveAdjustments activeAdjustments) {
    var product = productSelection.product();
    long each =
        activeAdjustments.apply(
            product.id(), productSelection.key(), listed(product, productSelection.variant()));
    var sum =
        new PriceSum().add("base", baseLabel(productSelection), each * productSelection.quantity());
    long worth = sum.fen();
    if (marketplace && worth >= COUPON_FROM) {
      sum.add("coupon", new Text("20 off from 200", "满 200 减 20"), -COUPON);
    }
    int sale = salePercent(product);
    if (sale > 0) {
      long off = Money.fen(worth).percent(BigDecimal.valueOf(sale)).minorUnits();
      sum.add("sale", new Text("Member price, " + sale + " % off", "会员价，立减 " + sale + "%"), -off);
    }
    return sum.add(
        "shipping",
        shippingLabel(productSelection, sum.fen()),
        shipping(productSelection, sum.fen()));
  }

  /** One piece before anybody moved the price; whole yuan less ten fen. */
  long listed(Product product, Variant variant) {
    int percent =
        marketplace
            ? draw.between("price" + product.id(), 92, 104)
            : draw.between("price" + product.id(), 97, 105);
    long fen = product.baseFen() * variant.percent() / 100 * percent / 100;
    return Math.max(100, fen / 100 * 100) - 10;
  }

  /** When a parcel ordered at {@code ordered} is at the door at the latest. */
  ZonedDateTime promised(ProductSelection productSelection, ZonedDateTime ordered) {
    boolean tomorrow = !ordered.toLocalTime().isBefore(LAST_PICK_UP);
    int days =
        productSelection.shipping() == Shipping.EXPRESS
            ? 1
            : standardDays(productSelection.product());
    return ordered
        .toLocalDate()
        .plusDays(days + (tomorrow ? 1L : 0L))
        .atTime(PROMISED_HOUR)
        .atZone(ordered.getZone());
  }

  int standardDays(Product product) {
    return product.days() + (marketplace ? 1 : 0);
  }

  private int salePercent(Product product) {
    return !marketplace && draw.chance("sale" + product.id(), ON_SALE_PERCENT)
        ? draw.between("percent" + product.id(), 8, 15)
        : 0;
  }

  private long shipping(ProductSelection productSelection, long worth) {
    if (marketplace) {
      return productSelection.shipping() == Shipping.EXPRESS ? MARKET_EXPRESS : MARKET_SHIPPING;
    }
    return worth >= FREE_SHIPPING_FROM ? 0 : SHOP_SHIPPING;
  }

  private Text shippingLabel(ProductSelection productSelection, long worth) {
    if (productSelection.shipping() == Shipping.EXPRESS) {
      return new Text("Express shipping", "加急运费");
    }
    return shipping(productSelection, worth) == 0
        ? new Text("Free shipping from 99", "满 99 包邮")
        : new Text("Shipping", "运费");
  }

  private static Text baseLabel(ProductSelection productSelection) {
    var label = productSelection.variant().label();
    return new Text(
        "%d × %s (%s)"
            .formatted(
                productSelection.quantity(), productSelection.product().name().en(), label.en()),
        "%s（%s）× %d"
            .formatted(
                productSelection.product().name().zh(), label.zh(), productSelection.quantity()));
  }
}
