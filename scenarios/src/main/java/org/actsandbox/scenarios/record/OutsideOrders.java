package org.actsandbox.scenarios.record;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What agents from outside ask merchants for, and what they take of it. */
final class OutsideOrders {

  private static final Set<String> PLAIN_LINE = Set.of("offer_id", "quantity");
  private static final JsonNode USUAL_FULFILMENT = Json.object().put("ship_to", "home");

  private final Deals deals;
  private final Grants grants;
  private final Map<String, String> byIntent = new HashMap<>();
  private final Map<String, String> picked = new HashMap<>();
  private final Set<String> ordered = new HashSet<>();

  /** The last purchase that was told an offer. */
  private final Map<String, String> seen = new HashMap<>();

  OutsideOrders(Deals deals, Grants grants) {
    this.deals = deals;
    this.grants = grants;
  }

  void intent(Exchange exchange, String merchant) {
    var needs = exchange.request().at("/context/explicit_needs");
    if (needs.size() != 1 || !Deals.isPlayable(exchange, 200)) {
      deals.leaveOut(exchange, "an intent");
      return;
    }
    var deal = byIntent.computeIfAbsent(intentId(exchange), _ -> deals.next());
    deals.begun(deal, exchange.from());
    var arguments = deals.by(exchange, deal).put("merchant", merchant);
    arguments.set("need", needs.get(0));
    var limit = exchange.request().path("limit");
    if (limit.isInt()) {
      arguments.set("limit", limit);
    }
    deals.step(exchange, "intent", arguments, 200);
    exchange
        .answer()
        .path("offers")
        .forEach(offer -> seen.put(offer.path("offer_id").asString(), deal));
  }

  void cart(Exchange exchange) {
    var lines = exchange.request().path("lines");
    var offer = lines.path(0).path("offer_id").asString("");
    if (lines.size() != 1 || !seen.containsKey(offer) || !Deals.isPlayable(exchange, 201)) {
      deals.leaveOut(exchange, "a cart");
      return;
    }
    var deal = byIntent.get(intentId(exchange));
    if (deal == null || ordered.contains(deal)) {
      deal = another(exchange, offer);
    } else {
      var arguments = deals.by(exchange, deal);
      if (!offer.equals(picked.put(deal, offer))) {
        arguments.putObject("pick").put("offer_id", offer);
      }
      wishes(exchange.request(), arguments);
      under(exchange, arguments);
      deals.step(exchange, "cart", arguments, 201);
    }
    if (exchange.isGood()) {
      ordered.add(deal);
    }
    deals.learnOrder(exchange.answer().path("order_no"), deal);
  }

  /** What the cart says about the offer beyond taking it: a seat, another address. */
  private static void wishes(JsonNode cart, ObjectNode arguments) {
    var with = Json.object();
    cart.path("lines")
        .path(0)
        .properties()
        .forEach(
            field -> {
              if (!PLAIN_LINE.contains(field.getKey())) {
                with.set("/lines/0/" + field.getKey(), field.getValue());
              }
            });
    if (!cart.path("fulfilment").equals(USUAL_FULFILMENT)) {
      with.set("/fulfilment", cart.path("fulfilment"));
    }
    if (!with.isEmpty()) {
      arguments.set("with", with);
    }
  }

  /** Somebody takes an offer that another purchase was told. */
  private String another(Exchange exchange, String offer) {
    var deal = deals.next();
    deals.begun(deal, exchange.from());
    var arguments = deals.by(exchange, deal);
    arguments.put("of", seen.get(offer)).put("offer", offer).put("until", "cart");
    under(exchange, arguments);
    deals.step(exchange, "buy", arguments, 201);
    return deal;
  }

  /** The delegation it is to be paid under, as far as the recording knows it. */
  private void under(Exchange exchange, ObjectNode arguments) {
    grants
        .under(exchange.request().path("delegation_id").asString(""))
        .ifPresent(grant -> arguments.put("under", grant.name()));
  }

  private static String intentId(Exchange exchange) {
    return exchange.request().path("intent_id").asString("");
  }
}
