package org.actsandbox.merchants.order;

import static org.actsandbox.participant.TimeColumns.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.psp.OrderRows;
import org.actsandbox.participant.CommittedRows;
import org.actsandbox.participant.DueTable;
import org.actsandbox.participant.NewestKeys;
import org.actsandbox.participant.RowExistence;
import org.actsandbox.participant.TimeColumns;
import org.actsandbox.participant.Transactions;
import org.actsandbox.protocol.a402.PaymentValidation.FulfillmentStatus;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;

/**
 * Stores the orders of one merchant. Changes of status are conditional updates: of two concurrent
 * ones exactly one succeeds. The newest orders are kept in memory, so that the steps of a purchase
 * do not read again what the step before has just written.
 */
public final class Orders implements OrderRows {

  private static final String COLUMNS =
      """
      o.confirmation, o.status, o.agent_id, o.fulfilment, o.total_minor, o.currency, o.hold_until,
      o.trade_no, o.refund_reserved_minor, o.refunded_minor\
      """;

  private static final String FIND =
      """
      select %s, d.trade_no, d.request_fingerprint, d.delivery, d.delivered_at, d.fulfilment, t.state
      from merchant_order o
      left join merchant_delivery d
        on d.world = o.world and d.merchant = o.merchant and d.order_no = o.order_no
      left join merchant_trade t
        on t.world = o.world and t.merchant = o.merchant and t.trade_no = coalesce(?, o.trade_no)
      where o.world = ? and o.merchant = ? and o.order_no = ?
      """
          .formatted(COLUMNS);

  private static final TypeReference<Map<String, String>> TEXT_MAP = new TypeReference<>() {};

  /** Number of parsed confirmations that are kept; a purchase parses its own some four times. */
  private static final int MAX_PARSED = 32;

  private final JdbcClient jdbc;
  private final String world;
  private final String merchant;
  private final DueTable holds;

  /** The orders by number, each with the state of its own trade, which is not closed. */
  private final CommittedRows<StoredOrder> rows = new CommittedRows<>(64);

  /** Says whether the payment service has closed any trade; rows with closed trades are read. */
  private final RowExistence closedTrades = new RowExistence();

  /** The newest orders that have no bill yet. */
  private final NewestKeys unbilled = new NewestKeys(1_024);

  /** The newest confirmations that were parsed, by their text. */
  private final Map<String, Order> parsed = new ConcurrentHashMap<>();

  public Orders(MerchantContext merchantContext) {
    this.jdbc = merchantContext.world().jdbc();
    this.world = merchantContext.partition();
    this.merchant = merchantContext.id();
    this.holds =
        new DueTable(
            jdbc,
            new DueTable.Columns(
                "merchant_order", List.of("world", "merchant"), "hold_due", "order_no", "hold"),
            world,
            merchant);
  }

  /** Returns the orders on hold, which wait for the end of their hold. */
  DueTable holds() {
    return holds;
  }

  /** Adds an order; false when the agent has already used the request id. */
  boolean add(SignedOrder confirmation, CartDigest cart, Map<String, String> fulfilment) {
    var signed = confirmation.order();
    var total = Money.of(signed.total(), signed.currency());
    var none = new Money(0, total.currency());
    var held =
        new StoredOrder(
            remembered(confirmation.text(), signed),
            confirmation.text(),
            OrderStatus.HELD,
            cart.agentId(),
            Map.copyOf(fulfilment),
            total,
            signed.holdUntil(),
            null,
            none,
            none,
            null,
            null);
    var insert =
        jdbc.sql(
                """
                insert into merchant_order
                  (world, merchant, order_no, agent_id, request_id, digest, status, total_minor,
                   currency, confirmation, fulfilment, confirmed_at, hold_until, hold_due)
                values (?, ?, ?, ?, ?, ?, 'HELD', ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """)
            .params(
                world,
                merchant,
                signed.orderNo(),
                cart.agentId(),
                signed.requestId(),
                cart.digest(),
                total.minorUnits(),
                signed.currency(),
                confirmation.text(),
                Json.write(fulfilment),
                utc(signed.confirmedAt()),
                utc(signed.holdUntil()),
                utc(signed.holdUntil()));
    boolean added = rows.change(signed.orderNo(), held, () -> insert.update() == 1);
    if (added) {
      Transactions.afterCommit(() -> unbilled.add(signed.orderNo()));
    }
    return added;
  }

