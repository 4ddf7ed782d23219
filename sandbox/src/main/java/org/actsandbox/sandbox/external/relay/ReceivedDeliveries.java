package org.actsandbox.sandbox.external.relay;

import java.util.Optional;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.ProofClaims;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.ReceivedDelivery;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.proof.ProofValidation;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.external.ExternalMerchant;
import org.actsandbox.sandbox.world.World;
import tools.jackson.core.JacksonException;

/**
 * Keeps what a merchant from outside delivered to a buyer for its proof, so that the order's page
 * shows it. Only an authentic proof counts: it says which order of which buyer was paid.
 */
final class ReceivedDeliveries {

  /** Ours: a longer page is kept with its beginning; the journal has the whole answer. */
  private static final int MAX_CONTENT = 2_000;

  private ReceivedDeliveries() {}

  static void keep(
      World world,
      ExternalMerchant merchant,
      OutboundClient.Call call,
      OutboundClient.Answer answer) {
    if (!answer.isSuccess() || answer.body().length == 0) {
      return;
    }
    var orders = world.externalMerchants().orders();
    claims(world, merchant, call)
        .ifPresent(
            claims ->
                orders
                    .find(merchant.did(), claims.outTradeNo())
                    .filter(order -> order.delivery() == null)
                    .ifPresent(
                        order ->
                            orders.received(
                                merchant.did(),
                                new Did(claims.sub()),
                                order.orderNo(),
                                delivery(world, merchant, order, answer))));
  }

  /** Returns what the payment service states in the proof of the request. */
  private static Optional<ProofClaims> claims(
      World world, ExternalMerchant merchant, OutboundClient.Call call) {
    try {
      return call.headers().entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(A402Headers.PAYMENT_PROOF))
          .findFirst()
          .map(
              header ->
                  ProofValidation.requireAuthentic(
                      ProofValidation.read(header.getValue()),
                      World.PSP.value(),
                      merchant.did().value(),
                      world.directory(),
                      world.clock().instant()));
    } catch (Refusal otherForm) {
      // The merchant took what is no proof of ACT, such as one of Alipay's, or none that holds.
      return Optional.empty();
    }
  }

  private static Delivery delivery(
      World world, ExternalMerchant merchant, Order order, OutboundClient.Answer answer) {
    try {
      var goods = ReceivedDelivery.goods(Json.parse(answer.body()));
      if (goods.kind() == order.kind()) {
        return goods;
      }
    } catch (Refusal | JacksonException page) {
      // The answer is no delivery of goods, so it is shown as a page below.
    }
    return new Delivery.Service(
        order.resourceId(),
        merchant.name(),
        world.clock().instant(),
        ReceivedDelivery.page(answer, MAX_CONTENT));
  }
}
