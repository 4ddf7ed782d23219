package org.actsandbox.scenarios.record;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What agents from outside ask merchants for, and what they take of it. */
final class OutsideOrderRecorder {

  private static final Set<String> PLAIN_LINE = Set.of("offer_id", "quantity");
  private static final JsonNode USUAL_FULFILMENT = Json.object().put("ship_to", "home");

  private final OutsidePurchaseIndex outsidePurchaseIndex;
  private final GrantRecorder grantRecorder;
  private final Map<String, String> byIntent = new HashMap<>();
  private final Map<String, String> picked = new HashMap<>();
  private final Set<String> ordered = new HashSet<>();

  /** The last purchase that was told an offer. */
  private final Map<String, String> seen = new HashMap<>();

  OutsideOrderRecorder(OutsidePurchaseIndex outsidePurchaseIndex, GrantRecorder grantRecorder) {
    this.outsidePurchaseIndex = outsidePurchaseIndex;
    this.grantRecorder = grantRecorder;
  }

  void intent(RecordedExchange recordedExchange, String merchant) {
    var needs = recordedExchange.request().at("/context/explicit_needs");
    if (needs.size() != 1 || !OutsidePurchaseIndex.isPlayable(recordedExchange, 200)) {
      outsidePurchaseIndex.leaveOut(recordedExchange, "an intent");
      return;
    }
    var deal =
        byIntent.computeIfAbsent(intentId(recordedExchange), _ -> outsidePurchaseIndex.next());
    outsidePurchaseIndex.begun(deal, recordedExchange.from());
    var arguments = outsidePurchaseIndex.by(recordedExchange, deal).put("merchant", merchant);
    arguments.set("need", needs.get(0));
    var limit = recordedExchange.request().path("limit");
    if (limit.isInt()) {
      arguments.set("limit", limit);
    }
    outsidePurchaseIndex.step(recordedExchange, "intent", arguments, 200);
    recordedExchange
        .answer()
        .path("offers")
        .forEach(offer -> seen.put(offer.path("offer_id").asString(), deal));
  }

  void cart(RecordedExchange recordedExchange) {
    var lines = recordedExchange.request().path("lines");
    var offer = lines.path(0).path("offer_id").asString("");
    if (lines.size() != 1
        || !seen.containsKey(offer)
        || !OutsidePurchaseIndex.isPlayable(recordedExchange, 201)) {
      outsidePurchaseIndex.leaveOut(recordedExchange, "a cart");
      return;
    }
    var deal = byIntent.get(intentId(recordedExchange));
    if (deal == null || ordered.contains(deal)) {
      deal = another(recordedExchange, offer);
    } else {
      var arguments = outsidePurchaseIndex.by(recordedExchange, deal);
      if (!offer.equals(picked.put(deal, offer))) {
        arguments.putObject("pick").put("offer_id", offer);
      }
      wishes(recordedExchange.request(), arguments);
      under(recordedExchange, arguments);
      outsidePurchaseIndex.step(recordedExchange, "cart", arguments, 201);
    }
    if (recordedExchange.isGood()) {
      ordered.add(deal);
    }
    outsidePurchaseIndex.learnOrder(recordedExchange.answer().path("order_no"), deal);
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
  private String another(RecordedExchange recordedExchange, String offer) {
    var deal = outsidePurchaseIndex.next();
    outsidePurchaseIndex.begun(deal, recordedExchange.from());
    var arguments = outsidePurchaseIndex.by(recordedExchange, deal);
    arguments.put("of", seen.get(offer)).put("offer", offer).put("until", "cart");
    under(recordedExchange, arguments);
    outsidePurchaseIndex.step(recordedExchange, "buy", arguments, 201);
    return deal;
  }

  /** The delegation it is to be paid under, as far as the recording knows it. */
  private void under(RecordedExchange recordedExchange, ObjectNode arguments) {
    grantRecorder
        .findByDelegation(recordedExchange.request().path("delegation_id").asString(""))
        .ifPresent(grant -> arguments.put("under", grant.name()));
  }

  private static String intentId(RecordedExchange recordedExchange) {
    return recordedExchange.request().path("intent_id").asString("");
  }
}
