package org.actsandbox.merchants.psp;

import static org.actsandbox.participant.TimeColumns.utc;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.protocol.commerce.OrderRefund;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores a merchant's refunds and their effect on the amounts of the order. */
final class MerchantRefundStore {

  private static final int MAX_TEXT = 256;

  private final JdbcClient jdbc;
  private final String world;
  private final String merchant;
  private final OrderRows orders;

  MerchantRefundStore(MerchantContext merchantContext, OrderRows orders) {
    this.orders = orders;
    this.jdbc = merchantContext.world().jdbc();
    this.world = merchantContext.partition();
    this.merchant = merchantContext.id();
  }

  /**
   * Represents a refund as it is stored.
   *
   * @param reserved whether it counts against the order's total
   */
  record Stored(
      String refundRequestId,
      String orderNo,
      String tradeNo,
      Money amount,
      String reason,
      boolean isPending,
      boolean reserved,
      int attempts) {}

  Optional<Stored> find(String refundRequestId) {
    return jdbc.sql(
            """
            select refund_request_id, order_no, trade_no, amount_minor, currency, reason, status,
              reserved, attempts
            from merchant_refund where world = ? and merchant = ? and refund_request_id = ?
            """)
        .params(world, merchant, refundRequestId)
        .query(
            (row, _) ->
                new Stored(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    new Money(row.getLong(4), Currency.getInstance(row.getString(5))),
                    row.getString(6),
                    row.getString(7).equals("PENDING"),
                    row.getBoolean(8),
                    row.getInt(9)))
        .optional();
  }

  List<OrderRefund> ofOrder(String orderNo) {
    return jdbc.sql(
            """
            select refund_request_id, amount_minor, currency, status, reason, requested_at,
              settled_at, refund_no
            from merchant_refund where world = ? and merchant = ? and order_no = ?
            order by world, merchant, order_no, requested_at, refund_request_id
            """)
        .params(world, merchant, orderNo)
        .query(
            (row, _) ->
                new OrderRefund(
                    row.getString(1),
                    new Money(row.getLong(2), Currency.getInstance(row.getString(3))).decimal(),
                    OrderRefund.State.valueOf(row.getString(4)),
                    row.getString(5),
                    row.getObject(6, OffsetDateTime.class).toInstant(),
                    instant(row.getObject(7, OffsetDateTime.class)),
                    row.getString(8)))
        .list();
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }

  /** Adds a refund; false when its request id is already used. */
  boolean add(
      MerchantRefunds.DecidedRefund decidedRefund,
      boolean reserved,
      Instant now,
      Instant firstRetry) {
    return jdbc.sql(
                """
                insert into merchant_refund
                  (world, merchant, refund_request_id, order_no, trade_no, amount_minor, currency,
                   reason, status, reserved, requested_at, next_attempt_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, 'PENDING', ?, ?, ?) on conflict do nothing
                """)
            .params(
                world,
                merchant,
                decidedRefund.refundRequestId(),
                decidedRefund.orderNo(),
                decidedRefund.tradeNo(),
                decidedRefund.amount().minorUnits(),
                decidedRefund.amount().currency().getCurrencyCode(),
                shortened(decidedRefund.reason()),
                reserved,
                utc(now),
                utc(firstRetry))
            .update()
        == 1;
  }

  /** Reserves an amount of the order; false when the refunds would exceed what the order cost. */
  boolean reserve(String orderNo, Money amount) {
    return change(
        orderNo,
        """
        update merchant_order set refund_reserved_minor = refund_reserved_minor + ?
        where world = ? and merchant = ? and order_no = ?
          and refund_reserved_minor + ? <= total_minor
        """,
        amount.minorUnits(),
        world,
        merchant,
        orderNo,
        amount.minorUnits());
  }

  /** Marks the refund as done; false when it was settled before. */
  boolean done(Stored refund, String refundNo, Instant now) {
    return settle(refund, "DONE", refundNo, null, now);
  }

  /** Marks the refund as failed; false when it was settled before. */
  boolean failed(Stored refund, String why, Instant now) {
    return settle(refund, "FAILED", null, shortened(why), now);
  }

  private boolean settle(
      Stored refund,
      String status,
      @Nullable String refundNo,
      @Nullable String failure,
      Instant now) {
    return jdbc.sql(
                """
                update merchant_refund
                set status = ?, refund_no = ?, failure = ?, settled_at = ?, next_attempt_at = null
                where world = ? and merchant = ? and refund_request_id = ? and status = 'PENDING'
                """)
            .param(status)
            .param(refundNo)
            .param(failure)
            .param(now.atOffset(ZoneOffset.UTC))
            .param(world)
            .param(merchant)
            .param(refund.refundRequestId())
            .update()
        == 1;
  }

  /**
   * Adds the refund to what the order got back. Returns true when the order is now refunded in
   * full; a cancelled order stays cancelled.
   */
  boolean addRefunded(Stored refund) {
    change(
        refund.orderNo(),
        """
        update merchant_order set refunded_minor = refunded_minor + ?
        where world = ? and merchant = ? and order_no = ?
        """,
        refund.amount().minorUnits(),
        world,
        merchant,
        refund.orderNo());
    return change(
        refund.orderNo(),
        """
        update merchant_order set status = 'REFUNDED'
        where world = ? and merchant = ? and order_no = ?
          and refunded_minor >= total_minor and status in ('PAID', 'DELIVERED')
        """,
        world,
        merchant,
        refund.orderNo());
  }

  void unreserve(Stored refund) {
    change(
        refund.orderNo(),
        """
        update merchant_order set refund_reserved_minor = refund_reserved_minor - ?
        where world = ? and merchant = ? and order_no = ?
        """,
        refund.amount().minorUnits(),
        world,
        merchant,
        refund.orderNo());
  }

  private boolean change(String orderNo, String sql, Object... parameters) {
    return orders.changing(orderNo, () -> jdbc.sql(sql).params(parameters).update() == 1);
  }

  private static String shortened(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }
}
