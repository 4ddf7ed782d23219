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
import org.actsandbox.protocol.http.Unanswered;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.Buyer;
import org.actsandbox.scenarios.client.EventStream;
import org.actsandbox.scenarios.client.ExternalAgent;
import org.actsandbox.scenarios.client.SandboxClient;
import org.actsandbox.scenarios.client.Target;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a principal does in a world whose clock stands still, one thing after another: whatever the
 * world sets going has come to its end, or to the cashier, before the next thing is done.
 */
final class Script implements AutoCloseable {

  /** The only fields of a journal entry that are real time. */
  static final Set<String> REAL_TIME = Set.of("recorded_at", "duration_micros");

  private final SandboxClient client;
  private final Target target;
  private final List<EventStream> streams = new ArrayList<>();

  /** 32 bytes: two worlds with it sign alike, so that their journals can be compared. */
  private static final String KEY_SECRET =
      Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString("scripted-world-keys-0123456789ab".getBytes(StandardCharsets.US_ASCII));

  private Script(SandboxClient client, Target target) {
    this.client = client;
    this.target = target;
  }

  static Script in(SandboxClient client, URI origin, String world, String seed) {
    var order = Json.object().put("name", world).put("seed", seed);
    order.put("key_secret", KEY_SECRET);
    order.putObject("clock").put("mode", "stopped").put("now", Stage.START.toString());
    order.putObject("principal").put("lang", "en").put("balance", "30000.00");
    return new Script(client, client.newWorld(origin, null, order));
  }

  Target target() {
    return target;
  }

  /** A conversation with the demo agent, listened to from its beginning. */
  Talk talk(String lang) {
    var made = client.post(agent(""), target.keys().principal(), Map.of("lang", lang));
    var id = made.path("conversation_id").asString();
    var stream = new EventStream(agent("/" + id + "/events"), target.keys().principal());
    streams.add(stream);
    return new Talk(id, stream);
  }

  Buyer outsider() {
    var seed = "scenario-agent-0123456789abcdef!".getBytes(StandardCharsets.UTF_8);
    var agent = ExternalAgent.register(client, target, "outsider", seed);
    return new Buyer(target, agent, client.outbound(), this::now);
  }

  Instant now() {
    return Instant.parse(operator("/clock").path("now").asString());
  }

  void advance(String by) {
    client.post(target.api("/clock/advance"), target.keys().operator(), Map.of("by", by));
  }

  void fault(String name, String participant, String operation, Map<String, Object> parameters) {
    var order = Json.object().put("name", name).put("participant", participant).put("count", 1);
    order.put("operation", operation).set("parameters", Json.tree(parameters));
    client.post(target.api("/faults"), target.keys().operator(), order);
  }

  void decide(String tradeNo, String decision) {
    var address = target.at("/psp/payments/" + tradeNo + "/approval");
    var shown = client.get(address, target.keys().principal());
    var order = Json.object().put("decision", decision).put("pin", Buyer.DEMO_PIN);
    order.set("digest", shown.path("digest"));
    try {
      client.post(address, target.keys().principal(), order);
    } catch (Unanswered lost) {
      assertThat(lost.isTimeout()).as("cut, not late").isFalse();
    }
  }

  /** The merchant gives back a part of what a delivery cost. */
  void refund(JsonNode delivery, String amount) {
    var payee = payment(delivery.path("trade_no").asString()).path("payee").asString();
    var merchant = payee.substring("did:act:".length());
    var orderNo = delivery.path("order_no").asString();
    var order = Map.of("amount", amount, "reason", "late", "refund_request_id", "back-" + orderNo);
    client.post(
        target.at("/merchants/" + merchant + "/orders/" + orderNo + "/refund"),
        target.keys().merchants().get(merchant),
        order);
  }

  JsonNode payment(String tradeNo) {
    return client.get(target.at("/psp/payments/" + tradeNo), target.keys().agent());
  }

  /** Every entry as the API exports it, without what is real time. */
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
    return client.get(target.api(path), target.keys().operator());
  }

  private URI agent(String path) {
    return target.at("/agents/demo-agent/conversations" + path);
  }

  /** The world is gone afterwards, so that another one can have its name. */
  @Override
  public void close() {
    streams.forEach(EventStream::close);
    client.send("DELETE", target.api(""), target.keys().operator(), null);
  }

  /** One conversation. */
  final class Talk {

    private final String id;
    private final EventStream stream;

    private Talk(String id, EventStream stream) {
      this.id = id;
      this.stream = stream;
    }

    /** The offers event that answers the sentence. */
    JsonNode offers(String sentence) {
      client.post(
          agent("/" + id + "/messages"), target.keys().principal(), Map.of("text", sentence));
      var seen = until("turn_done");
      return seen.stream()
          .filter(event -> event.path("type").asString().equals("offers"))
          .reduce((_, last) -> last)
          .orElseThrow(() -> new AssertionError("no offers but " + seen))
          .path("data");
    }

    /** Chooses what is recommended; the trade that waits for the principal. */
    String chooseRecommended(JsonNode offers) {
      var choice = Json.object();
      choice.set("offer_ids", offers.path("recommended"));
      client.post(agent("/" + id + "/choice"), target.keys().principal(), choice);
      return tradeNo(until("payment_needed", "turn_done"));
    }

    /** Approves all that is asked for, one after another; the orders bought. */
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

    /** How the turn ends. */
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
