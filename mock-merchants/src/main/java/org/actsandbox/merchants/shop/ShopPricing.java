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
 * Computes a shop's prices, reductions, shipping fees and delivery dates. Amounts are in fen.
 *
 * @param marketplace a marketplace has full-reduction coupons and express shipping; a plain shop
 *     has member prices, and free shipping from an amount
 */
record ShopPricing(SeededRandom random, boolean marketplace) {

  private static final long FREE_SHIPPING_FROM = 9_900;
  private static final long SHOP_SHIPPING = 800;
  private static final long MARKET_SHIPPING = 600;
  private static final long MARKET_EXPRESS = 1_800;
  private static final long COUPON_FROM = 20_000;
  private static final long COUPON = 2_000;
  private static final int ON_SALE_PERCENT = 15;
  private static final LocalTime LAST_PICK_UP = LocalTime.of(16, 0);
  private static final LocalTime PROMISED_HOUR = LocalTime.of(21, 0);

  PriceSum price(ProductSelection selection, PriceAdjustments.ActiveAdjustments activeAdjustments) {
    var product = selection.product();
    long piecePrice =
        activeAdjustments.apply(
            product.id(), selection.key(), listed(product, selection.variant()));
    var sum = new PriceSum().add("base", baseLabel(selection), piecePrice * selection.quantity());
    long goodsTotal = sum.fen();
    if (marketplace && goodsTotal >= COUPON_FROM) {
      sum.add("coupon", new Text("20 off from 200", "满 200 减 20"), -COUPON);
    }
    int sale = salePercent(product);
    if (sale > 0) {
      long discount = Money.fen(goodsTotal).percent(BigDecimal.valueOf(sale)).minorUnits();
      sum.add(
          "sale", new Text("Member price, " + sale + " % off", "会员价，立减 " + sale + "%"), -discount);
    }
    return sum.add("shipping", shippingLabel(selection, sum.fen()), shipping(selection, sum.fen()));
  }

  /** Returns the price of one piece before price changes: whole yuan less ten fen. */
  long listed(Product product, Variant variant) {
    int percent =
        marketplace
            ? random.between("price" + product.id(), 92, 104)
            : random.between("price" + product.id(), 97, 105);
    long fen = product.baseFen() * variant.percent() / 100 * percent / 100;
    return Math.max(100, fen / 100 * 100) - 10;
  }

  /** Returns the latest time at which a parcel that is ordered at {@code ordered} arrives. */
  ZonedDateTime promised(ProductSelection selection, ZonedDateTime ordered) {
    boolean isTooLateToday = !ordered.toLocalTime().isBefore(LAST_PICK_UP);
    int days = selection.shipping() == Shipping.EXPRESS ? 1 : standardDays(selection.product());
    return ordered
        .toLocalDate()
        .plusDays(days + (isTooLateToday ? 1L : 0L))
        .atTime(PROMISED_HOUR)
        .atZone(ordered.getZone());
  }

  int standardDays(Product product) {
    return product.days() + (marketplace ? 1 : 0);
  }

  private int salePercent(Product product) {
    return !marketplace && random.chance("sale" + product.id(), ON_SALE_PERCENT)
        ? random.between("percent" + product.id(), 8, 15)
        : 0;
  }

  private long shipping(ProductSelection selection, long goodsTotal) {
    if (marketplace) {
      return selection.shipping() == Shipping.EXPRESS ? MARKET_EXPRESS : MARKET_SHIPPING;
    }
    return goodsTotal >= FREE_SHIPPING_FROM ? 0 : SHOP_SHIPPING;
  }

  private Text shippingLabel(ProductSelection selection, long goodsTotal) {
    if (selection.shipping() == Shipping.EXPRESS) {
      return new Text("Express shipping", "加急运费");
    }
    return shipping(selection, goodsTotal) == 0
        ? new Text("Free shipping from 99", "满 99 包邮")
        : new Text("Shipping", "运费");
  }

  private static Text baseLabel(ProductSelection selection) {
    var label = selection.variant().label();
    return new Text(
        "%d × %s (%s)".formatted(selection.quantity(), selection.product().name().en(), label.en()),
        "%s（%s）× %d".formatted(selection.product().name().zh(), label.zh(), selection.quantity()));
  }
}
