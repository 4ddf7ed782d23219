package org.actsandbox.merchants.notification;

import java.util.Map;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.gate.LatePayments;
import org.actsandbox.merchants.order.Orders;
import org.actsandbox.merchants.order.StoredOrder;
import org.actsandbox.merchants.psp.PspKeys;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.PspMessages.Notification;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.SenderChecks;

/**
 * Takes notifications in. Every effect depends on the state of the order alone and only moves it
 * forward, so repeats and any order of arrival are safe; the answer comes after the commit.
 */
public final class NotificationInbox {

  private final MerchantContext merchantContext;
  private final Orders orders;
  private final PspKeys keys;
  private final LatePayments late;
  private final ReceivedNotificationStore store;

  public NotificationInbox(
      MerchantContext merchantContext, Orders orders, PspKeys keys, LatePayments late) {
    this.merchantContext = merchantContext;
    this.orders = orders;
    this.keys = keys;
    this.late = late;
    this.store = new ReceivedNotificationStore(merchantContext);
  }

  /** The acknowledgement; the status 200 is what counts. */
  public record Receipt(String notificationId, boolean received) {}

  /**
   * @throws Refusal a signature's, {@code access_restricted}, {@code not_found}, {@code
   *     bill_mismatch}, {@code idempotency_conflict}
   */
  public Receipt receive(byte[] body) {
    var jsonMessage = JsonMessage.parse(body);
    var signer = jsonMessage.verifySigner(keys);
    if (!signer.equals(merchantContext.world().psp().did())) {
      throw new Refusal(Problem.ACCESS_RESTRICTED, "only the payment service notifies")
          .at("signer_id")
          .expected(merchantContext.world().psp().did().value())
          .observed(signer.value());
    }
    var news = jsonMessage.bind(Notification.class);
    SenderChecks.requireId("notification_id", news.notificationId(), Problem.INVALID_FIELD);
    SenderChecks.requireId("trade_no", news.tradeNo(), Problem.INVALID_FIELD);
    var order = orders.get(news.outTradeNo(), news.tradeNo());
    boolean isNew = store.add(news, jsonMessage.digest(), merchantContext.now());
    apply(news, order);
    if (isNew) {
      merchantContext.note(
          ActComponent.PSD_PAY_INS,
          "notification-received",
          order.idsWith(news.tradeNo()),
          Map.of("event", news.event(), "notification_id", news.notificationId()));
    }
    return new Receipt(news.notificationId(), true);
  }

  private void apply(Notification news, StoredOrder order) {
    switch (news.event()) {
      case "payment_succeeded" -> paid(news, order);
      case "payment_closed" -> store.close(news, merchantContext.now());
      case "refund_succeeded" -> refunded(news, order);
      default ->
          throw new Refusal(Problem.INVALID_FIELD, "this event is not known")
              .at("event")
              .expected("payment_succeeded, payment_closed or refund_succeeded")
              .observed(news.event());
    }
  }

  private void paid(Notification news, StoredOrder order) {
    if (!amount(news, order).equals(order.total())) {
      throw new Refusal(Problem.BILL_MISMATCH, "the order costs another amount")
          .at("amount")
          .expected(order.total().toString())
          .observed(news.amount() + " " + news.currency());
    }
    if (order.trade() == TransactionState.TRADE_CLOSED) {
      // Overtaken by the news that it was closed or paid back.
      return;
    }
    if (orders.move(order.orderNo(), OrderStatus.HELD, OrderStatus.PAID, news.tradeNo())) {
      merchantContext.note(
          ActComponent.PSD_PAY_INS, "order-paid", order.idsWith(news.tradeNo()), Map.of());
      return;
    }
    late(news, orders.get(order.orderNo(), news.tradeNo()));
  }

  private void late(Notification news, StoredOrder order) {
    if (order.status() == OrderStatus.EXPIRED) {
      late.revive(order, news.tradeNo());
    } else if (!news.tradeNo().equals(order.tradeNo())) {
      late.giveBack(order, news.tradeNo(), "the order was " + order.status() + " already");
    }
  }

  private void refunded(Notification news, StoredOrder order) {
    boolean whole =
        news.transactionState() == TransactionState.TRADE_CLOSED
            || !order.total().moreThan(amount(news, order));
    if (!whole) {
      return;
    }
    store.close(news, merchantContext.now());
    if (!news.tradeNo().equals(order.tradeNo()) || !order.isPaid()) {
      return;
    }
    boolean moved =
        merchantContext
            .world()
            .inTransaction(
                () -> {
                  boolean won =
                      orders.move(order.orderNo(), order.status(), OrderStatus.REFUNDED, null);
                  if (won) {
                    merchantContext.vertical().release(order.orderNo());
                  }
                  return won;
                });
    if (moved) {
      merchantContext.note(
          ActComponent.PSD_PAY_INS, "refunded", order.idsWith(news.tradeNo()), Map.of());
    }
  }

  private static Money amount(Notification news, StoredOrder order) {
    try {
      var amount = Money.of(news.amount(), news.currency());
      if (amount.currency().equals(order.total().currency())) {
        return amount;
      }
    } catch (IllegalArgumentException wrong) {
      throw new Refusal(Problem.INVALID_FIELD, "amount is not an amount of the currency")
          .at("amount")
          .observed(news.amount() + " " + news.currency());
    }
    throw new Refusal(Problem.BILL_MISMATCH, "the order is in another currency")
        .at("currency")
        .expected(order.total().currency().getCurrencyCode())
        .observed(news.currency());
  }
}