  /**
   * Says, to the first caller only, that a new order has no bill, so that none is looked for. Must
   * be called before a bill is added; false says nothing.
   */
  public boolean startsBilling(String orderNo) {
    return unbilled.remove(orderNo);
  }

  /** Holds the agent that sent a cart, and the digest of exactly what it sent. */
  record CartDigest(String agentId, String digest) {}

  /** Holds the digest of an earlier request and the confirmation that answered it. */
  record Answered(String digest, String confirmation) {}

  Optional<Answered> findAnswer(String agentId, String requestId) {
    return jdbc.sql(
            """
            select digest, confirmation from merchant_order
            where world = ? and merchant = ? and agent_id = ? and request_id = ?
            """)
        .params(world, merchant, agentId, requestId)
        .query((row, _) -> new Answered(row.getString(1), row.getString(2)))
        .optional();
  }

  /**
   * Returns the order with what is known about its own trade.
   *
   * @throws Refusal {@code not_found}
   */
  public StoredOrder get(String orderNo) {
    return get(orderNo, null);
  }

  /**
   * Returns the order with what is known about {@code tradeNo} instead of the order's own trade.
   *
   * @throws Refusal {@code not_found}
   */
  public StoredOrder get(String orderNo, @Nullable String tradeNo) {
    return find(orderNo, tradeNo).orElseThrow(() -> notFound(orderNo));
  }

  static Refusal notFound(String orderNo) {
    return new Refusal(Problem.NOT_FOUND, "this merchant has no such order")
        .at("order_no")
        .observed(orderNo);
  }

  private Optional<StoredOrder> find(String orderNo, @Nullable String tradeNo) {
    if (!closedTrades.isPossible(this::anyClosedTrade)) {
      var kept = rows.find(orderNo, () -> read(orderNo, null));
      if (kept.isEmpty() || kept.get().trade() == null) {
        return kept;
      }
    }
    return read(orderNo, tradeNo);
  }

  /** Is told before it is stored that the payment service has closed a trade. */
  public void closingTrade() {
    closedTrades.beforeAdding();
  }

  private boolean anyClosedTrade() {
    return jdbc.sql(
            """
            select trade_no from merchant_trade where world = ? and merchant = ?
            order by world, merchant, trade_no limit 1
            """)
        .params(world, merchant)
        .query(String.class)
        .optional()
        .isPresent();
  }

  @Override
  public boolean changing(String orderNo, BooleanSupplier change) {
    return rows.changeUnseen(orderNo, change);
  }

  private Optional<StoredOrder> read(String orderNo, @Nullable String tradeNo) {
    return jdbc.sql(FIND)
        .param(tradeNo)
        .param(world)
        .param(merchant)
        .param(orderNo)
        .query((row, _) -> order(row, true))
        .optional();
  }

  /**
   * Changes the status of an order; all single changes go through this method. Returns false when
   * the order is no longer {@code from}, because a concurrent change came first.
   *
   * @throws IllegalStateException if the table of statuses has no such change
   */
  public boolean move(String orderNo, OrderStatus from, OrderStatus to, @Nullable String tradeNo) {
    if (!from.successors().contains(to)) {
      throw new IllegalStateException("no order moves from " + from + " to " + to);
    }
    var update =
        jdbc.sql(
                """
                update merchant_order set status = ?, trade_no = coalesce(?, trade_no), hold_due = null
                where world = ? and merchant = ? and order_no = ? and status = ?
                """)
            .param(to.name())
            .param(tradeNo)
            .param(world)
            .param(merchant)
            .param(orderNo)
            .param(from.name());
    return rows.changeKept(orderNo, kept -> kept.moved(to, tradeNo), () -> update.update() == 1);
  }

  /**
   * Moves an order from HELD or PAID to DELIVERED in one step, because a proof also brings the news
   * of the payment. Returns false in any other status.
   *
   * @param delivered the delivery, which the caller stores in the same transaction
   */
  public boolean deliver(String orderNo, StoredOrder.Delivered delivered) {
    var update =
        jdbc.sql(
                """
                update merchant_order set status = 'DELIVERED', trade_no = ?, hold_due = null
                where world = ? and merchant = ? and order_no = ? and status in ('HELD', 'PAID')
                """)
            .params(delivered.tradeNo(), world, merchant, orderNo);
    return rows.changeKept(orderNo, kept -> kept.delivered(delivered), () -> update.update() == 1);
  }

