package org.actsandbox.sandbox.external.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actsandbox.merchants.order.OrderCursor;
import org.actsandbox.merchants.order.OrderFilter;
import org.actsandbox.merchants.order.OrderQueries;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.wire.Page;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.psp.trade.Trade;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;

/**
 * Shows orders at merchants from outside in the state that follows from what the merchant answered
 * and from what the payment service knows.
 */
public final class ExternalOrderStates {

  private final World world;

  public ExternalOrderStates(World world) {
    this.world = world;
  }

  /** Returns the order; empty if neither a cart nor a payment told of it. */
  public Optional<Order> find(Did merchant, String orderNo) {
    return world.externalMerchants().orders().find(merchant, orderNo).map(this::now);
  }

  /**
   * Returns an agent's orders, the newest first.
   *
   * @param merchant null for all merchants
   */
  public Page<Order> newest(
      OrderFilter filter, @Nullable String merchant, @Nullable String cursor, int limit) {
    var agent = filter.agent();
    if (agent == null) {
      throw new IllegalArgumentException("orders at merchants from outside are an agent's");
    }
    var shown = new ArrayList<Order>();
    var after = OrderCursor.newest(cursor);
    while (true) {
      var batch = world.externalMerchants().orders().newest(agent, after, limit + 1);
      for (var order : batch.stream().map(this::now).toList()) {
        if (!matches(order, filter.status(), merchant)) {
          continue;
        }
        if (shown.size() == limit) {
          return new Page<>(List.copyOf(shown), OrderQueries.cursorAfter(shown.getLast()));
        }
        shown.add(order);
      }
      if (batch.size() <= limit) {
        return new Page<>(List.copyOf(shown), null);
      }
      after = new OrderCursor(batch.getLast().confirmedAt(), batch.getLast().orderNo());
    }
  }

  private static boolean matches(
      Order order, @Nullable OrderStatus status, @Nullable String merchant) {
    return (status == null || order.status() == status)
        && (merchant == null || order.merchantId().equals(merchant));
  }

  private Order now(Order told) {
    var merchant = Did.of(told.merchantId());
    var trade = world.participant(Psp.class).payments().paidTrade(merchant, told.orderNo());
    if (trade.isPresent()) {
      return paid(told, trade.get());
    }
    return told.status() == OrderStatus.HELD && !world.clock().instant().isBefore(told.holdUntil())
        ? told.seenAs(OrderStatus.EXPIRED, null, null)
        : told;
  }

  private static Order paid(Order told, Trade trade) {
    var refunded = trade.progress().refunded();
    boolean delivered =
        told.status() == OrderStatus.DELIVERED || trade.progress().deliveryDigest() != null;
    var status =
        switch (told.status()) {
          case HELD, EXPIRED, PAID, DELIVERED ->
              refunded.equals(trade.terms().amount())
                  ? OrderStatus.REFUNDED
                  : delivered ? OrderStatus.DELIVERED : OrderStatus.PAID;
          case CANCELLED -> OrderStatus.CANCELLED;
          case REFUNDED -> OrderStatus.REFUNDED;
        };
    return told.seenAs(status, trade.tradeNo(), refunded.isZero() ? null : refunded.decimal());
  }
}
