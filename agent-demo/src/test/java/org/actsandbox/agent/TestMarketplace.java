package org.actsandbox.agent;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.MethodLayer;
import org.actsandbox.protocol.a402.RequestFingerprint;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.KeyDirectory;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs two platforms per vertical and a payment service over real HTTP with real signatures; each
 * misbehaves as a test orders.
 */
final class TestMarketplace implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-11-25T02:00:00Z");
  static final LocalDate TRAVEL = LocalDate.of(2026, 11, 26);
  static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** The text that the agent masks as a PIN. */
  static final String SECRET = "482913";

  private static final Map<String, MerchantKind> MERCHANT_KINDS =
      Map.of(
          "raileast", MerchantKind.TRAIN,
          "gotrip-rail", MerchantKind.TRAIN,
          "stayhub", MerchantKind.HOTEL,
          "gotrip-hotels", MerchantKind.HOTEL,
          "luma-mart", MerchantKind.SHOP,
          "bazaar88", MerchantKind.SHOP);

  final Map<String, Ed25519KeyPair> keys = new ConcurrentHashMap<>();
  final List<String> calls = new CopyOnWriteArrayList<>();
  final List<String> bodies = new CopyOnWriteArrayList<>();
  final Map<String, ObjectNode> orders = new ConcurrentHashMap<>();
  final Map<String, ObjectNode> payments = new ConcurrentHashMap<>();
  final Map<String, String> misbehaviour = new ConcurrentHashMap<>();

  /** Changes a bill before its merchant signs it. */
  volatile UnaryOperator<ObjectNode> bentBill = bill -> bill;

  final AtomicInteger debits = new AtomicInteger();
  final AtomicInteger deliveries = new AtomicInteger();
  final CountDownLatch never = new CountDownLatch(1);
  volatile String decision = "paid";
  volatile String title = "G7301 Hangzhou East to Shanghai Hongqiao";
  volatile String shopTitle = "Phone charger";

  volatile List<String> timetable = List.of("07:10 G7301", "07:40 G7303");

  /** Merchants that are asked for offers wait for this many requests before any of them answers. */
  volatile CountDownLatch searchBarrier = new CountDownLatch(0);

  private final HttpServer server;
  private final MarketplaceGoods marketplaceGoods = new MarketplaceGoods(this);
  private final MarketplacePayments marketplacePayments = new MarketplacePayments(this);

  TestMarketplace() {
    var names = new ArrayList<>(MERCHANT_KINDS.keySet());
    names.addAll(List.of("sandbox-pay", "demo-agent"));
    for (var name : names) {
      var seed = new byte[32];
      seed[0] = (byte) name.hashCode();
      seed[1] = (byte) name.length();
      keys.put(name, new Ed25519KeyPair(Did.of(name).key(1), seed));
    }
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  KeyDirectory directory() {
    return signer ->
        Optional.ofNullable(keys.get(Did.ofSigner(signer).name())).map(k -> k.publicKey());
  }

  List<Platform> platforms() {
    return MERCHANT_KINDS.entrySet().stream()
        .sorted(Map.Entry.<String, MerchantKind>comparingByKey().reversed())
        .map(
            e ->
                new Platform(
                    e.getKey(), Did.of(e.getKey()), e.getValue(), name(e.getKey()), at(e.getKey())))
        .toList();
  }

  /** Returns a name without the id, so that a sentence that shows an id stands out. */
  static Text name(String merchant) {
    var spelled = merchant.toUpperCase(Locale.ROOT).replace('-', ' ');
    return new Text("The " + spelled, spelled + " 商家");
  }

  private URI at(String merchant) {
    return URI.create(base() + "/merchants/" + merchant);
  }

  boolean does(String participant, String kind) {
    return kind.equals(misbehaviour.get(participant));
  }

  /** Happens once: a lost answer concerns one call, and the repeated call gets through. */
  boolean once(String participant, String kind) {
    return misbehaviour.remove(participant, kind);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      calls.add(exchange.getRequestMethod() + " " + path);
      bodies.add(body);
      if (path.startsWith("/merchants/")) {
        var parts = path.split("/", 4);
        merchant(exchange, parts[2], parts.length > 3 ? parts[3] : "", body);
      } else {
        marketplacePayments.serve(exchange, path, body);
      }
    }
  }

  private void merchant(HttpExchange exchange, String id, String path, String body)
      throws IOException {
    if (path.equals(".well-known/agent-card.json")) {
      var card = Json.object().put("agent_id", Did.of(id).value());
      card.put("vertical", MERCHANT_KINDS.getOrDefault(id, MerchantKind.SHOP).code());
      card.putObject("capabilities")
          .putObject("act:payment:negotiation")
          .put("mode", "one-way")
          .put(
              "capability_url",
              (does(id, "foreign_card") ? base() + "/merchants/luma-mart" : at(id))
                  + "/.well-known/act-payment-capability.json");
      answer(exchange, 200, card);
    } else if (path.equals(".well-known/act-payment-capability.json")) {
      var capability = Json.object().put("agent_id", Did.of(id).value());
      var methods = capability.putArray("supported_methods");
      if (does(id, "no_method")) {
        answer(exchange, 200, capability);
        return;
      }
      var method = methods.addObject();
      method.put("method_id", "act-sandbox:instant");
      method
          .putArray("psps")
          .addObject()
          .put("psp_id", "did:act:sandbox-pay")
          .put("endpoint", base() + "/psp/payments")
          .put(
              "method_schema_url",
              does(id, "schema_elsewhere") ? "http://127.0.0.1:1/x" : schema());
      answer(exchange, 200, capability);
    } else if (path.equals("intents")) {
      intents(exchange, id, Json.parse(body));
    } else if (path.equals("carts")) {
      carts(exchange, id, Json.parse(body));
    } else if (path.endsWith("/cancel")) {
      var order = orders.get(path.split("/", -1)[1]);
      order.put("status", "CANCELLED");
      answer(exchange, 200, order);
    } else if (path.startsWith("orders/")) {
      answer(exchange, 200, orders.get(path.substring("orders/".length())));
    } else {
      fulfilment(exchange, id, path.substring("fulfilment/".length()));
    }
  }

  private void intents(HttpExchange exchange, String id, JsonNode request) throws IOException {
    if (does(id, "slow")) {
      try {
        never.await();
      } catch (InterruptedException over) {
        return;
      }
    }
    if (does(id, "broken")) {
      raw(exchange, 200, "{\"offers\": [");
      return;
    }
    searchBarrier.countDown();
    if (!awaitAll()) {
      raw(exchange, 500, "the others were not asked");
      return;
    }
    var response = Json.object();
    response.set("request_id", request.path("request_id"));
    response.set("intent_id", request.path("intent_id"));
    response.put("merchant_id", id).put("answered_at", NOW.toString());
    var offers = response.putArray("offers");
    var need = request.path("context").path("explicit_needs").path(0);
    switch (MERCHANT_KINDS.getOrDefault(id, MerchantKind.SHOP)) {
      case TRAIN -> {
        timetable.stream()
            .filter(run -> isAsked(need, run.substring(0, 5), run.substring(6)))
            .limit(request.path("max_offers").asInt(10))
            .forEach(
                run ->
                    offers.add(
                        marketplaceGoods.trainOffer(id, run.substring(0, 5), run.substring(6))));
      }
      case HOTEL -> offers.add(marketplaceGoods.hotelOffer(id, need));
      case SHOP, SERVICE -> offers.add(marketplaceGoods.shopOffer(id));
    }
    answer(exchange, 200, response);
  }

  private static boolean isAsked(JsonNode need, String departs, String train) {
    return train.startsWith(need.path("train_type").asString(""))
        && departs.compareTo(need.path("depart_after").asString("00:00").substring(0, 5)) >= 0;
  }

  private boolean awaitAll() {
    try {
      return searchBarrier.await(900, TimeUnit.MILLISECONDS);
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void carts(HttpExchange exchange, String id, JsonNode cart) throws IOException {
    SignedJson.verify(cart, directory());
    if (does(id, "sold_out")) {
      misbehaviour.remove(id);
      error(exchange, 409, "sold_out");
      return;
    }
    var no = "R-" + cart.path("request_id").asString();
    var order = orders.computeIfAbsent(no, _ -> order(id, no, cart));
    if (once(id, "lost_cart")) {
      return;
    }
    answer(exchange, 201, order);
  }

  private ObjectNode order(String id, String no, JsonNode cart) {
    var line = cart.path("lines").path(0);
    var total = does(id, "bait") ? "500.00" : cart.path("expected_total").asString();
    var order = Json.object().put("order_no", no).put("merchant_id", id);
    order.put("merchant_did", Did.of(id).value());
    order.set("intent_id", cart.path("intent_id"));
    order.set("request_id", cart.path("request_id"));
    order.put("kind", MERCHANT_KINDS.getOrDefault(id, MerchantKind.SHOP).code());
    var lines = order.putArray("lines").addObject();
    lines.set("offer_id", line.path("offer_id"));
    lines.put("item_id", "item").set("quantity", line.path("quantity"));
    MarketplaceGoods.text(lines, "title", title);
    order.putArray("price");
    order.put("total", total).put("currency", "CNY").put("status", "HELD");
    order.put("confirmed_at", NOW.toString()).put("hold_until", NOW.plusSeconds(900).toString());
    order.put("resource_id", "fulfilment/" + no).put("resource_url", at(id) + "/fulfilment/" + no);
    return SignedJson.sign(order, keys.get(id));
  }

  private void fulfilment(HttpExchange exchange, String id, String no) throws IOException {
    var proof = exchange.getRequestHeaders().getFirst(A402Headers.PAYMENT_PROOF);
    if (proof == null) {
      var needed = Json.object();
      needed.set("protocol", bill(id, orders.get(no)));
      needed.set("method", methodLayer(id, needed.path("protocol")));
      exchange.getResponseHeaders().set(A402Headers.PAYMENT_NEEDED, A402Headers.encode(needed));
      raw(exchange, 402, "please pay");
      return;
    }
    if (once(id, "down_at_delivery")) {
      raw(exchange, 503, "back in a minute");
      return;
    }
    deliveries.incrementAndGet();
    if (does(id, "undelivered")) {
      error(exchange, 500, "fulfilment_failed");
      return;
    }
    answer(exchange, 200, MarketplaceGoods.delivery(MERCHANT_KINDS.get(id)));
  }

  private String schema() {
    return base() + "/psp/methods/act-sandbox-instant/1.0.0.schema.json";
  }

  private JsonNode methodLayer(String id, JsonNode bill) {
    var foreign = does(id, "foreign_psp");
    var members =
        Map.of(
            "psp_id",
            foreign ? "did:act:other-pay" : "did:act:sandbox-pay",
            "endpoint",
            (foreign ? "http://127.0.0.1:1" : base()) + "/psp/payments",
            "method_schema_url",
            schema());
    var signer = keys.get(does(id, "forged_method") ? "demo-agent" : id);
    var signed = MethodLayer.signed(bill, members, signer);
    var layer = (ObjectNode) Json.tree(signed);
    return does(id, "bent_method") ? layer.put("endpoint", base() + "/psp/elsewhere") : layer;
  }

  private ObjectNode bill(String id, ObjectNode order) {
    var bill = Json.object().put("method_id", "act-sandbox:instant").put("method_version", "1.0.0");
    bill.set("out_trade_no", order.path("order_no"));
    bill.put("amount", does(id, "overbill") ? "999.00" : order.path("total").asString());
    bill.put("currency", "CNY").set("resource_id", order.path("resource_id"));
    bill.put("pay_before", NOW.plusSeconds(900).toString());
    bill.put("seller_unique_id", Did.of(id).value()).put("request_method", "GET");
    bill.put(
        "request_fingerprint",
        RequestFingerprint.of(
            "GET", URI.create(order.path("resource_url").asString()), "", new byte[0]));
    bill.put("replay_window_seconds", 300);
    return SignedJson.sign(bentBill.apply(bill), keys.get(id));
  }

  private static void error(HttpExchange exchange, int status, String code) throws IOException {
    var body = new HashMap<String, Object>();
    body.put("message", code);
    body.put("details", Map.of("code", code));
    answer(exchange, status, Json.tree(Map.of("error", body)));
  }

  static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
    raw(exchange, status, Json.write(body));
  }

  static void raw(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  List<String> callsTo(String part) {
    return new ArrayList<>(calls).stream().filter(call -> call.contains(part)).toList();
  }

  @Override
  public void close() {
    never.countDown();
    server.stop(0);
  }
}
