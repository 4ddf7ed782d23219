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

/** Believes what it read before it locked: who is late gets what somebody else holds. */
final class SoldTwice extends AlteredVertical {

  private final Map<String, Offer> seen = new ConcurrentHashMap<>();
  private final Map<String, String> holders = new ConcurrentHashMap<>();
  private final Map<String, String> doubles = new ConcurrentHashMap<>();

  SoldTwice(Vertical honest) {
    super(honest);
  }

  @Override
  public Offer offer(String offerId) {
    try {
      var offer = super.offer(offerId);
      seen.put(offerId, offer);
      return offer;
    } catch (Refusal refusal) {
      return remembered(refusal, seen.get(offerId));
    }
  }

  @Override
  public void hold(String orderNo, List<CartRequest.Line> lines, Map<String, String> fulfilment) {
    var offerId = lines.getFirst().offerId();
    try {
      super.hold(orderNo, lines, fulfilment);
      holders.put(offerId, orderNo);
    } catch (Refusal refusal) {
      doubles.put(orderNo, remembered(refusal, holders.get(offerId)));
    }
  }

  @Override
  public Delivery delivery(Order order, Map<String, String> fulfilment) {
    var first = doubles.get(order.orderNo());
    return super.delivery(first == null ? order : as(order, first), fulfilment);
  }

  private static <T> T remembered(Refusal refusal, @Nullable T memory) {
    if (refusal.problem() == Problem.SOLD_OUT && memory != null) {
      return memory;
    }
    throw refusal;
  }

  private static Order as(Order order, String orderNo) {
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
        order.tradeNo(),
        order.delivery(),
        order.refundable(),
        order.refunded(),
        order.signerId(),
        order.signatureType(),
        order.signatureContent());
  }
}
