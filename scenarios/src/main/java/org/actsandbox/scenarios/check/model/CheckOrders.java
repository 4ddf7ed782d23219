package org.actsandbox.scenarios.check.model;

import java.net.URI;
import java.util.HashMap;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.world.CheckPurchase;
import tools.jackson.databind.JsonNode;

/** Reads and cancels orders at the merchant under check, as their buyer. */
public final class CheckOrders {

  private final CheckContext context;

  CheckOrders(CheckContext context) {
    this.context = context;
  }

  /** Says whether the merchant shows an order to its buyer; one outside need not. */
  public boolean isShown(CheckPurchase purchase) {
    var status = reply(purchase, purchase.buyer()).status();
    return context.target().mock() || (status != 404 && status != 405);
  }

  /** Reads the order as the merchant has it now. */
  public JsonNode now(CheckPurchase purchase) {
    return context.step(
        "order.readable",
        () -> {
          if (!isShown(purchase)) {
            throw CheckEnd.notApplicable("it shows no orders");
          }
          var reply = reply(purchase, purchase.buyer());
          context.require(reply.status() == 200, "200 and the order for its buyer", reply);
          return reply.json();
        });
  }

  public Reply reply(CheckPurchase purchase, PurchaseClient buyer) {
    return context.send("GET", address(purchase, ""), context.asAgent(buyer), new byte[0]);
  }

  /** Cancels an order with a signed message, because a merchant outside sees no role key. */
  public Reply cancel(CheckPurchase purchase, PurchaseClient buyer) {
    var message =
        Json.object()
            .put("request_id", "cancel-" + purchase.id())
            .put("intent_id", "I-" + purchase.id())
            .put("order_no", number(purchase))
            .put("agent_id", buyer.agent().agentId())
            .put("timestamp", context.world().now().toString());
    var headers = new HashMap<>(context.asAgent(buyer));
    headers.put("Content-Type", "application/json");
    return context.send(
        "POST", address(purchase, "/cancel"), headers, Json.bytes(buyer.signed(message)));
  }

  private URI address(CheckPurchase purchase, String more) {
    return context.target().at("/orders/" + number(purchase) + more);
  }

  /** Returns the order number, which a merchant without carts says in its bill. */
  public String number(CheckPurchase purchase) {
    var order = purchase.order();
    return order == null
        ? context.billed(purchase).bill().path("out_trade_no").asString()
        : order.path("order_no").asString();
  }
}
