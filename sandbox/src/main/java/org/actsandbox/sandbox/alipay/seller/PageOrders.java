package org.actsandbox.sandbox.alipay.seller;

import static org.actsandbox.participant.TimeColumns.utc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.actsandbox.participant.TimeColumns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stores what the pages billed, and what they delivered, each order once. */
final class PageOrders {

  /** Ours: bills of unpaid orders are removed after this time. */
  private static final Duration KEPT = Duration.ofDays(30);

  private static final String COLUMNS =
      """
      select order_no, service, input, amount, received_at, trade_no, proof_digest, content,
        confirmed from alipay_page_orders
      """;

  private final JdbcClient jdbc;
  private final String partition;
  private final String merchant;

  PageOrders(JdbcClient jdbc, String partition, String merchant) {
    this.jdbc = jdbc;
    this.partition = partition;
    this.merchant = merchant;
  }

  /**
   * Represents an order of a page.
   *
   * @param input canonical JSON of what was asked for
   * @param amount yuan, as it was billed
   * @param delivered null until it is paid for
   */
  record PageOrder(
      String orderNo,
      String service,
      String input,
      String amount,
      Instant receivedAt,
      @Nullable PageDelivery delivered) {}

  /**
   * Represents what was delivered.
   *
   * @param proofDigest digest of the proof that it was delivered for
   * @param confirmed whether the gateway knows of the delivery
   */
  record PageDelivery(String tradeNo, String proofDigest, String content, boolean confirmed) {}

  void add(PageOrder order, Instant payBefore) {
    jdbc.sql(
            """
            delete from alipay_page_orders
            where world = ? and merchant = ? and trade_no is null and pay_before < ?
            """)
        .params(partition, merchant, utc(order.receivedAt().minus(KEPT)))
        .update();
    jdbc.sql(
            """
            insert into alipay_page_orders (world, merchant, order_no, service, input, amount,
              received_at, pay_before, confirmed)
            values (?, ?, ?, ?, ?, ?, ?, ?, false)
            """)
        .params(
            partition,
            merchant,
            order.orderNo(),
            order.service(),
            order.input(),
            order.amount(),
            utc(order.receivedAt()),
            utc(payBefore))
        .update();
  }

  Optional<PageOrder> find(String orderNo) {
    return jdbc.sql(COLUMNS + "where world = ? and merchant = ? and order_no = ?")
        .params(partition, merchant, orderNo)
        .query((row, _) -> order(row))
        .optional();
  }

  Optional<PageOrder> findByTrade(String tradeNo) {
    return jdbc.sql(COLUMNS + "where world = ? and merchant = ? and trade_no = ?")
        .params(partition, merchant, tradeNo)
        .query((row, _) -> order(row))
        .optional();
  }

  /** Stores the delivery; returns false if the order has one already. */
  boolean deliver(String orderNo, PageDelivery delivery) {
    return jdbc.sql(
                """
                update alipay_page_orders set trade_no = ?, proof_digest = ?, content = ?
                where world = ? and merchant = ? and order_no = ? and trade_no is null
                """)
            .params(
                delivery.tradeNo(),
                delivery.proofDigest(),
                delivery.content(),
                partition,
                merchant,
                orderNo)
            .update()
        == 1;
  }

  void confirmed(String orderNo) {
    jdbc.sql(
            """
            update alipay_page_orders set confirmed = true
            where world = ? and merchant = ? and order_no = ?
            """)
        .params(partition, merchant, orderNo)
        .update();
  }

  private static PageOrder order(ResultSet row) throws SQLException {
    var tradeNo = row.getString("trade_no");
    return new PageOrder(
        row.getString("order_no"),
        row.getString("service"),
        row.getString("input"),
        row.getString("amount"),
        TimeColumns.instant(row, "received_at"),
        tradeNo == null
            ? null
            : new PageDelivery(
                tradeNo,
                row.getString("proof_digest"),
                row.getString("content"),
                row.getBoolean("confirmed")));
  }
}
