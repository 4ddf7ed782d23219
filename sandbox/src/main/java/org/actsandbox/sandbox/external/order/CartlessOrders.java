package org.actsandbox.sandbox.external.order;

import java.util.List;
import org.actsandbox.protocol.commerce.MerchantLevel;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.psp.OpenedPayment;
import org.actsandbox.sandbox.world.World;

/**
 * Lists purchases at merchants from outside that sell without a cart, such as pages behind a gate.
 * Their payments take the place of the order that a merchant signs.
 */
public final class CartlessOrders {

  private CartlessOrders() {}

  /** Remembers the purchase in the transaction that stores its payment. */
  public static void add(World world, OpenedPayment payment) {
    var merchants = world.externalMerchants();
    merchants
        .find(payment.payee())
        .ifPresent(
            merchant ->
                merchants
                    .orders()
                    .addCartless(merchant.did(), payment.agent(), order(merchant, payment)));
  }

  private static Order order(ExternalMerchant merchant, OpenedPayment payment) {
    var resource =
        merchant.level() == MerchantLevel.GATE ? merchant.resource() : "/" + payment.resourceId();
    var title =
        new Text(
            merchant.name().en() + ", " + payment.resourceId(),
            merchant.name().zh() + "，" + payment.resourceId());
    return new Order(
        payment.orderNo(),
        merchant.id(),
        merchant.did().value(),
        // Ours: where a buyer names no intent, the order number takes its place, as in records.
        payment.intentId() == null ? payment.orderNo() : payment.intentId(),
        payment.delegationId(),
        payment.requestId(),
        merchant.kind(),
        List.of(new Order.Line(payment.resourceId(), payment.resourceId(), title, 1, null)),
        List.of(new Offer.PriceLine("base", title, payment.amount().decimal())),
        payment.amount().decimal(),
        payment.amount().currency().getCurrencyCode(),
        OrderStatus.HELD,
        payment.createdAt(),
        payment.expiresAt(),
        payment.resourceId(),
        merchant.url() + resource,
        null);
  }
}
