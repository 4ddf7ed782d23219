package org.actsandbox.protocol.commerce;

import java.time.Instant;
import java.util.List;
import org.actsandbox.protocol.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * An order as its merchant shows it. It is also the result of a cart confirmation (CID-9), and the
 * merchant signs it then.
 *
 * @param delegationId the delegation from the cart: the order can only be paid under it
 * @param resourceUrl the A402-protected resource that delivers the order
 * @param deposit the security that the total includes; absent if the merchant takes none
 * @param refundable decimal string: the refund if the order is cancelled now
 * @param refunded decimal string: the sum of what went back; absent for nothing
 * @param refunds the refunds of the order, the oldest first; absent if there is none
 */
public record Order(
    String orderNo,
    String merchantId,
    String merchantDid,
    String intentId,
    @Nullable String delegationId,
    String requestId,
    MerchantKind kind,
    List<Line> lines,
    List<Offer.PriceLine> price,
    String total,
    String currency,
    OrderStatus status,
    Instant confirmedAt,
    Instant holdUntil,
    String resourceId,
    String resourceUrl,
    @Nullable Deposit deposit,
    @Nullable String tradeNo,
    @Nullable Delivery delivery,
    @Nullable String refundable,
    @Nullable String refunded,
    @Nullable List<OrderRefund> refunds,
    @Nullable String signerId,
    @Nullable String signatureType,
    @Nullable String signatureContent) {

  /** Makes an order that is confirmed and not yet signed, paid or delivered. */
  public Order(
      String orderNo,
      String merchantId,
      String merchantDid,
      String intentId,
      @Nullable String delegationId,
      String requestId,
      MerchantKind kind,
      List<Line> lines,
      List<Offer.PriceLine> price,
      String total,
      String currency,
      OrderStatus status,
      Instant confirmedAt,
      Instant holdUntil,
      String resourceId,
      String resourceUrl,
      @Nullable Deposit deposit) {
    this(
        orderNo,
        merchantId,
        merchantDid,
        intentId,
        delegationId,
        requestId,
        kind,
        lines,
        price,
        total,
        currency,
        status,
        confirmedAt,
        holdUntil,
        resourceId,
        resourceUrl,
        deposit,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /**
   * One line of the order.
   *
   * @param facts the facts that are compared with the authority; absent if the merchant states none
   */
  public record Line(
      String offerId, String itemId, Text title, int quantity, @Nullable LineFacts facts) {}

  /**
   * Returns the order in a later state, as the payment service and the sandbox know it.
   *
   * @param paidBy number of the payment; null before the payment
   * @param moneyBack decimal string: the sum of the refunds; null for none
   */
  public Order seenAs(OrderStatus now, @Nullable String paidBy, @Nullable String moneyBack) {
    return new Order(
        orderNo,
        merchantId,
        merchantDid,
        intentId,
        delegationId,
        requestId,
        kind,
        lines,
        price,
        total,
        currency,
        now,
        confirmedAt,
        holdUntil,
        resourceId,
        resourceUrl,
        deposit,
        paidBy,
        delivery,
        refundable,
        moneyBack,
        refunds,
        signerId,
        signatureType,
        signatureContent);
  }

  /** Returns the order with what was delivered for it. */
  public Order withDelivery(@Nullable Delivery delivered) {
    return new Order(
        orderNo,
        merchantId,
        merchantDid,
        intentId,
        delegationId,
        requestId,
        kind,
        lines,
        price,
        total,
        currency,
        status,
        confirmedAt,
        holdUntil,
        resourceId,
        resourceUrl,
        deposit,
        tradeNo,
        delivered,
        refundable,
        refunded,
        refunds,
        signerId,
        signatureType,
        signatureContent);
  }

  /** Returns the order as if it had no deposit: what its goods cost. */
  public Order withoutDeposit() {
    if (deposit == null) {
      return this;
    }
    var goods = Money.of(total, currency).minus(deposit.taken(currency));
    return new Order(
        orderNo,
        merchantId,
        merchantDid,
        intentId,
        delegationId,
        requestId,
        kind,
        lines,
        price,
        goods.decimal(),
        currency,
        status,
        confirmedAt,
        holdUntil,
        resourceId,
        resourceUrl,
        null,
        tradeNo,
        delivery,
        refundable,
        refunded,
        refunds,
        signerId,
        signatureType,
        signatureContent);
  }
}
