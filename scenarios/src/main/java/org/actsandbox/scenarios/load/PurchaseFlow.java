package org.actsandbox.scenarios.load;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.actsandbox.protocol.a402.Headers;
import org.actsandbox.protocol.commerce.CartRequest;
import org.actsandbox.protocol.commerce.IntentContext;
import org.actsandbox.protocol.commerce.IntentRequest;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.Target;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One complete L1 purchase: intent, cart, 402, payment request, the principal's approval, proof,
 * delivery. Eight requests, each answer checked.
 */
final class PurchaseFlow {

  private static final String PIN = "246810";
  private static final int OFFERS = 10;

  private final Target target;
  private final ExternalAgent agent;
  private final LeanHttp http;
  private final Clock clock;
  private final Wishes wishes;
  private final String run;

  /**
   * @param run keeps the request ids of several runs in one world apart
   */
  PurchaseFlow(
      Target target, ExternalAgent agent, LeanHttp http, Clock clock, Wishes wishes, String run) {
    this.target = target;
    this.agent = agent;
    this.http = http;
    this.clock = clock;
    this.wishes = wishes;
    this.run = run;
  }

  /**
   * @throws FlowFailed at the first step that did not go as in life it should
   */
  void buy(long flow) throws IOException {
    var wish = wishes.of(flow);
    var merchant = "/merchants/" + wish.merchant();
    var id = run + "-" + flow;
    var offer = pick(intent(merchant, wish, id), flow);
    var order = cart(merchant, offer, id);
    var resource = URI.create(order.path("resource_url").asString());
    var bill = bill(resource);
    var tradeNo = pay(order, bill, id);
    approve(tradeNo);
    deliver(resource, tradeNo);
  }

  private JsonNode intent(String merchant, Wishes.Wish wish, String id) throws IOException {
    var request =
        new IntentRequest(
            "Q-" + id,
            null,
            "I-" + id,
            agent.agentId(),
            clock.instant(),
            IntentRequest.OFFERS,
            OFFERS,
            new IntentContext(List.of(wish.need()), null, null, null, null),
            null,
            null,
            null);
    return expect(201, 200, "intent", post(merchant + "/intents", null, signed(request)))
        .path("offers");
  }

  private static JsonNode pick(JsonNode offers, long flow) {
    if (offers.isEmpty()) {
      throw new FlowFailed("intent", 200, "no offers");
    }
    return offers.path(new Random(flow).nextInt(offers.size()));
  }

  private JsonNode cart(String merchant, JsonNode offer, String id) throws IOException {
    var request =
        new CartRequest(
            "C-" + id,
            "I-" + id,
            agent.agentId(),
            clock.instant(),
            List.of(
                new CartRequest.Line(
                    offer.path("offer_id").asString(), offer.path("quantity").asInt(1))),
            offer.path("total").asString(),
            offer.path("currency").asString(),
            Map.of("ship_to", "home"),
            null,
            null,
            null,
            null);
    return expect(201, 200, "cart", post(merchant + "/carts", null, signed(request)));
  }

  private JsonNode bill(URI resource) throws IOException {
    var answer = http.send("GET", resource, null, null);
    if (answer.status() != 402 || answer.paymentNeeded() == null) {
      throw new FlowFailed("bill", answer.status(), answer.text());
    }
    return Headers.decode(Headers.PAYMENT_NEEDED, answer.paymentNeeded()).path("protocol");
  }

  private String pay(JsonNode order, JsonNode bill, String id) throws IOException {
    var request = Json.object();
    request.put("request_id", "P-" + id);
    request.put("merchant_order_no", order.path("order_no").asString());
    request.put("instrument_ref", agent.instrumentRef());
    request.put("amount", bill.path("amount").asString());
    request.put("currency", bill.path("currency").asString());
    request.put("timestamp", clock.instant().toString());
    request.put("agent_id", agent.agentId());
    request.put("payee", bill.path("seller_unique_id").asString());
    request.put("intent_id", "I-" + id);
    request.set("bill", bill);
    var body = Json.bytes(SignedJson.sign(request, agent.signer()));
    return expect(201, 200, "pay", post("/psp/payments", agent.key(), body))
        .path("trade_no")
        .asString();
  }

  private void approve(String tradeNo) throws IOException {
    var path = "/psp/payments/" + tradeNo + "/approval";
    var principal = target.keys().principal();
    var shown = expect(200, 200, "cashier", http.send("GET", target.at(path), principal, null));
    var decision =
        Map.of("decision", "APPROVE", "digest", shown.path("digest").asString(), "pin", PIN);
    var payment = expect(200, 200, "approve", post(path, principal, Json.bytes(decision)));
    if (!payment.path("status").asString().equals("paid")) {
      throw new FlowFailed("approve", 200, payment.toString());
    }
  }

  private void deliver(URI resource, String tradeNo) throws IOException {
    var payment =
        expect(
            200,
            200,
            "proof",
            http.send("GET", target.at("/psp/payments/" + tradeNo), agent.key(), null));
    var header = Headers.encode(payment.path("proof"));
    var answer = http.send("GET", resource, null, null, Headers.PAYMENT_PROOF, header);
    var delivered = expect(200, 200, "deliver", answer);
    if (delivered.isEmpty()) {
      throw new FlowFailed("deliver", 200, "empty delivery");
    }
  }

  private byte[] signed(Object message) {
    return Json.bytes(SignedJson.sign((ObjectNode) Json.tree(message), agent.signer()));
  }

  private LeanHttp.Answer post(String path, @Nullable String key, byte[] body) throws IOException {
    return http.send("POST", target.at(path), key, body);
  }

  private static JsonNode expect(int status, int orStatus, String step, LeanHttp.Answer answer) {
    if (answer.status() != status && answer.status() != orStatus) {
      throw new FlowFailed(step, answer.status(), answer.text());
    }
    return Json.parse(answer.body());
  }
}
