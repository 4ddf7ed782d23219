package org.actsandbox.scenarios;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.MethodLayer;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.http.OutboundClient;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A gate of one paid report that runs outside the sandbox: every request without a proof is an
 * order of its own, and the payment service says whether a proof is good.
 */
final class OutsideGate implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpServer http;
  private final OutboundClient outbound;
  private final AtomicInteger orders = new AtomicInteger();
  private final Map<String, JsonNode> bills = new ConcurrentHashMap<>();
  private final Map<String, String> delivered = new ConcurrentHashMap<>();
  private final Map<String, JsonNode> unconfirmed = new ConcurrentHashMap<>();
  private JsonNode view = Json.object();

  OutsideGate(OutboundClient outbound) {
    this.outbound = outbound;
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException taken) {
      throw new UncheckedIOException(taken);
    }
    http.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    http.createContext("/report", this::report);
    http.start();
  }

  String url() {
    return "http://localhost:" + http.getAddress().getPort();
  }

  /** Learns from its registration who it is. */
  void join(JsonNode registered) {
    view = registered;
  }

  private void report(HttpExchange exchange) throws IOException {
    try (exchange) {
      var proof = exchange.getRequestHeaders().getFirst(A402Headers.PAYMENT_PROOF);
      if (proof == null) {
        confirmAll();
        bill(exchange, 402, Json.object());
      } else {
        deliver(exchange, proof);
      }
    }
  }

  private String fingerprint(HttpExchange exchange) throws IOException {
    var type = exchange.getRequestHeaders().getFirst("Content-Type");
    return RequestFingerprint.of(
        "GET",
        URI.create(url() + exchange.getRequestURI()),
        type == null ? "" : type,
        exchange.getRequestBody().readAllBytes());
  }

  private void bill(HttpExchange exchange, int status, ObjectNode body) throws IOException {
    var number = "G-" + orders.incrementAndGet();
    var said = exchange.getRequestHeaders().getFirst("Act-Time");
    var now = said == null ? Instant.now() : Instant.parse(said);
    var bill =
        Json.object()
            .put("method_id", "act-sandbox:instant")
            .put("method_version", "1.0.0")
            .put("out_trade_no", number)
            .put("amount", "0.50")
            .put("currency", "CNY")
            .put("resource_id", "report/" + number)
            .put("pay_before", now.plus(Duration.ofMinutes(15)).toString())
            .put("seller_unique_id", view.path("did").asString())
            .put("request_method", "GET")
            .put("request_fingerprint", fingerprint(exchange))
            .put("replay_window_seconds", 3600);
    SignedJson.sign(bill, signer());
    bills.put(number, bill);
    var psp = view.path("psp");
    var method =
        MethodLayer.signed(
            bill,
            Map.of(
                "psp_id", psp.path("did").asString(),
                "endpoint", psp.path("endpoint").asString(),
                "method_schema_url", psp.path("method_schema_url").asString()),
            signer());
    var needed = Json.object();
    needed.set("protocol", bill);
    needed.set("method", Json.tree(method));
    exchange.getResponseHeaders().set(A402Headers.PAYMENT_NEEDED, A402Headers.encode(needed));
    answer(exchange, status, Json.write(body));
  }

  private void deliver(HttpExchange exchange, String header) throws IOException {
    var refusal = refusal(exchange, header);
    if (refusal.equals("unknown")) {
      answer(exchange, 503, Json.write(error("SYSTEM", "PAYMENT", "RETRYABLE")));
      return;
    }
    if (!refusal.isEmpty()) {
      bill(
          exchange, 402, error("PAYMENT_PROOF_VALIDATION", "PROOF_VALIDATION", "AFTER_CORRECTION"));
      return;
    }
    var protocol = A402Headers.decode(A402Headers.PAYMENT_PROOF, header).path("protocol");
    var number = protocol.path("out_trade_no").asString();
    boolean first = !delivered.containsKey(number);
    var goods = delivered.computeIfAbsent(number, each -> "{\"report\":\"for " + each + "\"}");
    if (first) {
      unconfirmed.put(number, protocol);
      confirmAll();
    }
    var facts = Json.object();
    for (var field :
        new String[] {
          "method_id",
          "method_version",
          "out_trade_no",
          "resource_id",
          "trade_no",
          "request_fingerprint"
        }) {
      facts.set(field, protocol.path(field));
    }
    facts
        .put("validation_status", "VALID")
        .put("delivery_status", "DELIVERED")
        .put("fulfillment_status", "PENDING")
        .put("transaction_state", "WAIT_SELLER_FULFILLMENT")
        .put("validated_at", Instant.now().toString());
    var validation = Json.object();
    validation.set("protocol", facts);
    validation.putObject("method").set("psp_id", view.at("/psp/did"));
    exchange
        .getResponseHeaders()
        .set(A402Headers.PAYMENT_VALIDATION, A402Headers.encode(validation));
    answer(exchange, 200, goods);
  }

  /** Returns why a proof is refused; empty for a good one. */
  private String refusal(HttpExchange exchange, String header) throws IOException {
    JsonNode protocol;
    JsonNode claims;
    try {
      protocol = A402Headers.decode(A402Headers.PAYMENT_PROOF, header).path("protocol");
      var compact =
          new String(
              Base64.getUrlDecoder().decode(protocol.path("payment_proof").asString("")),
              StandardCharsets.US_ASCII);
      claims = Json.parse(Base64.getUrlDecoder().decode(compact.split("\\.", -1)[1]));
    } catch (RuntimeException unreadable) {
      return "unreadable";
    }
    var bill = bills.get(protocol.path("out_trade_no").asString(""));
    if (bill == null || !fingerprint(exchange).equals(text(bill, "request_fingerprint"))) {
      return "mismatch";
    }
    for (var field : new String[] {"out_trade_no", "resource_id", "request_fingerprint"}) {
      if (!text(bill, field).equals(text(protocol, field))
          || !text(bill, field).equals(text(claims, field))) {
        return field;
      }
    }
    for (var field : new String[] {"trade_no", "expires_at"}) {
      if (!text(protocol, field).equals(text(claims, field))) {
        return field;
      }
    }
    if (!text(protocol, "buyer_unique_id").equals(text(claims, "sub"))
        || !text(protocol, "method_id").equals(text(bill, "method_id"))) {
      return "buyer";
    }
    return verified(protocol);
  }

  private String verified(JsonNode protocol) {
    var query = Json.object();
    query.set("payment_proof", protocol.path("payment_proof"));
    query.set("trade_no", protocol.path("trade_no"));
    OutboundClient.Answer answer;
    try {
      answer = call(view.at("/psp/verify").asString(), query);
    } catch (NoAnswerException lost) {
      return "unknown";
    }
    if (answer.status() >= 500) {
      return "unknown";
    }
    return answer.status() == 200 && Json.parse(answer.body()).path("active").asBoolean(false)
        ? ""
        : "not active";
  }

  /** Confirms what was delivered; what is not taken now is sent again with the next request. */
  private void confirmAll() {
    unconfirmed.forEach(
        (number, protocol) -> {
          if (confirm(protocol).status() < 500) {
            unconfirmed.remove(number);
          }
        });
  }

  private OutboundClient.Answer confirm(JsonNode protocol) {
    var message = Json.object().put("request_id", "F-" + protocol.path("trade_no").asString());
    for (var field : new String[] {"trade_no", "out_trade_no", "resource_id"}) {
      message.set(field, protocol.path(field));
    }
    message.put("delivered_at", Instant.now().toString());
    message.put("delivery_digest", RequestFingerprint.digest(new byte[0]));
    return call(view.at("/psp/fulfilments").asString(), SignedJson.sign(message, signer()));
  }

  private OutboundClient.Answer call(String target, JsonNode body) {
    var headers = new HashMap<String, String>();
    headers.put("Content-Type", "application/json");
    headers.put("Authorization", "Bearer " + view.path("role_key").asString());
    return outbound.send(
        new OutboundClient.Call("POST", URI.create(target), headers, Json.bytes(body), TIMEOUT));
  }

  private static ObjectNode error(String category, String phase, String retryability) {
    var body = Json.object();
    body.putObject("error")
        .put("error_id", "ACT-A402-PROOF_INVALID")
        .put("category", category)
        .put("phase", phase)
        .put("retryability", retryability)
        .put("message", "the proof is not accepted")
        .putArray("valid_next_actions")
        .add("OBTAIN_NEW_PROOF");
    return body;
  }

  private static String text(JsonNode message, String field) {
    return message.path(field).asString("");
  }

  private Ed25519KeyPair signer() {
    return new Ed25519KeyPair(
        view.path("key_id").asString(),
        Base64.getUrlDecoder().decode(view.at("/key/private_jwk/d").asString()));
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
    if (!head) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    http.stop(0);
  }
}
