package org.actsandbox.merchants.order;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.psp.MerchantRefunds;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.wire.Page;
import org.jspecify.annotations.Nullable;

/** Answers queries for orders: one by number, all by age, and those on hold. */
public final class OrderQueries {

  static final int MAX_PAGE = 100;

  private final Orders orders;
  private final OrderView orderView;

  public OrderQueries(
      MerchantContext merchantContext, Orders orders, MerchantRefunds merchantRefunds) {
    this.orders = orders;
    this.orderView = new OrderView(merchantContext, merchantRefunds);
  }

  public Order get(String orderNo) {
    return view(orders.get(orderNo));
  }

  /** Returns the order as it was signed when it was confirmed, byte for byte. */
  public String confirmation(String orderNo) {
    return orders.get(orderNo).confirmation();
  }

  /** Returns the agent that confirmed the order. */
  public Did buyer(String orderNo) {
    return new Did(orders.get(orderNo).agentId());
  }

  /**
   * Requires that the order was confirmed by {@code agent}.
   *
   * @throws Refusal {@code not_found} otherwise, so that the answer does not reveal the order
   */
  public void requireBuyer(String orderNo, Optional<Did> agent) {
    if (!agent.equals(Optional.of(buyer(orderNo)))) {
      throw Orders.notFound(orderNo);
    }
  }

  /** Lists orders, the newest first. */
  public Page<Order> newest(OrderFilter filter, @Nullable String cursor, int limit) {
    checkLimit(limit);
    var found = orders.newest(filter, OrderCursor.newest(cursor), limit + 1);
    return page(found, limit, last -> cursorAfter(last.confirmed()));
  }

  /** Returns the cursor for the orders older than this one, at any merchant of the world. */
  public static String cursorAfter(Order order) {
    return new OrderCursor(order.confirmedAt(), order.orderNo()).text();
  }

  /** Lists the orders on hold, the one that expires next first. */
  public Page<Order> holds(@Nullable String cursor, int limit) {
    checkLimit(limit);
    var found = orders.onHold(OrderCursor.first(cursor), limit + 1);
    return page(found, limit, last -> new OrderCursor(last.holdUntil(), last.orderNo()).text());
  }

  private Page<Order> page(
      List<StoredOrder> found, int limit, Function<StoredOrder, String> cursor) {
    var shown = found.subList(0, Math.min(limit, found.size()));
    var next = found.size() > limit ? cursor.apply(shown.getLast()) : null;
    return new Page<>(shown.stream().map(this::view).toList(), next);
  }

  private Order view(StoredOrder stored) {
    return orderView.of(stored);
  }

  /**
   * @throws Refusal {@code invalid_field}
   */
  public static void checkLimit(int limit) {
    if (limit < 1 || limit > MAX_PAGE) {
      throw new Refusal(Problem.INVALID_FIELD, "limit is out of range")
          .at("limit")
          .expected("1 to " + MAX_PAGE)
          .observed(String.valueOf(limit));
    }
  }
}
