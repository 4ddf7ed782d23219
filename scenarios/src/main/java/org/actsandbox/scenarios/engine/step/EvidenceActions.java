package org.actsandbox.scenarios.engine.step;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.attestation.Anchor;
import org.actsandbox.protocol.attestation.AnchorCodec;
import org.actsandbox.protocol.attestation.CompactJws;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.context.ScenarioContext;
import org.actsandbox.scenarios.engine.value.ExpectationMatcher;
import org.actsandbox.scenarios.engine.value.UnplayableStep;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Plays the steps about evidence: it is broken, healed, anchored, exported and verified. */
final class EvidenceActions {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** A value in the form of a digest, for an anchor that has no record. */
  private static final String PLACEHOLDER_DIGEST = "A".repeat(43);

  private EvidenceActions() {}

  /** Breaks evidence of a record, which is found by its order and its event. */
  static ObjectNode tamper(ScenarioContext scenarioContext, JsonNode arguments) {
    var order = Json.object().set("kind", arguments.path("kind"));
    order.put("record_id", recordId(scenarioContext, arguments, arguments.path("order")));
    if (arguments.has("with_order")) {
      order.put("with", recordId(scenarioContext, arguments, arguments.path("with_order")));
    }
    for (var field : new String[] {"field", "signer_id"}) {
      if (arguments.has(field)) {
        order.set(field, arguments.path(field));
      }
    }
    var result =
        ReplyFacts.ofCall(
            () ->
                new Reply(
                    send(
                        scenarioContext,
                        "POST",
                        scenarioContext.target().api("/tampering"),
                        Json.bytes(order))));
    var broken = result.at("/body/break_id");
    if (broken.isString()) {
      var name = arguments.path("as").asString(arguments.path("kind").asString());
      scenarioContext.nameBreak(name, broken.stringValue());
    }
    return result;
  }

  private static String recordId(
      ScenarioContext scenarioContext, JsonNode arguments, JsonNode order) {
    if (arguments.has("record")) {
      return arguments.path("record").asString();
    }
    var query =
        "?event="
            + encoded(arguments.path("event").asString())
            + (order.isString() ? "&order_no=" + encoded(order.stringValue()) : "");
    var found =
        scenarioContext
            .client()
            .get(
                scenarioContext.at("/trust/records" + query),
                scenarioContext.target().keys().operator())
            .path("items");
    if (found.isEmpty()) {
      throw new UnplayableStep("no record of " + ExpectationMatcher.describe(arguments));
    }
    return found.path(0).path("record_id").asString();
  }

  static ObjectNode heal(ScenarioContext scenarioContext, JsonNode arguments) {
    var name = arguments.asString("");
    var id = name.equals("all") ? "" : scenarioContext.breaks().get(name);
    if (id == null) {
      throw new UnplayableStep(
          "nothing is broken under the name %s; there is %s"
              .formatted(name, scenarioContext.breaks().keySet()));
    }
    var path = "/tampering" + (id.isEmpty() ? "" : "/" + id);
    scenarioContext
        .client()
        .send(
            "DELETE",
            scenarioContext.target().api(path),
            scenarioContext.target().keys().operator(),
            null);
    return Json.object();
  }

  /** Anchors a record of an outside agent, which never publishes the record itself. */
  static ObjectNode anchor(ScenarioContext scenarioContext, JsonNode arguments) {
    var purchaseClient =
        scenarioContext.purchaseClient(
            arguments.path("by").asString(ScenarioContext.OUTSIDE_AGENT));
    var signer = purchaseClient.agent().signer();
    var id = arguments.path("record").asString("own-record");
    var now = scenarioContext.now();
    var content =
        (ObjectNode)
            Json.tree(
                new Anchor(
                    id,
                    OffChainRecord.VERSION,
                    EventType.DECISION_LOGGED,
                    now,
                    now.getEpochSecond(),
                    "I-" + id,
                    null,
                    null,
                    null,
                    signer.did(),
                    PLACEHOLDER_DIGEST,
                    "SHA-256",
                    AnchorCodec.SHARED,
                    Map.of(Anchor.RECORD_DIGEST, PLACEHOLDER_DIGEST)));
    MessageEdits.apply(arguments.path("with"), content);
    var order = Json.object();
    order.putArray("anchors").add(CompactJws.sign(AnchorCodec.TYPE, content, signer));
    var target = scenarioContext.at("/trust/anchors");
    var result =
        ReplyFacts.ofCall(
            () ->
                new Reply(
                    scenarioContext
                        .outbound()
                        .send(call("POST", target, Json.bytes(order), Map.of()))));
    result.set("anchor", result.at("/body/items/0"));
    return result;
  }

  /**
   * Exports the evidence of an order as a file and verifies it offline, with nothing but the file.
   */
  static ObjectNode bundle(ScenarioContext scenarioContext, JsonNode arguments) {
    var order = arguments.path("order").asString();
    var answer =
        send(
            scenarioContext,
            "GET",
            scenarioContext.target().api("/orders/" + order + "/bundle"),
            new byte[0]);
    var result = Json.object().put("status", answer.status());
    if (!answer.isSuccess()) {
      return result.put("code", new Reply(answer).code());
    }
    var file = answer.body().clone();
    if (arguments.has("flip")) {
      int at = arguments.path("flip").asInt();
      if (at >= file.length) {
        throw new UnplayableStep("the file has only %d bytes".formatted(file.length));
      }
      file[at] ^= 1;
    }
    var report = BundleCheck.verify(file, null);
    result.put("verified", report.verified());
    result.put("reason", report.reason() == null ? "" : report.reason());
    result.set("records", Json.tree(report.records()));
    result.set("papers", Json.tree(report.papers()));
    return result;
  }

  private static OutboundClient.Answer send(
      ScenarioContext scenarioContext, String method, URI target, byte[] body) {
    var key = "Bearer " + scenarioContext.target().keys().operator();
    return scenarioContext
        .outbound()
        .send(call(method, target, body, Map.of("Authorization", key)));
  }

  private static OutboundClient.Call call(
      String method, URI target, byte[] body, Map<String, String> headers) {
    var all = new HashMap<>(headers);
    all.put("Content-Type", "application/json");
    return new OutboundClient.Call(method, target, all, body, TIMEOUT);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