  /**
   * Moves an order from HELD to EXPIRED if its time is over; false when a payment or another change
   * came first.
   */
  boolean expire(String orderNo, Instant now) {
    var update =
        jdbc.sql(
                """
                update merchant_order set status = 'EXPIRED', hold_due = null
                where world = ? and merchant = ? and order_no = ? and status = 'HELD'
                  and hold_due <= ?
                """)
            .params(world, merchant, orderNo, utc(now));
    return changing(orderNo, () -> update.update() == 1);
  }

  /** Lists orders that are strictly older than the cursor, the newest first. */
  List<StoredOrder> newest(OrderFilter filter, OrderCursor before, int limit) {
    var agent = filter.agent();
    var status = filter.status();
    var statement =
        jdbc.sql(
                """
                select %s from merchant_order o
                where o.world = ? and o.merchant = ? %s and o.confirmed_at <= ?
                  and (o.confirmed_at < ? or o.order_no < ?) %s
                order by o.world, o.merchant, %s o.confirmed_at desc, o.order_no desc limit ?
                """
                    .formatted(
                        COLUMNS,
                        agent != null ? "and o.agent_id = ?" : "",
                        status == null ? "" : "and o.status = ?",
                        agent != null ? "o.agent_id," : ""))
            .param(world)
            .param(merchant);
    if (agent != null) {
      statement = statement.param(agent.value());
    }
    statement = statement.params(utc(before.at()), utc(before.at()), before.orderNo());
    if (status != null) {
      statement = statement.param(status.name());
    }
    return statement.param(limit).query((row, _) -> order(row, false)).list();
  }

  /** Lists the orders on hold that can still expire, the one that expires next first. */
  List<StoredOrder> onHold(OrderCursor after, int limit) {
    return jdbc.sql(
            """
            select %s from merchant_order o
            where o.world = ? and o.merchant = ? and o.hold_due >= ?
              and (o.hold_due > ? or o.order_no > ?)
            order by o.world, o.merchant, o.hold_due, o.order_no limit ?
            """
                .formatted(COLUMNS))
        .params(world, merchant, utc(after.at()), utc(after.at()), after.orderNo(), limit)
        .query((row, _) -> order(row, false))
        .list();
  }

  private StoredOrder order(ResultSet row, boolean hasTrade) throws SQLException {
    var confirmation = row.getString(1);
    var currency = Currency.getInstance(row.getString(6));
    return new StoredOrder(
        parsed(confirmation),
        confirmation,
        OrderStatus.valueOf(row.getString(2)),
        row.getString(3),
        Json.mapper().readValue(row.getString(4), TEXT_MAP),
        new Money(row.getLong(5), currency),
        TimeColumns.instant(row, 7),
        row.getString(8),
        new Money(row.getLong(9), currency),
        new Money(row.getLong(10), currency),
        hasTrade ? delivered(row) : null,
        hasTrade ? state(row) : null);
  }

  /** Parses a confirmation, which never changes once it is signed. */
  private Order parsed(String confirmation) {
    var kept = parsed.get(confirmation);
    if (kept != null) {
      return kept;
    }
    return remembered(confirmation, Json.read(confirmation, Order.class));
  }

  private Order remembered(String confirmation, Order order) {
    if (parsed.size() >= MAX_PARSED) {
      parsed.clear();
    }
    parsed.put(confirmation, order);
    return order;
  }

  private static StoredOrder.@Nullable Delivered delivered(ResultSet row) throws SQLException {
    var tradeNo = row.getString(11);
    return tradeNo == null
        ? null
        : new StoredOrder.Delivered(
            tradeNo,
            row.getString(12),
            row.getString(13),
            TimeColumns.instant(row, 14),
            FulfillmentStatus.valueOf(row.getString(15)));
  }

  private static @Nullable TransactionState state(ResultSet row) throws SQLException {
    var state = row.getString(16);
    return state == null ? null : TransactionState.valueOf(state);
  }
}
