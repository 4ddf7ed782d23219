package org.actsandbox.sandbox.mutant.merchant;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.actsandbox.merchants.Vertical;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A defect of a merchant: it trusts what it read before the lock, so a late buyer receives what
 * another buyer holds.
 */
final class DoubleSale extends AlteredVertical {

  private final Map<String, Offer> seen = new ConcurrentHashMap<>();
  private final Map<String, String> holders = new ConcurrentHashMap<>();
  private final Map<String, String> doubles = new ConcurrentHashMap<>();

  DoubleSale(Vertical honest) {
    super(honest);
  }

  @Override
  public Offer offer(String offerId) {
    try {
      var offer = super.offer(offerId);
      seen.put(offerId, offer);
      return offer;
    } catch (Refusal refusal) {
      return earlierOr(refusal, seen.get(offerId));
    }
  }

  @Override
  public void hold(String orderNo, List<CartRequest.Line> lines, Map<String, String> fulfilment) {
    var offerId = lines.getFirst().offerId();
    try {
      super.hold(orderNo, lines, fulfilment);
      holders.put(offerId, orderNo);
    } catch (Refusal refusal) {
      doubles.put(orderNo, earlierOr(refusal, holders.get(offerId)));
    }
  }

  @Override
  public Delivery delivery(Order order, Map<String, String> fulfilment) {
    var first = doubles.get(order.orderNo());
    return super.delivery(first == null ? order : withNumber(order, first), fulfilment);
  }

  private static <T> T earlierOr(Refusal refusal, @Nullable T earlier) {
    if (refusal.problem() == Problem.SOLD_OUT && earlier != null) {
      return earlier;
    }
    throw refusal;
  }

  private static Order withNumber(Order order, String orderNo) {
    return new Order(
        orderNo,
        order.merchantId(),
        order.merchantDid(),
        order.intentId(),
        order.delegationId(),
        order.requestId(),
        order.kind(),
        order.lines(),
        order.price(),
        order.total(),
        order.currency(),
        order.status(),
        order.confirmedAt(),
        order.holdUntil(),
        order.resourceId(),
        order.resourceUrl(),
        order.deposit(),
        order.tradeNo(),
        order.delivery(),
        order.refundable(),
        order.refunded(),
        order.refunds(),
        order.signerId(),
        order.signatureType(),
        order.signatureContent());
  }
}
