package org.actsandbox.scenarios.engine;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.actsandbox.protocol.a402.Headers;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.script.Verb;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows a proof at the paid resource: the right one, another purchase's, a spoiled one. */
final class FetchAction {

  private FetchAction() {}

  static ObjectNode fetch(Stage stage, JsonNode arguments) {
    var deal = DealActions.deal(stage, arguments);
    var buyer = DealActions.buyer(stage, deal, arguments);
    var resource =
        arguments.path("resource").isString()
            ? URI.create(arguments.path("resource").stringValue())
            : deal.resource();
    Map<String, String> headers = new HashMap<>();
    headers.put(Headers.PAYMENT_PROOF, header(stage, deal, arguments));
    arguments
        .path("headers")
        .properties()
        .forEach(field -> headers.put(field.getKey(), field.getValue().asString()));
    // What a seller agent was asked for is asked for again; goods are fetched.
    var asked = deal.lastSent(Verb.BILL);
    var body = asked == null || arguments.has("body") ? arguments.path("body") : asked;
    var method = arguments.path("method").asString(asked == null ? "GET" : "POST");
    var result = Answers.to(() -> buyer.send(method, resource, null, body(body), headers));
    learn(deal, result);
    return result;
  }

  private static void learn(Deal deal, ObjectNode result) {
    var validation = result.at("/headers/payment-validation");
    if (validation.isString()) {
      result.set(
          "validation", Headers.decode(Headers.PAYMENT_VALIDATION, validation.stringValue()));
    }
    if (result.path("status").asInt() == 200) {
      result.set("delivery", result.path("body"));
      deal.learn("delivery", result.path("body"));
    }
  }

  private static String header(Stage stage, Deal deal, JsonNode arguments) {
    if (arguments.path("header").isString()) {
      return arguments.path("header").stringValue();
    }
    var holder =
        arguments.path("proof").isString()
            ? stage.existingDeal(arguments.path("proof").stringValue())
            : deal;
    var proof = ((ObjectNode) holder.need("proof", Verb.PROOF)).deepCopy();
    Edits.apply(arguments.path("tamper"), proof);
    return Headers.encode(proof);
  }

  private static byte @Nullable [] body(JsonNode body) {
    if (body.isMissingNode()) {
      return null;
    }
    return body.isString() ? body.stringValue().getBytes(StandardCharsets.UTF_8) : Json.bytes(body);
  }
}
