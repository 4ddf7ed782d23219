package org.actsandbox.merchants.notification;

import static org.actsandbox.participant.TimeColumns.utc;

import java.time.Instant;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.payment.PspMessages.Notification;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores the notifications that a merchant has received and the trades that the payment service
 * closed.
 */
final class ReceivedNotificationStore {

  private final JdbcClient jdbc;
  private final String world;
  private final String merchant;

  ReceivedNotificationStore(MerchantContext merchantContext) {
    this.jdbc = merchantContext.world().jdbc();
    this.world = merchantContext.partition();
    this.merchant = merchantContext.id();
  }

  /**
   * Stores a notification; false when it was received before.
   *
   * @throws Refusal {@code duplicate_request} when it was received before with other content
   */
  boolean add(Notification notification, String digest, Instant now) {
    int added =
        jdbc.sql(
                """
                insert into merchant_notification
                  (world, merchant, notification_id, event, trade_no, digest, received_at)
                values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
                """)
            .params(
                world,
                merchant,
                notification.notificationId(),
                notification.event(),
                notification.tradeNo(),
                digest,
                utc(now))
            .update();
    if (added == 0 && !digest.equals(digestOf(notification.notificationId()))) {
      throw new Refusal(Problem.DUPLICATE_REQUEST, "this notification id came with another content")
          .at("notification_id")
          .observed(notification.notificationId());
    }
    return added == 1;
  }

  private String digestOf(String notificationId) {
    return jdbc.sql(
            """
            select digest from merchant_notification
            where world = ? and merchant = ? and notification_id = ?
            """)
        .params(world, merchant, notificationId)
        .query(String.class)
        .single();
  }

  /** Stores that the trade is closed, which is final: the row is written once and never changes. */
  void close(Notification notification, Instant now) {
    jdbc.sql(
            """
            insert into merchant_trade (world, merchant, trade_no, order_no, state, changed_at)
            values (?, ?, ?, ?, ?, ?) on conflict do nothing
            """)
        .params(
            world,
            merchant,
            notification.tradeNo(),
            notification.outTradeNo(),
            TransactionState.TRADE_CLOSED.name(),
            utc(now))
        .update();
  }
}
