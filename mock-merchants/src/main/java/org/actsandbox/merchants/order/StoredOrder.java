package org.actsandbox.merchants.order;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.a402.PaymentValidation.FulfillmentStatus;
import org.actsandbox.protocol.a402.TransactionState;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Represents an order as it is in the database.
 *
 * @param confirmed the order as it was signed at confirmation; its status and trade are those of
 *     that moment
 * @param confirmation the JSON of {@code confirmed}, byte for byte
 * @param refundReserved the amount that was paid back or is asked to be paid back, never more than
 *     the total
 * @param trade the state of the trade that was asked about, if the payment service has told it
 */
public record StoredOrder(
    Order confirmed,
    String confirmation,
    OrderStatus status,
    String agentId,
    Map<String, String> fulfilment,
    Money total,
    Instant holdUntil,
    @Nullable String tradeNo,
    Money refundReserved,
    Money refunded,
    @Nullable Delivered delivered,
    @Nullable TransactionState trade) {

  /**
   * Represents the delivery of an order.
   *
   * @param delivery the JSON that the paid resource answered
   */
  public record Delivered(
      String tradeNo,
      String requestFingerprint,
      String delivery,
      Instant deliveredAt,
      FulfillmentStatus fulfilment) {}

  /**
   * Returns the order in another status.
   *
   * @param by the trade that paid for it; null to leave it as it is
   */
  StoredOrder moved(OrderStatus to, @Nullable String by) {
    return new StoredOrder(
        confirmed,
        confirmation,
        to,
        agentId,
        fulfilment,
        total,
        holdUntil,
        by == null ? tradeNo : by,
        refundReserved,
        refunded,
        delivered,
        trade);
  }

  /** Returns the order as it is with its delivery. */
  StoredOrder delivered(Delivered delivery) {
    return new StoredOrder(
        confirmed,
        confirmation,
        OrderStatus.DELIVERED,
        agentId,
        fulfilment,
        total,
        holdUntil,
        delivery.tradeNo(),
        refundReserved,
        refunded,
        delivery,
        trade);
  }

  public String orderNo() {
    return confirmed.orderNo();
  }

  public boolean isPaid() {
    return EnumSet.of(OrderStatus.PAID, OrderStatus.DELIVERED).contains(status);
  }

  /** Says whether a bill for the order can still be paid. */
  public boolean isPayable(Instant now) {
    return status == OrderStatus.HELD && now.isBefore(holdUntil);
  }

  public Money refundable() {
    return total.minus(refundReserved);
  }

  public List<CartRequest.Line> lines() {
    return confirmed.lines().stream()
        .map(line -> new CartRequest.Line(line.offerId(), line.quantity()))
        .toList();
  }

  /** Returns the identifiers that connect journal entries about this order. */
  public Map<String, String> ids() {
    return tradeNo == null
        ? Map.of(
            JournalIds.ORDER_NO, orderNo(),
            JournalIds.INTENT_ID, confirmed.intentId(),
            JournalIds.RESOURCE_ID, confirmed.resourceId())
        : idsWith(tradeNo);
  }

  public Map<String, String> idsWith(String trade) {
    return Map.of(
        JournalIds.ORDER_NO, orderNo(),
        JournalIds.INTENT_ID, confirmed.intentId(),
        JournalIds.RESOURCE_ID, confirmed.resourceId(),
        JournalIds.TRADE_NO, trade);
  }

  /** Returns the state of the trade as far as this merchant knows it (ACT A402-8). */
  public TransactionState transactionState() {
    return switch (status) {
      case HELD -> TransactionState.WAIT_BUYER_PAY;
      case PAID -> TransactionState.WAIT_SELLER_FULFILLMENT;
      case DELIVERED ->
          delivered != null && delivered.fulfilment() == FulfillmentStatus.CONFIRMED
              ? TransactionState.TRADE_FINISHED
              : TransactionState.WAIT_BUYER_RECEIPT;
      case EXPIRED, CANCELLED, REFUNDED -> TransactionState.TRADE_CLOSED;
    };
  }
}
