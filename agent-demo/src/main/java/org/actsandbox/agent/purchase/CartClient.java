package org.actsandbox.agent.purchase;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.wire.AgentHttpClient;
import org.actsandbox.agent.wire.CallRetries;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Refusal;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Signs carts, sends them for confirmation under one request id and checks the merchant's order
 * against what the principal saw (CID-8).
 */
final class CartClient {

  private final AgentWorld world;
  private final AgentHttpClient agentHttpClient;
  private final Duration timeout;
  private final CallRetries callRetries;
  private final CreditReferences creditReferences;

  CartClient(
      AgentWorld world,
      AgentHttpClient agentHttpClient,
      Duration timeout,
      CallRetries callRetries) {
    this.world = world;
    this.agentHttpClient = agentHttpClient;
    this.timeout = timeout;
    this.callRetries = callRetries;
    this.creditReferences = new CreditReferences(world, agentHttpClient, timeout);
  }

  JsonNode sign(Purchase purchase) {
    return sign(purchase, purchase.shown().total());
  }

  /**
   * @param maximum the highest price at which the order is accepted
   */
  JsonNode sign(Purchase purchase, Money maximum) {
    var offer = purchase.shown().offer();
    var cart =
        new CartRequest(
            world.ids().next("Q"),
            purchase.intentId(),
            purchase.delegated() == null ? null : purchase.delegated().delegationId(),
            world.agent().value(),
            world.now(),
            List.of(new CartRequest.Line(offer.offerId(), offer.quantity())),
            maximum.decimal(),
            offer.currency(),
            fulfilment(purchase),
            null,
            creditReferences.find(purchase).orElse(null),
            null,
            null,
            null);
    return Json.tree(SignedJson.sign(cart, CartRequest.class, world.signer()));
  }

  private Map<String, String> fulfilment(Purchase purchase) {
    var needs = new HashMap<String, String>();
    if (purchase.shown().offer().kind() == MerchantKind.SHOP) {
      needs.put("ship_to", world.principal().shipTo());
    }
    if (purchase.seat() != null) {
      needs.put("seat", purchase.seat());
    }
    return needs;
  }

  /**
   * Sends the stored cart and returns the merchant's signed order as it came. A merchant answers
   * the same cart with the same order, so an outage is repeated, too.
   *
   * @throws ParticipantRefusal with the merchant's reason, or because the order differs from what
   *     was shown
   */
  JsonNode confirm(Purchase purchase, Platform platform) {
    var body = Json.write(purchase.paper(Purchase.SignedPaper.CART));
    var answer =
        callRetries.untilAvailable(
            () -> agentHttpClient.post(platform.at("/carts"), purchase.intentId(), body, timeout));
    var order = AgentHttpClient.body(platform, answer);
    check(purchase, platform, order);
    return order;
  }

  private void check(Purchase purchase, Platform platform, JsonNode raw) {
    var merchant = platform.id();
    try {
      if (!SignedJson.verify(raw, world.keys()).equals(platform.did())) {
        throw ParticipantRefusal.untrusted(
            merchant, "order_signature", "another participant signed the order");
      }
      check(purchase, platform, Json.read(raw, Order.class));
    } catch (Refusal unsigned) {
      throw new ParticipantRefusal(merchant, 0, "order_signature", unsigned.detail(), unsigned);
    } catch (JacksonException | IllegalArgumentException | NullPointerException malformed) {
      throw new ParticipantRefusal(
          merchant, 0, "order_malformed", "the order has another form", malformed);
    }
  }

  private void check(Purchase purchase, Platform platform, Order order) {
    var offer = purchase.shown().offer();
    var cart = purchase.paper(Purchase.SignedPaper.CART);
    require(
        order.merchantDid().equals(platform.did().value())
            && order.intentId().equals(purchase.intentId())
            && order.requestId().equals(cart.path("request_id").asString(""))
            && order.kind() == offer.kind()
            && order.status() == OrderStatus.HELD,
        platform,
        "order_foreign",
        "the order is not the answer to this cart");
    require(
        order.lines().size() == 1
            && order.lines().getFirst().offerId().equals(offer.offerId())
            && order.lines().getFirst().quantity() == offer.quantity(),
        platform,
        "order_other_goods",
        "the order holds other goods than were shown");
    require(
        order.currency().equals(offer.currency())
            && !Money.of(order.total(), order.currency()).moreThan(purchase.agreedMaximum()),
        platform,
        "price_changed",
        "the order is dearer than what was agreed to");
    require(
        order.resourceId().equals("fulfilment/" + order.orderNo())
            && platform.owns(java.net.URI.create(order.resourceUrl()))
            && world.now().isBefore(order.holdUntil()),
        platform,
        "order_unusable",
        "the order cannot be paid: its resource or its hold is wrong");
  }

  private static void require(boolean holds, Platform platform, String code, String why) {
    if (!holds) {
      throw ParticipantRefusal.untrusted(platform.id(), code, why);
    }
  }
}
