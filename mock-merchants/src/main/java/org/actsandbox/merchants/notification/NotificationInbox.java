package org.actsandbox.merchants.notification;

import java.util.Map;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.gate.LatePayments;
import org.actsandbox.merchants.order.Orders;
import org.actsandbox.merchants.order.StoredOrder;
import org.actsandbox.merchants.psp.PspKeys;
import org.actsandbox.participant.RepeatableWork;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.PspMessages.Notification;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;
import org.actsandbox.protocol.wire.JsonMessage;
import org.actsandbox.protocol.wire.SenderChecks;

/**
 * Receives the payment service's notifications. Every effect depends on the state of the order
 * alone and only moves it forward, so repeats and any order of arrival are safe; the answer comes
 * after the commit.
 */
public final class NotificationInbox {

  private final MerchantContext merchantContext;
  private final Orders orders;
  private final PspKeys keys;
  private final LatePayments latePayments;
  private final ReceivedNotificationStore store;

  public NotificationInbox(
      MerchantContext merchantContext, Orders orders, PspKeys keys, LatePayments latePayments) {
    this.merchantContext = merchantContext;
    this.orders = orders;
    this.keys = keys;
    this.latePayments = latePayments;
    this.store = new ReceivedNotificationStore(merchantContext);
  }

  /** Acknowledges a notification; only the status 200 counts for the sender. */
  public record Receipt(String notificationId, boolean received) {}

  /**
   * Verifies a notification, applies it to its order and stores that it was received.
   *
   * @throws Refusal for a bad signature, and {@code access_restricted}, {@code not_found}, {@code
   *     bill_mismatch}, {@code duplicate_request}
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
    var notification = jsonMessage.bindStatement(Notification.class);
    SenderChecks.requireId("notification_id", notification.notificationId(), Problem.INVALID_FIELD);
    SenderChecks.requireId("trade_no", notification.tradeNo(), Problem.INVALID_FIELD);
    var order = orders.get(notification.outTradeNo(), notification.tradeNo());
    var taken = take(notification, jsonMessage.digest(), order);
    apply(notification, order, taken.isPaid());
    if (taken.isNew()) {
      merchantContext.note(
          JournalEvent.NOTIFICATION_RECEIVED,
          order.idsWith(notification.tradeNo()),
          Map.of("event", notification.event(), "notification_id", notification.notificationId()));
    }
    return new Receipt(notification.notificationId(), true);
  }

  /**
   * Says what the first commit of a notification did.
   *
   * @param isPaid whether the order became paid by it
   */
  private record Taken(boolean isNew, boolean isPaid) {}

  /**
   * Stores that the notification was received, together with its usual effect, which is that the
   * order is paid. The payment service repeats a notification until it has stored the answer.
   */
  private Taken take(Notification notification, String digest, StoredOrder order) {
    boolean pays =
        notification.event().equals("payment_succeeded")
            && order.total().decimal().equals(notification.amount())
            && order.total().currency().getCurrencyCode().equals(notification.currency())
            && order.trade() != TransactionState.TRADE_CLOSED;
    return RepeatableWork.call(
        () ->
            merchantContext
                .world()
                .inTransaction(
                    () -> {
                      boolean isNew = store.add(notification, digest, merchantContext.now());
                      return new Taken(isNew, pays && becomesPaid(notification, order));
                    }));
  }

  private boolean becomesPaid(Notification notification, StoredOrder order) {
    return orders.move(order.orderNo(), OrderStatus.HELD, OrderStatus.PAID, notification.tradeNo());
  }

  private void apply(Notification notification, StoredOrder order, boolean isPaid) {
    switch (notification.event()) {
      case "payment_succeeded" -> paid(notification, order, isPaid);
      case "payment_closed" -> close(notification);
      case "refund_succeeded" -> refunded(notification, order);
      default ->
          throw new Refusal(Problem.INVALID_FIELD, "this event is not known")
              .at("event")
              .expected("payment_succeeded, payment_closed or refund_succeeded")
              .observed(notification.event());
    }
  }

  private void close(Notification notification) {
    orders.closingTrade();
    store.close(notification, merchantContext.now());
  }

  /**
   * @param isPaid whether the order became paid by this notification already
   */
  private void paid(Notification notification, StoredOrder order, boolean isPaid) {
    if (!amount(notification, order).equals(order.total())) {
      throw new Refusal(Problem.BILL_MISMATCH, "the order costs another amount")
          .at("amount")
          .expected(order.total().toString())
          .observed(notification.amount() + " " + notification.currency());
    }
    if (order.trade() == TransactionState.TRADE_CLOSED) {
      // The notification that the trade was closed or paid back arrived first.
      return;
    }
    if (isPaid || becomesPaid(notification, order)) {
      merchantContext.note(
          JournalEvent.ORDER_PAID, order.idsWith(notification.tradeNo()), Map.of());
      return;
    }
    settleLate(notification, orders.get(order.orderNo(), notification.tradeNo()));
  }

  private void settleLate(Notification notification, StoredOrder order) {
    if (order.status() == OrderStatus.EXPIRED) {
      latePayments.revive(order, notification.tradeNo());
    } else if (!notification.tradeNo().equals(order.tradeNo())) {
      latePayments.giveBack(
          order, notification.tradeNo(), "the order was " + order.status() + " already");
    }
  }

  private void refunded(Notification notification, StoredOrder order) {
    boolean whole =
        notification.transactionState() == TransactionState.TRADE_CLOSED
            || !order.total().moreThan(amount(notification, order));
    if (!whole) {
      return;
    }
    close(notification);
    if (!notification.tradeNo().equals(order.tradeNo()) || !order.isPaid()) {
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
          ActComponent.PSD_PAY_INS,
          JournalEvent.REFUNDED,
          order.idsWith(notification.tradeNo()),
          Map.of());
    }
  }

  private static Money amount(Notification notification, StoredOrder order) {
    try {
      var amount = Money.of(notification.amount(), notification.currency());
      if (amount.currency().equals(order.total().currency())) {
        return amount;
      }
    } catch (IllegalArgumentException wrong) {
      throw new Refusal(Problem.INVALID_FIELD, "amount is not an amount of the currency")
          .at("amount")
          .observed(notification.amount() + " " + notification.currency());
    }
    throw new Refusal(Problem.BILL_MISMATCH, "the order is in another currency")
        .at("currency")
        .expected(order.total().currency().getCurrencyCode())
        .observed(notification.currency());
  }
}
