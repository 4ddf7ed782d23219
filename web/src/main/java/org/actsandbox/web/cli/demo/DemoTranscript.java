package org.actsandbox.web.cli.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.web.cli.server.ExitCodes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Collects what happened in one demo purchase from the conversation's events. */
final class DemoTranscript {

  private final String sentence;
  private JsonNode plan = Json.object();
  private JsonNode offers = Json.object();
  private JsonNode ending = Json.object();
  private String outcome = "failed";
  private final Set<String> platformsAsked = new LinkedHashSet<>();
  private final Map<String, JsonNode> offersById = new LinkedHashMap<>();
  private final Map<String, JsonNode> carts = new LinkedHashMap<>();
  private final Map<String, JsonNode> deliveries = new LinkedHashMap<>();
  private final Map<String, JsonNode> payments = new LinkedHashMap<>();

  DemoTranscript(String sentence) {
    this.sentence = sentence;
  }

  void plan(JsonNode data) {
    plan = data;
  }

  void offers(JsonNode data) {
    offers = data;
    offersById.clear();
    data.path("searches")
        .forEach(
            search ->
                search
                    .path("offers")
                    .forEach(offer -> offersById.put(offer.path("offer_id").asString(), offer)));
  }

  void cart(JsonNode order) {
    carts.put(order.path("order_no").asString(), order);
  }

  void delivery(JsonNode data) {
    deliveries.put(data.path("trade_no").asString(), data);
  }

  /** Adds a payment as the payment service shows it at the end. */
  void payment(JsonNode payment) {
    payments.put(payment.path("trade_no").asString(), payment);
  }

  /** Sets why nothing was bought: the question, the reason or the refusal. */
  void ending(JsonNode data) {
    ending = data;
  }

  void outcome(String result) {
    outcome = result;
  }

  String outcome() {
    return outcome;
  }

  int exitCode() {
    return switch (outcome) {
      case "bought" -> ExitCodes.OK;
      case "nothing_suitable" -> ExitCodes.NOTHING_SUITABLE;
      case "declined" -> ExitCodes.DECLINED;
      case "question" -> ExitCodes.NEEDS_CLARIFICATION;
      default -> ExitCodes.FAILED;
    };
  }

  String intentId() {
    return plan.path("intent_id").asString("");
  }

  List<JsonNode> offers() {
    return List.copyOf(offersById.values());
  }

  List<String> recommended() {
    List<String> ids = new ArrayList<>();
    offers.path("recommended").forEach(id -> ids.add(id.asString()));
    return ids;
  }

  /** Returns words of the sentence that the recommendation ignores. */
  List<String> ignoredWords() {
    return Stream.of(plan.path("unsupported"), plan.path("unread"), offers.path("unconfirmed"))
        .flatMap(JsonNode::valueStream)
        .map(words -> words.asString(""))
        .toList();
  }

  /** Returns the order numbers of all deliveries. */
  List<String> orderNos() {
    return deliveries.values().stream()
        .map(delivery -> delivery.path("order_no").asString())
        .toList();
  }

  List<String> tradeNos() {
    return List.copyOf(deliveries.keySet());
  }

  ObjectNode toJson(String world, String lang, long messages) {
    var json = Json.object();
    json.put("world", world)
        .put("language", lang)
        .put("intent_id", intentId())
        .put("sentence", sentence);
    json.put("outcome", outcome);
    json.set(
        "plan", plan.path("plan").isArray() ? plan.path("plan") : Json.mapper().createArrayNode());
    json.set("platforms_asked", platformsAsked());
    var shown = json.putArray("offers");
    offersById
        .values()
        .forEach(offer -> shown.add(pick(offer, "merchant", "title", "total", "currency", "why")));
    var bought = json.putArray("purchases");
    deliveries.values().forEach(delivery -> bought.add(purchase(delivery, lang)));
    var total = total();
    json.put("total", total == null ? "0.00" : total.decimal());
    json.put("currency", total == null ? "CNY" : total.currency().getCurrencyCode());
    json.put("messages", messages);
    if (ending.isObject()) {
      ending.properties().forEach(field -> json.set(field.getKey(), field.getValue()));
    }
    return json;
  }

  private ObjectNode purchase(JsonNode delivered, String lang) {
    var orderNo = delivered.path("order_no").asString();
    var tradeNo = delivered.path("trade_no").asString();
    var order = carts.getOrDefault(orderNo, Json.object());
    var payment = payments.getOrDefault(tradeNo, Json.object());
    var line = order.path("lines").path(0);
    var offer = offersById.getOrDefault(line.path("offer_id").asString(""), Json.object());
    var json = Json.object();
    // From the offer, else from the order, else from the task, which has no cart.
    json.put(
        "merchant",
        offer
            .path("merchant")
            .asString(order.path("merchant_id").asString(delivered.path("merchant").asString(""))));
    json.put(
        "title",
        offer
            .path("title")
            .asString(
                line.path("title")
                    .path("en")
                    .asString(delivered.path("title").path(lang).asString(""))));
    json.put("why", offer.path("why").asString(delivered.path("why").path(lang).asString("")));
    json.put("quantity", line.path("quantity").asInt(1));
    json.put("order_no", orderNo).put("trade_no", tradeNo);
    json.put("resource_id", payment.path("resource_id").asString(""));
    json.put("transaction_state", payment.path("transaction_state").asString(""));
    json.put("amount", payment.path("amount").asString(""))
        .put("currency", payment.path("currency").asString(""));
    json.set(
        "approval", pick(payment.path("approval"), "method", "at", "payee", "amount", "currency"));
    json.set("delivery", DemoDelivery.of(delivered.path("delivery"), lang));
    return json;
  }

  /** Adds a platform that was asked for offers, even if it had none. */
  void addPlatform(String platform) {
    platformsAsked.add(platform);
  }

  private JsonNode platformsAsked() {
    var platforms = Json.mapper().createArrayNode();
    platformsAsked.forEach(platforms::add);
    return platforms;
  }

  private @Nullable Money total() {
    return payments.values().stream()
        .map(p -> Money.of(p.path("amount").asString(), p.path("currency").asString()))
        .reduce(Money::plus)
        .orElse(null);
  }

  private static ObjectNode pick(JsonNode from, String... fields) {
    var json = Json.object();
    for (var field : fields) {
      if (!from.path(field).isMissingNode()) {
        json.set(field, from.path(field));
      }
    }
    return json;
  }
}
