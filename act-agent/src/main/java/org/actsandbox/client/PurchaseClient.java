package org.actsandbox.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.commerce.IntentRequest;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends the messages of an instant purchase (L1), one method each, as an external agent and its
 * principal send them. Messages are raw JSON, so that a caller can change one before it is sent.
 */
public final class PurchaseClient {

  public static final String DEMO_PIN = "246810";

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final TargetWorld targetWorld;
  private final ExternalAgent agent;
  private final OutboundClient outboundClient;
  private final InstantSource clock;

  /**
   * Creates a client for one agent in one world.
   *
   * @param clock the world's time, for the timestamps of messages
   */
  public PurchaseClient(
      TargetWorld targetWorld,
      ExternalAgent agent,
      OutboundClient outboundClient,
      InstantSource clock) {
    this.targetWorld = targetWorld;
    this.agent = agent;
    this.outboundClient = outboundClient;
    this.clock = clock;
  }

  public ExternalAgent agent() {
    return agent;
  }

  /** Builds an unsigned intent for {@code POST /intents}. */
  public ObjectNode intent(String id, Need need, int limit) {
    return intent(id, Json.tree(need), limit);
  }

  /** Builds an unsigned intent with a need in raw JSON, which may be invalid. */
  public ObjectNode intent(String id, JsonNode need, int limit) {
    var message = newMessage(id, "Q-");
    message.put("response_form", IntentRequest.OFFERS).put("limit", limit);
    message.putObject("context").putArray("explicit_needs").add(need);
    return message;
  }

  /** Builds an unsigned cart for {@code POST /carts} with the offer's own quantity and total. */
  public ObjectNode cart(String id, JsonNode offer) {
    var message = newMessage(id, "C-");
    message
        .putArray("lines")
        .addObject()
        .put("offer_id", offer.path("offer_id").asString())
        .put("quantity", offer.path("quantity").asInt(1));
    message.put("expected_total", offer.path("total").asString());
    message.put("currency", offer.path("currency").asString());
    var fulfilment = message.putObject("fulfilment");
    if (offer.path("kind").asString("").equals("shop")) {
      fulfilment.put("ship_to", "home");
    }
    return message;
  }

  /** Builds an unsigned payment request for a bill, for {@code POST /psp/payments}. */
  public ObjectNode payment(String id, JsonNode bill) {
    var message = newMessage(id, "P-");
    message.put("merchant_order_no", bill.path("out_trade_no").asString());
    message.put("instrument_ref", agent.instrumentRef());
    message.put("amount", bill.path("amount").asString());
    message.put("currency", bill.path("currency").asString());
    message.put("payee", bill.path("seller_unique_id").asString());
    message.set("bill", bill);
    return message;
  }

  /** Builds an unsigned request for a service of a seller agent. */
  public ObjectNode service(String id, JsonNode input) {
    var message = newMessage(id, "R-");
    message.set("input", input);
    return message;
  }

  public ObjectNode signed(ObjectNode message) {
    return SignedJson.sign(message, agent.signer());
  }

  public Reply sendIntent(String merchant, ObjectNode signed) {
    return post("/merchants/" + merchant + "/intents", null, signed);
  }

  public Reply sendCart(String merchant, ObjectNode signed) {
    return post("/merchants/" + merchant + "/carts", null, signed);
  }

  /**
   * Requests the paid resource without a proof; the answer is a 402 with the bill in its header.
   */
  public Reply askForResource(URI resource) {
    return send("GET", resource, null, null, Map.of());
  }

  /** Returns the {@code protocol} layer of the bill in a 402 answer. */
  public static JsonNode bill(Reply reply) {
    var header = reply.answer().header(A402Headers.PAYMENT_NEEDED);
    return A402Headers.decode(
            A402Headers.PAYMENT_NEEDED,
            header.orElseThrow(() -> new IllegalStateException("no Payment-Needed in " + reply)))
        .path("protocol");
  }

  public Reply sendPayment(ObjectNode signed) {
    return post("/psp/payments", agent.key(), signed);
  }

  public Reply payment(String tradeNo) {
    return get("/psp/payments/" + tradeNo, agent.key());
  }

  /** Gets what the cashier shows the principal. */
  public Reply cashier(String tradeNo) {
    return get("/psp/payments/" + tradeNo + "/approval", targetWorld.keys().principal());
  }

  public Reply approve(String tradeNo, String digest, String pin) {
    return decide(tradeNo, Map.of("decision", "APPROVE", "digest", digest, "pin", pin));
  }

  public Reply decide(String tradeNo, Map<String, String> decision) {
    return post(
        "/psp/payments/" + tradeNo + "/approval",
        targetWorld.keys().principal(),
        Json.tree(decision));
  }

  /** Requests the resource again with a proof of payment. */
  public Reply sendProof(URI resource, JsonNode proof) {
    return sendProofHeader(resource, A402Headers.encode(proof));
  }

  public Reply sendProofHeader(URI resource, String proofHeader) {
    return send("GET", resource, null, null, Map.of(A402Headers.PAYMENT_PROOF, proofHeader));
  }

  public Reply get(String path, @Nullable String key) {
    return send("GET", targetWorld.at(path), key, null, Map.of());
  }

  public Reply post(String path, @Nullable String key, JsonNode body) {
    return send("POST", targetWorld.at(path), key, Json.bytes(body), Map.of());
  }

  /** Sends any request; the body need not be JSON. */
  public Reply send(
      String method,
      URI address,
      @Nullable String key,
      byte @Nullable [] body,
      Map<String, String> extraHeaders) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Act-Sender", agent.agentId());
    if (key != null) {
      headers.put("Authorization", "Bearer " + key);
    }
    if (body != null) {
      headers.put("Content-Type", "application/json");
    }
    headers.putAll(extraHeaders);
    var bytes = body == null ? "".getBytes(StandardCharsets.UTF_8) : body;
    return new Reply(
        outboundClient.send(new OutboundClient.Call(method, address, headers, bytes, TIMEOUT)));
  }

  private ObjectNode newMessage(String id, String prefix) {
    var message = Json.object();
    message.put("request_id", prefix + id);
    message.put("intent_id", "I-" + id);
    message.put("agent_id", agent.agentId());
    message.put("timestamp", clock.instant().toString());
    return message;
  }
}
