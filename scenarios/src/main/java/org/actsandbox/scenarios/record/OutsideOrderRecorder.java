package org.actsandbox.scenarios.record;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the intents and carts of outside agents as steps. */
final class OutsideOrderRecorder {

  private static final Set<String> PLAIN_LINE_FIELDS = Set.of("offer_id", "quantity");
  private static final JsonNode DEFAULT_FULFILMENT = Json.object().put("ship_to", "home");

  private final OutsidePurchaseIndex outsidePurchaseIndex;
  private final AuthorityRecorder authorityRecorder;
  private final Map<String, String> byIntent = new HashMap<>();
  private final Map<String, String> picked = new HashMap<>();
  private final Set<String> ordered = new HashSet<>();

  /** The last purchase that received an offer, by offer id. */
  private final Map<String, String> seen = new HashMap<>();

  OutsideOrderRecorder(
      OutsidePurchaseIndex outsidePurchaseIndex, AuthorityRecorder authorityRecorder) {
    this.outsidePurchaseIndex = outsidePurchaseIndex;
    this.authorityRecorder = authorityRecorder;
  }

  void intent(RecordedExchange recordedExchange, String merchant) {
    var needs = recordedExchange.request().at("/context/explicit_needs");
    if (needs.size() != 1 || !OutsidePurchaseIndex.isPlayable(recordedExchange, 200)) {
      outsidePurchaseIndex.leaveOut(recordedExchange, "an intent");
      return;
    }
    var purchase =
        byIntent.computeIfAbsent(intentId(recordedExchange), _ -> outsidePurchaseIndex.next());
    outsidePurchaseIndex.noteAgent(purchase, recordedExchange.from());
    var arguments =
        outsidePurchaseIndex.arguments(recordedExchange, purchase).put("merchant", merchant);
    arguments.set("need", needs.get(0));
    var limit = recordedExchange.request().path("limit");
    if (limit.isInt()) {
      arguments.set("limit", limit);
    }
    outsidePurchaseIndex.step(recordedExchange, "intent", arguments, 200);
    recordedExchange
        .answer()
        .path("offers")
        .forEach(offer -> seen.put(offer.path("offer_id").asString(), purchase));
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
    var purchase = byIntent.get(intentId(recordedExchange));
    if (purchase == null || ordered.contains(purchase)) {
      purchase = cartOfOtherPurchase(recordedExchange, offer);
    } else {
      var arguments = outsidePurchaseIndex.arguments(recordedExchange, purchase);
      if (!offer.equals(picked.put(purchase, offer))) {
        arguments.putObject("pick").put("offer_id", offer);
      }
      addWishes(recordedExchange.request(), arguments);
      addDelegation(recordedExchange, arguments);
      outsidePurchaseIndex.step(recordedExchange, "cart", arguments, 201);
    }
    if (recordedExchange.isGood()) {
      ordered.add(purchase);
    }
    outsidePurchaseIndex.learnOrder(recordedExchange.answer().path("order_no"), purchase);
  }

  /** Writes the wishes of a cart beyond the offer itself, such as a seat or another address. */
  private static void addWishes(JsonNode cart, ObjectNode arguments) {
    var with = Json.object();
    cart.path("lines")
        .path(0)
        .properties()
        .forEach(
            field -> {
              if (!PLAIN_LINE_FIELDS.contains(field.getKey())) {
                with.set("/lines/0/" + field.getKey(), field.getValue());
              }
            });
    var fulfilment = cart.path("fulfilment");
    if (!fulfilment.isEmpty() && !fulfilment.equals(DEFAULT_FULFILMENT)) {
      with.set("/fulfilment", fulfilment);
    }
    if (!with.isEmpty()) {
      arguments.set("with", with);
    }
  }

  /** Writes a cart with an offer that another purchase received. */
  private String cartOfOtherPurchase(RecordedExchange recordedExchange, String offer) {
    var purchase = outsidePurchaseIndex.next();
    outsidePurchaseIndex.noteAgent(purchase, recordedExchange.from());
    var arguments = outsidePurchaseIndex.arguments(recordedExchange, purchase);
    arguments.put("of", seen.get(offer)).put("offer", offer).put("until", "cart");
    addDelegation(recordedExchange, arguments);
    outsidePurchaseIndex.step(recordedExchange, "buy", arguments, 201);
    return purchase;
  }

  /** Writes the delegation under which the order will be paid, if it is recorded. */
  private void addDelegation(RecordedExchange recordedExchange, ObjectNode arguments) {
    authorityRecorder
        .findByDelegation(recordedExchange.request().path("delegation_id").asString(""))
        .ifPresent(authority -> arguments.put("under", authority.name()));
  }

  private static String intentId(RecordedExchange recordedExchange) {
    return recordedExchange.request().path("intent_id").asString("");
  }
}
