package org.actsandbox.scenarios.engine.step;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.credit.CreditProjection;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Plays the step {@code call}: any request to the scenario's world, with any role key. */
final class CallAction {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String CONTROL = "/api/";

  private CallAction() {}

  static ObjectNode call(ScenarioContext scenarioContext, JsonNode arguments) {
    var path = arguments.path("path").asString();
    boolean control = path.startsWith(CONTROL);
    var key = scenarioContext.key(arguments.path("key").asString(control ? "operator" : "none"));
    Map<String, String> headers = new HashMap<>();
    if (key != null) {
      headers.put("Authorization", "Bearer " + key);
    }
    byte[] body = body(scenarioContext, arguments);
    if (body.length > 0) {
      headers.put("Content-Type", "application/json");
    }
    arguments
        .path("headers")
        .properties()
        .forEach(field -> headers.put(field.getKey(), field.getValue().asString()));
    var method = arguments.path("method").asString(body.length > 0 ? "POST" : "GET");
    var call =
        new OutboundClient.Call(
            method, address(scenarioContext, path, control), headers, body, TIMEOUT);
    return ReplyFacts.ofCall(() -> new Reply(scenarioContext.outbound().send(call)));
  }

  /** Returns an address of this world; a scenario cannot call other addresses. */
  private static URI address(ScenarioContext scenarioContext, String path, boolean control) {
    try {
      return control
          ? scenarioContext.target().api("/" + path.substring(CONTROL.length()))
          : scenarioContext.target().at(path);
    } catch (IllegalArgumentException malformed) {
      throw new UnplayableStep("not a path: " + path, malformed);
    }
  }

  /** Returns the body; a credit message gets the proof of an outside agent if one is named. */
  private static byte[] body(ScenarioContext scenarioContext, JsonNode arguments) {
    if (arguments.has("prove")) {
      if (!(arguments.path("body") instanceof ObjectNode message)) {
        throw new UnplayableStep("prove needs a body that is an object");
      }
      var agent = scenarioContext.purchaseClient(arguments.path("prove").asString()).agent();
      return Json.bytes(CreditProjection.REQUEST.prove(message.deepCopy(), agent.signer()));
    }
    if (arguments.path("text").isString()) {
      return arguments.path("text").stringValue().getBytes(StandardCharsets.UTF_8);
    }
    return arguments.has("body") ? Json.bytes(arguments.path("body")) : new byte[0];
  }
}
