package org.actsandbox.merchants.gate;

import static org.actsandbox.participant.TimeColumns.utc;

import java.time.Instant;
import java.util.Optional;
import org.actsandbox.merchants.MerchantContext;
import org.actsandbox.merchants.order.OrderAttestations;
import org.actsandbox.merchants.order.Orders;
import org.actsandbox.merchants.order.StoredOrder;
import org.actsandbox.merchants.psp.FulfilmentConfirmations;
import org.actsandbox.protocol.a402.PaymentNeeded;
import org.actsandbox.protocol.a402.PaymentValidation.FulfillmentStatus;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;

/**
 * Delivers an order for a payment proof, once: the status of the order and both keys of ACT A402-6
 * are taken in one transaction.
 */
final class Deliveries {

  private final MerchantContext merchantContext;
  private final Orders orders;
  private final FulfilmentConfirmations confirmations;
  private final OrderAttestations attestations;

  Deliveries(
      MerchantContext merchantContext, Orders orders, FulfilmentConfirmations confirmations) {
    this.merchantContext = merchantContext;
    this.orders = orders;
    this.confirmations = confirmations;
    this.attestations = new OrderAttestations(merchantContext);
  }

  /**
   * Delivers the order, stores, in the same row, that the payment service must still be told.
   * Returns the stored delivery; empty when the order can no longer be delivered, because it
   * expired, was cancelled or was delivered at the same moment.
   *
   * @throws Refusal {@code proof_replayed} when the trade delivered another order
   */
  Optional<FulfilmentConfirmations.StoredDelivery> deliver(
      StoredOrder order, ProofClaims claims, Instant now) {
    var delivery =
        Json.write(merchantContext.vertical().delivery(order.confirmed(), order.fulfilment()));
    var delivered =
        new StoredOrder.Delivered(
            claims.tradeNo(),
            claims.requestFingerprint(),
            delivery,
            now,
            FulfillmentStatus.PENDING);
    return merchantContext
        .world()
        .inTransaction(
            () -> {
              if (!orders.deliver(order.orderNo(), delivered)) {
                return Optional.empty();
              }
              var stored =
                  new FulfilmentConfirmations.StoredDelivery(
                      order.orderNo(),
                      claims.tradeNo(),
                      claims.resourceId(),
                      merchantContext.world().ids().next("F"),
                      delivery,
                      now,
                      confirmations.firstDue(now));
              add(stored, claims);
              attestations.fulfilled(order, claims.tradeNo(), delivery, now);
              return Optional.of(stored);
            });
  }

  private void add(FulfilmentConfirmations.StoredDelivery stored, ProofClaims claims) {
    int added =
        merchantContext
            .world()
            .jdbc()
            .sql(
                """
                insert into merchant_delivery
                  (world, merchant, order_no, method_id, trade_no, resource_id,
                   request_fingerprint, proof_id, delivery, delivered_at, fulfilment,
                   confirmation_request_id, next_attempt_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'PENDING', ?, ?) on conflict do nothing
                """)
            .params(
                merchantContext.partition(),
                merchantContext.id(),
                stored.orderNo(),
                PaymentNeeded.METHOD_ID,
                stored.tradeNo(),
                stored.resourceId(),
                claims.requestFingerprint(),
                claims.jti(),
                stored.delivery(),
                utc(stored.deliveredAt()),
                stored.requestId(),
                utc(stored.retryAt()))
            .update();
    if (added != 1) {
      throw new Refusal(Problem.PROOF_REPLAYED, "this trade was used for a delivery already")
          .at("protocol.trade_no")
          .observed(claims.tradeNo());
    }
  }
}
