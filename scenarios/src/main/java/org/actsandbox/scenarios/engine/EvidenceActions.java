package org.actsandbox.scenarios.engine;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.actsandbox.protocol.attestation.Anchor;
import org.actsandbox.protocol.attestation.AnchorCodec;
import org.actsandbox.protocol.attestation.CompactJws;
import org.actsandbox.protocol.attestation.EventType;
import org.actsandbox.protocol.attestation.OffChainRecord;
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.protocol.http.Outbound;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is done to evidence, and what anybody may do with it. */
final class EvidenceActions {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** In the form of a digest; of an anchor whose record nobody shows. */
  private static final String SOME_DIGEST = "A".repeat(43);

  private EvidenceActions() {}

  /** Breaks something about a record that its order and event find. */
  static ObjectNode tamper(Stage stage, JsonNode arguments) {
    var order = Json.object().set("kind", arguments.path("kind"));
    order.put("record_id", record(stage, arguments, arguments.path("order")));
    if (arguments.has("with_order")) {
      order.put("with", record(stage, arguments, arguments.path("with_order")));
    }
    for (var field : new String[] {"field", "signer_id"}) {
      if (arguments.has(field)) {
        order.set(field, arguments.path(field));
      }
    }
    var result =
        Answers.to(
            () ->
                new Reply(
                    send(stage, "POST", stage.target().api("/tampering"), Json.bytes(order))));
    var broken = result.at("/body/break_id");
    if (broken.isString()) {
      var name = arguments.path("as").asString(arguments.path("kind").asString());
      stage.broken(name, broken.stringValue());
    }
    return result;
  }

  private static String record(Stage stage, JsonNode arguments, JsonNode order) {
    if (arguments.has("record")) {
      return arguments.path("record").asString();
    }
    var query =
        "?event="
            + encoded(arguments.path("event").asString())
            + (order.isString() ? "&order_no=" + encoded(order.stringValue()) : "");
    var found =
        stage
            .client()
            .get(stage.at("/trust/records" + query), stage.target().keys().operator())
            .path("items");
    if (found.isEmpty()) {
      throw new CannotPlay("no record of " + Matching.shown(arguments));
    }
    return found.path(0).path("record_id").asString();
  }

  static ObjectNode heal(Stage stage, JsonNode arguments) {
    var name = arguments.asString("");
    var id = name.equals("all") ? "" : stage.breaks().get(name);
    if (id == null) {
      throw new CannotPlay(
          "nothing is broken under the name %s; there is %s"
              .formatted(name, stage.breaks().keySet()));
    }
    var path = "/tampering" + (id.isEmpty() ? "" : "/" + id);
    stage.client().send("DELETE", stage.target().api(path), stage.target().keys().operator(), null);
    return Json.object();
  }

  /** An agent from outside anchors a record of its own, which it shows to nobody. */
  static ObjectNode anchor(Stage stage, JsonNode arguments) {
    var buyer = stage.buyer(arguments.path("by").asString(Stage.OUTSIDE_AGENT));
    var signer = buyer.agent().signer();
    var id = arguments.path("record").asString("own-record");
    var now = stage.now();
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
                    SOME_DIGEST,
                    "SHA-256",
                    AnchorCodec.SHARED,
                    Map.of(Anchor.RECORD_DIGEST, SOME_DIGEST)));
    Edits.apply(arguments.path("with"), content);
    var order = Json.object();
    order.putArray("anchors").add(CompactJws.sign(AnchorCodec.TYPE, content, signer));
    var target = stage.at("/trust/anchors");
    var result =
        Answers.to(
            () ->
                new Reply(
                    stage.outbound().send(call("POST", target, Json.bytes(order), Map.of()))));
    result.set("anchor", result.at("/body/items/0"));
    return result;
  }

  /** The evidence of an order as a file, verified as whoever gets it would, with nothing else. */
  static ObjectNode bundle(Stage stage, JsonNode arguments) {
    var order = arguments.path("order").asString();
    var answer =
        send(stage, "GET", stage.target().api("/orders/" + order + "/bundle"), new byte[0]);
    var result = Json.object().put("status", answer.status());
    if (!answer.isSuccess()) {
      return result.put("code", new Reply(answer).code());
    }
    var file = answer.body().clone();
    if (arguments.has("flip")) {
      int at = arguments.path("flip").asInt();
      if (at >= file.length) {
        throw new CannotPlay("the file has only %d bytes".formatted(file.length));
      }
      file[at] ^= 1;
    }
    var report = BundleCheck.verify(file, null);
    result.put("verified", report.verified());
    result.put("reason", report.reason() == null ? "" : report.reason());
    result.set("records", Json.tree(report.records()));
    return result;
  }

  private static Outbound.Answer send(Stage stage, String method, URI target, byte[] body) {
    var key = "Bearer " + stage.target().keys().operator();
    return stage.outbound().send(call(method, target, body, Map.of("Authorization", key)));
  }

  private static Outbound.Call call(
      String method, URI target, byte[] body, Map<String, String> headers) {
    var all = new HashMap<>(headers);
    all.put("Content-Type", "application/json");
    return new Outbound.Call(method, target, all, body, TIMEOUT);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
