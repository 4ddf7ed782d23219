package org.actsandbox.scenarios.check.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Moves stock and prices of the merchant under check, as its staff would. */
public final class CheckStock {

  /** The stock after a check of an offer that does not say how many there are. */
  private static final int ENOUGH = 20;

  private final CheckContext context;
  private final List<ObjectNode> restocking = new ArrayList<>();

  /** How many there were of an offer when the run first took some away, by the offer's id. */
  private final Map<String, Integer> firstStock = new LinkedHashMap<>();

  CheckStock(CheckContext context) {
    this.context = context;
  }

  /**
   * Leaves so many of an offer for the rest of the check. Afterwards a merchant outside has as many
   * as the offer said: a shop with a few goods would have nothing left for the other checks.
   */
  public void set(JsonNode offer, int left) {
    disturb(stock(offer, left));
    if (!context.target().mock()) {
      var id = offer.path("offer_id").asString();
      firstStock.putIfAbsent(id, offer.path("available").asInt(ENOUGH));
      restocking.add(stock(offer, firstStock.get(id)));
    }
  }

  /** Gives back the stock that the last check took away. */
  public void restock() {
    var orders = List.copyOf(restocking);
    restocking.clear();
    orders.forEach(this::disturb);
  }

  /** Gives back what the whole run bought of these offers, so that it can be repeated. */
  public void restockAll() {
    firstStock.forEach((offer, left) -> disturb(stock(offer, left)));
  }

  private static ObjectNode stock(JsonNode offer, int left) {
    return stock(offer.path("offer_id").asString(), left);
  }

  private static ObjectNode stock(String offer, int left) {
    return Json.object().put("type", "stock_set").put("offer", offer).put("left", left);
  }

  /** Raises the price of an offer. */
  public void raisePrice(JsonNode offer, int percent) {
    disturb(
        Json.object()
            .put("type", "price_moved")
            .put("offer", offer.path("offer_id").asString())
            .put("percent", percent));
    context.goods().priceRaised(percent);
  }

  /**
   * Changes stock or price of an offer, as the merchant's staff would. A merchant outside does so
   * itself, if its configuration names an address for such orders.
   */
  private void disturb(ObjectNode order) {
    if (context.target().mock()) {
      context.world().disturb(context.target().id(), order);
      return;
    }
    var control = context.setting("/control");
    if (control == null) {
      throw CheckEnd.notTested(
          "the configuration names no control address that moves stock and prices");
    }
    var reply =
        context
            .client()
            .send(
                "POST",
                context.resolve(control),
                Map.of("Content-Type", "application/json"),
                Json.bytes(order));
    if (reply.status() >= 300) {
      throw CheckEnd.inconclusive("the control address refused the order: {0}", reply);
    }
  }
}
