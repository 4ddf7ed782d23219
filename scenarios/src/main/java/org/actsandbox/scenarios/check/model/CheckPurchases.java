package org.actsandbox.scenarios.check.model;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.world.CheckPurchase;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Begins purchases at the merchant under check, at whichever level and of whichever kind it sells.
 */
public final class CheckPurchases {

  private static final String SOLD_OUT =
      "its offer is sold out by now: a run takes some hundred pieces. Stock more, name a control"
          + " address that restocks, or serve a catalog with more in it";

  private final CheckContext context;

  /** Whether the merchant confirmed a cart before. */
  private boolean confirmed;

  CheckPurchases(CheckContext context) {
    this.context = context;
  }

  /** Begins a purchase: an order of a cart, or a request for the paid resource. */
  public CheckPurchase begin() {
    var buyer = context.goods().buyer();
    var id = context.world().nextId();
    if (context.goods().hasCarts()) {
      var offer = context.goods().offer(buyer, id);
      return ordered(buyer, id, offer);
    }
    return context.goods().kind().equals("service") ? requested(buyer, id) : gate(buyer, id);
  }

  /** Confirms a cart with one offer. */
  public CheckPurchase ordered(PurchaseClient buyer, String id, JsonNode offer) {
    return confirmed(buyer, id, offer, buyer.cart(id, offer));
  }

  private CheckPurchase confirmed(
      PurchaseClient buyer, String id, JsonNode offer, ObjectNode cart) {
    var order =
        context.step(
            Goods.CARTS,
            () -> {
              var reply = context.post("/carts", buyer, buyer.signed(cart));
              if (confirmed && reply.code().equals("sold_out")) {
                throw CheckEnd.notTested(SOLD_OUT);
              }
              context.require(
                  reply.status() == 201 || reply.status() == 200,
                  "201 and an order for an offer as it was made",
                  reply);
              context.require(
                  reply.json().path("order_no").isString()
                      && reply.json().path("resource_url").isString(),
                  "an order with order_no and resource_url",
                  reply);
              confirmed = true;
              return reply.json();
            });
    return new CheckPurchase(
        id,
        buyer,
        "GET",
        context.resolve(order.path("resource_url").asString()),
        new byte[0],
        offer,
        order);
  }

  /**
   * Begins a purchase that is to be paid under an authority.
   *
   * @param authority has the ids of the delegation and of its intent
   */
  public CheckPurchase beginUnder(PurchaseClient buyer, JsonNode authority, Goods.Wish wish) {
    var id = context.world().nextId();
    if (context.goods().kind().equals("service")) {
      var message = buyer.service(id, context.goods().serviceInput());
      message.set("intent_id", authority.path("intent_id"));
      message.set("delegation_id", authority.path("delegation_id"));
      return service(buyer, id, buyer.signed(message));
    }
    if (!context.goods().hasCarts()) {
      return gate(buyer, id);
    }
    var certain = context.goods().certainOffer();
    if (certain != null) {
      return confirmed(buyer, id, certain, under(authority, buyer, id, certain));
    }
    var intent = buyer.intent(id, wish.need(), 20);
    intent.set("intent_id", authority.path("intent_id"));
    var answered = context.post("/intents", buyer, buyer.signed(intent));
    var offer =
        answered
            .json()
            .path("offers")
            .valueStream()
            .filter(each -> each.path("item_id").asString("").equals(wish.itemId()))
            .findFirst()
            .orElseThrow(
                () -> CheckEnd.inconclusive("no offer under the authority: {0}", answered));
    return confirmed(buyer, id, offer, under(authority, buyer, id, offer));
  }

  private static ObjectNode under(
      JsonNode authority, PurchaseClient buyer, String id, JsonNode offer) {
    var cart = buyer.cart(id, offer);
    cart.set("intent_id", authority.path("intent_id"));
    cart.set("delegation_id", authority.path("delegation_id"));
    return cart;
  }

  private CheckPurchase requested(PurchaseClient buyer, String id) {
    return requested(buyer, id, context.goods().serviceInput());
  }

  /** Begins a purchase of a service with the given input. */
  public CheckPurchase requested(PurchaseClient buyer, String id, JsonNode input) {
    return service(buyer, id, buyer.signed(buyer.service(id, input)));
  }

  private CheckPurchase service(PurchaseClient buyer, String id, JsonNode message) {
    return new CheckPurchase(
        id,
        buyer,
        "POST",
        context.target().at("/services/" + serviceId()),
        Json.bytes(message),
        null,
        null);
  }

  private String serviceId() {
    return context.goods().catalog().getFirst().path("id").asString();
  }

  private CheckPurchase gate(PurchaseClient buyer, String id) {
    var method = Objects.requireNonNullElse(context.setting("/resource/method"), "GET");
    var body = Optional.ofNullable(context.setting("/resource/body")).orElse("");
    return new CheckPurchase(
        id,
        buyer,
        method,
        URI.create(Objects.requireNonNull(context.goods().resource())),
        body.getBytes(StandardCharsets.UTF_8),
        null,
        null);
  }
}
