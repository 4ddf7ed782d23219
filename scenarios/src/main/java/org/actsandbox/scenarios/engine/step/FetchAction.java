package org.actsandbox.scenarios.engine.step;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.context.OutsidePurchase;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.script.Verb;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Requests the paid resource with a proof: its own, that of another purchase, or a changed one. */
final class FetchAction {

  private FetchAction() {}

  static ObjectNode fetch(ScenarioContext scenarioContext, JsonNode arguments) {
    var outsidePurchase = OutsidePurchaseActions.purchase(scenarioContext, arguments);
    var purchaseClient =
        OutsidePurchaseActions.purchaseClient(scenarioContext, outsidePurchase, arguments);
    var resource =
        arguments.path("resource").isString()
            ? URI.create(arguments.path("resource").stringValue())
            : outsidePurchase.resource();
    Map<String, String> headers = new HashMap<>();
    headers.put(A402Headers.PAYMENT_PROOF, header(scenarioContext, outsidePurchase, arguments));
    arguments
        .path("headers")
        .properties()
        .forEach(field -> headers.put(field.getKey(), field.getValue().asString()));
    // A service request of a seller agent is sent again; goods are requested with GET.
    var serviceRequest = outsidePurchase.lastSent(Verb.BILL);
    var body =
        serviceRequest == null || arguments.has("body") ? arguments.path("body") : serviceRequest;
    var method = arguments.path("method").asString(serviceRequest == null ? "GET" : "POST");
    var result =
        ReplyFacts.ofCall(() -> purchaseClient.send(method, resource, null, body(body), headers));
    learn(outsidePurchase, result);
    return result;
  }

  private static void learn(OutsidePurchase outsidePurchase, ObjectNode result) {
    var validation = result.at("/headers/payment-validation");
    if (validation.isString()) {
      result.set(
          "validation",
          A402Headers.decode(A402Headers.PAYMENT_VALIDATION, validation.stringValue()));
    }
    if (result.path("status").asInt() == 200) {
      result.set("delivery", result.path("body"));
      outsidePurchase.learn("delivery", result.path("body"));
    }
  }

  private static String header(
      ScenarioContext scenarioContext, OutsidePurchase outsidePurchase, JsonNode arguments) {
    if (arguments.path("header").isString()) {
      return arguments.path("header").stringValue();
    }
    var holder =
        arguments.path("proof").isString()
            ? scenarioContext.existingPurchase(arguments.path("proof").stringValue())
            : outsidePurchase;
    var proof = ((ObjectNode) holder.need("proof", Verb.PROOF)).deepCopy();
    MessageEdits.apply(arguments.path("tamper"), proof);
    return A402Headers.encode(proof);
  }

  private static byte @Nullable [] body(JsonNode body) {
    if (body.isMissingNode()) {
      return null;
    }
    return body.isString() ? body.stringValue().getBytes(StandardCharsets.UTF_8) : Json.bytes(body);
  }
}
