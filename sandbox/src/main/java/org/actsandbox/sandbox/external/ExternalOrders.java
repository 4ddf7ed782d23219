package org.actsandbox.sandbox.external;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.actsandbox.merchants.order.OrderCursor;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores what answers of merchants from outside said about orders, and purchases without a cart, of
 * which only the payment tells. A merchant need not show its orders.
 */
public final class ExternalOrders {

  /** Ours: longer orders are not remembered; the journal has them. */
  private static final int MAX_DOCUMENT = 16_000;

  /** Ours: several times the length of a confirmation with the members that the schema has. */
  private static final int MAX_CONFIRMATION = 8_000;

  private final JdbcClient jdbc;
  private final String partition;

  public ExternalOrders(JdbcClient jdbc, String partition) {
    this.jdbc = jdbc;
    this.partition = partition;
  }

  /**
   * Represents an order as its merchant signed it.
   *
   * @param document the JSON with its signature
   */
  public record SignedOrder(Order order, String document) {}

  /** Remembers a confirmed order; the answer to the same cart again changes nothing. */
  public void add(Did merchant, Did agent, SignedOrder signed) {
    var order = signed.order();
    var document = signed.document();
    if (document.length() > MAX_DOCUMENT || order.orderNo().length() > 64) {
      return;
    }
    // The first answer counts: it is the one that the merchant signed for the cart.
    add(merchant, agent, order, document, false);
  }

  /**
   * Remembers a purchase without a cart; one of which a cart is known stays as it is. A bill that
   * is paid at last counts as the buyer paid it, not as another one tried to before.
   */
  public void addCartless(Did merchant, Did agent, Order order) {
    var document = Json.write(order);
    if (document.length() > MAX_DOCUMENT || add(merchant, agent, order, document, true)) {
      return;
    }
    jdbc.sql(
            "update external_orders set agent = ?, confirmed_at = ?, document = ?"
                + " where world = ? and merchant = ? and order_no = ? and cartless")
        .params(
            agent.value(),
            order.confirmedAt().atOffset(ZoneOffset.UTC),
            document,
            partition,
            merchant.name(),
            order.orderNo())
        .update();
  }

  private boolean add(Did merchant, Did agent, Order order, String document, boolean cartless) {
    return jdbc.sql(
                "insert into external_orders"
                    + " (world, merchant, order_no, agent, confirmed_at, status, document, cartless)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing")
            .params(
                partition,
                merchant.name(),
                order.orderNo(),
                agent.value(),
                order.confirmedAt().atOffset(ZoneOffset.UTC),
                OrderStatus.HELD.name(),
                document,
                cartless)
            .update()
        == 1;
  }

  /** Remembers a later state; a state that cannot follow, and an unknown order, change nothing. */
  public void moved(Did merchant, String orderNo, OrderStatus status) {
    var before =
        Stream.of(OrderStatus.values())
            .filter(each -> reaches(each, status))
            .map(OrderStatus::name)
            .toList();
    jdbc.sql(
            "update external_orders set status = :status"
                + " where world = :world and merchant = :merchant and order_no = :order"
                + " and status in (:before)")
        .param("status", status.name())
        .param("world", partition)
        .param("merchant", merchant.name())
        .param("order", orderNo)
        .param("before", before)
        .update();
  }

  /** The payment in between is the payment service's to know. */
  private static boolean reaches(OrderStatus from, OrderStatus to) {
    return from.successors().contains(to)
        || from.successors().stream().anyMatch(via -> via.successors().contains(to));
  }

  public Optional<Order> find(Did merchant, String orderNo) {
    return jdbc.sql(
            "select status, document, delivery from external_orders"
                + " where world = ? and merchant = ? and order_no = ?")
        .params(partition, merchant.name(), orderNo)
        .query((row, _) -> order(row.getString(1), row.getString(2), row.getString(3)))
        .optional();
  }

  /** Returns the agent that ordered; empty for an unknown order. */
  public Optional<Did> buyer(Did merchant, String orderNo) {
    return document("agent", merchant, orderNo).map(Did::new);
  }

  /** Returns the order as its merchant signed it; empty for a purchase without a cart. */
  public Optional<SignedOrder> signed(Did merchant, String orderNo) {
    return document("case when cartless then null else document end", merchant, orderNo)
        .map(document -> new SignedOrder(Json.read(document, Order.class), document));
  }

  /** Returns the confirmation of the delivery, as its merchant signed it. */
  public Optional<String> confirmation(Did merchant, String orderNo) {
    return document("confirmation", merchant, orderNo);
  }

  private Optional<String> document(String expression, Did merchant, String orderNo) {
    return jdbc
        .sql(
            "select "
                + expression
                + " from external_orders where world = ? and merchant = ? and order_no = ?")
        .params(partition, merchant.name(), orderNo)
        .query(String.class)
        .list()
        .stream()
        .filter(Objects::nonNull)
        .findFirst();
  }

  /** Keeps the first confirmation of a delivery that the payment service took. */
  public void delivered(Did merchant, String orderNo, String confirmation) {
    if (confirmation.length() > MAX_CONFIRMATION) {
      return;
    }
    jdbc.sql(
            "update external_orders set confirmation = ?"
                + " where world = ? and merchant = ? and order_no = ? and confirmation is null")
        .params(confirmation, partition, merchant.name(), orderNo)
        .update();
  }

  /**
   * Keeps what came first for an order of this agent, because a merchant delivers the same for a
   * proof that is shown again. What is too long for its column is in the journal alone.
   */
  public void received(Did merchant, Did agent, String orderNo, Delivery delivery) {
    var document = Json.write(delivery);
    if (document.length() > MAX_DOCUMENT) {
      return;
    }
    jdbc.sql(
            "update external_orders set delivery = ? where world = ? and merchant = ?"
                + " and order_no = ? and agent = ? and delivery is null")
        .params(document, partition, merchant.name(), orderNo, agent.value())
        .update();
  }

  /** Returns orders of an agent, the newest first, that come after the cursor. */
  public List<Order> newest(Did agent, OrderCursor after, int limit) {
    var at = after.at().atOffset(ZoneOffset.UTC);
    return jdbc.sql(
            "select status, document, delivery from external_orders"
                + " where world = ? and agent = ?"
                + " and (confirmed_at < ? or (confirmed_at = ? and order_no < ?))"
                + " order by confirmed_at desc, order_no desc limit ?")
        .params(partition, agent.value(), at, at, after.orderNo(), limit)
        .query((row, _) -> order(row.getString(1), row.getString(2), row.getString(3)))
        .list();
  }

  /** Adds the delivery to the order that the merchant signed, because it came later. */
  private static Order order(String status, String document, @Nullable String delivery) {
    return Json.read(document, Order.class)
        .seenAs(OrderStatus.valueOf(status), null, null)
        .withDelivery(delivery == null ? null : Json.read(delivery, Delivery.class));
  }
}
