package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.client.EventStream;
import org.actsandbox.client.ExternalAgent;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Plays what a principal does in a world with a stopped clock, one thing after another. Each method
 * returns when the work that it caused has ended or waits at the cashier.
 */
final class ScriptedPrincipal implements AutoCloseable {

  /** The only fields of a journal entry that are real time. */
  static final Set<String> REAL_TIME = Set.of("recorded_at", "duration_micros");

  private final SandboxClient client;
  private final TargetWorld targetWorld;
  private final List<EventStream> streams = new ArrayList<>();

  /**
   * A key secret of 32 bytes: two worlds with the same secret sign alike, so their journals can be
   * compared.
   */
  private static final String KEY_SECRET =
      Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString("scripted-world-keys-0123456789ab".getBytes(StandardCharsets.US_ASCII));

  private ScriptedPrincipal(SandboxClient client, TargetWorld targetWorld) {
    this.client = client;
    this.targetWorld = targetWorld;
  }

  static ScriptedPrincipal in(SandboxClient client, URI origin, String world, String seed) {
    var order = Json.object().put("name", world).put("seed", seed);
    order.put("key_secret", KEY_SECRET);
    order.putObject("clock").put("mode", "stopped").put("now", ScenarioTestWorld.START.toString());
    order.putObject("principal").put("language", "en").put("balance", "30000.00");
    return new ScriptedPrincipal(client, client.newWorld(origin, null, order));
  }

  TargetWorld target() {
    return targetWorld;
  }

  /** Opens a conversation with the demo agent and follows its events from the beginning. */
  Conversation conversation(String lang) {
    var made = client.post(agent(""), targetWorld.keys().principal(), Map.of("language", lang));
    var id = made.path("conversation_id").asString();
    var stream = new EventStream(agent("/" + id + "/events"), targetWorld.keys().principal());
    streams.add(stream);
    return new Conversation(id, stream);
  }

  PurchaseClient outsider() {
    var seed = "scenario-agent-0123456789abcdef!".getBytes(StandardCharsets.UTF_8);
    var agent = ExternalAgent.register(client, targetWorld, "outsider", seed);
    return new PurchaseClient(targetWorld, agent, client.outbound(), this::now);
  }

  Instant now() {
    return Instant.parse(operator("/clock").path("now").asString());
  }

  void advance(String by) {
    client.post(targetWorld.api("/clock/advance"), targetWorld.keys().operator(), Map.of("by", by));
  }

  void fault(String name, String participant, String operation, Map<String, Object> parameters) {
    var order = Json.object().put("name", name).put("participant", participant).put("count", 1);
    order.put("operation", operation).set("parameters", Json.tree(parameters));
    client.post(targetWorld.api("/faults"), targetWorld.keys().operator(), order);
  }

  void decide(String tradeNo, String decision) {
    var address = targetWorld.at("/psp/payments/" + tradeNo + "/approval");
    var shown = client.get(address, targetWorld.keys().principal());
    var order = Json.object().put("decision", decision).put("pin", PurchaseClient.DEMO_PIN);
    order.set("digest", shown.path("digest"));
    try {
      client.post(address, targetWorld.keys().principal(), order);
    } catch (NoAnswerException lost) {
      assertThat(lost.isTimeout()).as("cut, not late").isFalse();
    }
  }

  /** Refunds a part of the price of a delivery as its merchant. */
  void refund(JsonNode delivery, String amount) {
    var payee = payment(delivery.path("trade_no").asString()).path("payee").asString();
    var merchant = payee.substring("did:act:".length());
    var orderNo = delivery.path("order_no").asString();
    var order = Map.of("amount", amount, "reason", "late", "refund_request_id", "back-" + orderNo);
    client.post(
        targetWorld.at("/merchants/" + merchant + "/orders/" + orderNo + "/refund"),
        targetWorld.keys().merchants().get(merchant),
        order);
  }

  JsonNode payment(String tradeNo) {
    return client.get(targetWorld.at("/psp/payments/" + tradeNo), targetWorld.keys().agent());
  }

  /** Returns every journal entry as the API exports it, without the fields with real time. */
  List<String> journal() {
    var lines = new ArrayList<String>();
    for (long after = 0; ; ) {
      var page = operator("/journal?limit=40&after=" + after);
      if (page.path("items").isEmpty()) {
        return lines;
      }
      page.path("items").forEach(entry -> lines.add(withoutRealTime(entry).toString()));
      after = page.path("next_after").asLong();
    }
  }

  private static JsonNode withoutRealTime(JsonNode entry) {
    var stripped = (ObjectNode) entry.deepCopy();
    stripped.remove(REAL_TIME);
    if (stripped.get("data") instanceof ObjectNode data) {
      data.remove(REAL_TIME);
    }
    return stripped;
  }

  private JsonNode operator(String path) {
    return client.get(targetWorld.api(path), targetWorld.keys().operator());
  }

  private URI agent(String path) {
    return targetWorld.at("/agents/demo-agent/conversations" + path);
  }

  /** Deletes the world, so that another one can have its name. */
  @Override
  public void close() {
    streams.forEach(EventStream::close);
    client.send("DELETE", targetWorld.api(""), targetWorld.keys().operator(), null);
  }

  /** Represents one conversation of the principal with the demo agent. */
  final class Conversation {

    private final String id;
    private final EventStream stream;

    private Conversation(String id, EventStream stream) {
      this.id = id;
      this.stream = stream;
    }

    /** Says the sentence and returns the data of the last offers event. */
    JsonNode offers(String sentence) {
      client.post(
          agent("/" + id + "/messages"), targetWorld.keys().principal(), Map.of("text", sentence));
      var seen = until("turn_done");
      return seen.stream()
          .filter(event -> event.path("type").asString().equals("offers"))
          .reduce((_, last) -> last)
          .orElseThrow(() -> new AssertionError("no offers but " + seen))
          .path("data");
    }

    /** Chooses the recommended offers and returns the trade that waits for the principal. */
    String chooseRecommended(JsonNode offers) {
      var choice = Json.object();
      choice.set("offer_ids", offers.path("recommended"));
      client.post(agent("/" + id + "/choice"), targetWorld.keys().principal(), choice);
      return tradeNo(until("payment_needed", "turn_done"));
    }

    /** Approves all payments, one after another, and returns the deliveries. */
    List<JsonNode> approveAll(String firstTradeNo) {
      var bought = new ArrayList<JsonNode>();
      for (var tradeNo = firstTradeNo; !tradeNo.isEmpty(); ) {
        decide(tradeNo, "APPROVE");
        var seen = until("payment_needed", "turn_done");
        seen.stream()
            .filter(event -> event.path("type").asString().equals("delivery"))
            .forEach(event -> bought.add(event.path("data")));
        tradeNo = tradeNo(seen);
        advance("PT0S");
      }
      return bought;
    }

    /** Returns the outcome of the turn. */
    String outcome() {
      return until("turn_done").getLast().path("data").path("outcome").asString();
    }

    private static String tradeNo(List<JsonNode> seen) {
      return seen.getLast().path("data").path("trade_no").asString("");
    }

    private List<JsonNode> until(String... types) {
      var seen = new ArrayList<JsonNode>();
      while (true) {
        var event = stream.next().orElseThrow(() -> new AssertionError("cut after " + seen));
        seen.add(event);
        if (Set.of(types).contains(event.path("type").asString())) {
          return seen;
        }
      }
    }
  }
}
