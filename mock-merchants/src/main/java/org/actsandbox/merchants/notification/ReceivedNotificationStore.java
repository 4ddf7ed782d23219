package org.actsandbox.merchants.notification;

import java.time.Instant;
import java.time.ZoneOffset;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.payment.PspMessages.Notification;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Notifications seen, and trades the PSP closed. */
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
   * False when it came before.
   *
   * @throws Refusal {@code idempotency_conflict} when it came with another content
   */
  boolean add(Notification news, String digest, Instant now) {
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
                news.notificationId(),
                news.event(),
                news.tradeNo(),
                digest,
                now.atOffset(ZoneOffset.UTC))
            .update();
    if (added == 0 && !digest.equals(digestOf(news.notificationId()))) {
      throw new Refusal(
              Problem.IDEMPOTENCY_CONFLICT, "this notification id came with another content")
          .at("notification_id")
          .observed(news.notificationId());
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

  /** Closed is final: it is written once and never changes. */
  void close(Notification news, Instant now) {
    jdbc.sql(
            """
            insert into merchant_trade (world, merchant, trade_no, order_no, state, changed_at)
            values (?, ?, ?, ?, ?, ?) on conflict do nothing
            """)
        .params(
            world,
            merchant,
            news.tradeNo(),
            news.outTradeNo(),
            TransactionState.TRADE_CLOSED.name(),
            now.atOffset(ZoneOffset.UTC))
        .update();
  }
}
