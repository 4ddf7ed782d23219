package org.actsandbox.sandbox.external.order;

import java.util.List;
import org.actsandbox.protocol.commerce.MerchantLevel;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.world.World;

/**
 * Lists purchases at merchants from outside that sell without a cart, such as pages behind a gate.
 * What the payment service knows of them takes the place of the order that a merchant signs.
 */
public final class CartlessOrders {

  private CartlessOrders() {}

  /** Remembers the purchase in the transaction that stores its payment. */
  public static void add(World world, Trade trade) {
    var merchants = world.externalMerchants();
    merchants
        .find(trade.terms().bill().payee())
        .ifPresent(
            merchant ->
                merchants
                    .orders()
                    .addCartless(merchant.did(), trade.terms().agent(), order(merchant, trade)));
  }

  private static Order order(ExternalMerchant merchant, Trade trade) {
    var terms = trade.terms();
    var bill = terms.bill();
    var resource =
        merchant.level() == MerchantLevel.GATE ? merchant.resource() : "/" + bill.resourceId();
    var title =
        new Text(
            merchant.name().en() + ", " + bill.resourceId(),
            merchant.name().zh() + "，" + bill.resourceId());
    return new Order(
        bill.orderNo(),
        merchant.id(),
        merchant.did().value(),
        // Ours: where a buyer names no intent, the order number takes its place, as in records.
        terms.intentId() == null ? bill.orderNo() : terms.intentId(),
        terms.delegated() == null ? null : terms.delegated().delegationId(),
        terms.requestId(),
        merchant.kind(),
        List.of(new Order.Line(bill.resourceId(), bill.resourceId(), title, 1, null)),
        List.of(new Offer.PriceLine("base", title, terms.amount().decimal())),
        terms.amount().decimal(),
        terms.amount().currency().getCurrencyCode(),
        OrderStatus.HELD,
        trade.createdAt(),
        trade.expiresAt(),
        bill.resourceId(),
        merchant.url() + resource,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
