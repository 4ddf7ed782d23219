// A shop that sells to agents under ACT 2.1, and one paid page: java Shop.java shop.env
// It needs a JDK 25 and nothing else. shop.env is the "env" of POST /api/worlds/{world}/merchants.
import java.security.Signature;
import module java.base;
import module java.net.http;
import module jdk.httpserver;

/** Sells the goods below: catalog, intents, carts, paid resources (402), cancellation, refunds. */
public final class Shop {
  record Good(String id, String name, String price) {}

  static final List<Good> GOODS =
      List.of(new Good("tea-1", "Longjing green tea", "38.00"), new Good("cup-1", "Tea cup", "12.50"));
  static final Good REPORT = new Good("report", "Tea market report", "0.50"); // GET /report
  static final Set<String> PAID = Set.of("PAID", "DELIVERED");

  /** One order. Everything that happens to it happens under its lock. */
  static final class Order {
    final Map<String, Object> data = new TreeMap<>(); // as it was signed
    final Map<String, String> bills = new HashMap<>(); // by request fingerprint, never rewritten
    String agent = "", status = "HELD", tradeNo = "", delivery = "", refunded = "";

    String get(String field) {
      return data.getOrDefault(field, "").toString();
    }
  }

  final Map<String, String> env;
  volatile PrivateKey key;
  final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
  final Map<String, Order> orders = new ConcurrentHashMap<>(); // by number
  final Map<String, String> carts = new ConcurrentHashMap<>(); // order number by agent and request id
  final Map<String, PublicKey> keys = new ConcurrentHashMap<>(); // by key id

  public static void main(String[] args) throws Exception {
    // Without a file the settings are in the environment, as ./run check-merchant --start gives them.
    var file = Path.of(args.length > 0 ? args[0] : "shop.env");
    var lines = Files.exists(file) ? Files.readAllLines(file) : List.<String>of();
    var env = new HashMap<>(System.getenv());
    lines.stream().filter(l -> l.contains("=")).map(l -> l.split("=", 2)).forEach(l -> env.put(l[0], l[1]));
    System.out.println("the shop answers at " + start(env).getAddress());
  }

  public static HttpServer start(Map<String, String> env) throws Exception {
    var shop = new Shop(env);
    var url = URI.create(env.get("ACT_URL"));
    var server = HttpServer.create(new InetSocketAddress(url.getHost(), url.getPort()), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", shop::handle);
    server.start();
    return server;
  }

  Shop(Map<String, String> env) throws Exception {
    this.env = new ConcurrentHashMap<>(env);
    this.key = key();
  }

  PrivateKey key() throws Exception {
    var pkcs8 = HexFormat.of().parseHex("302e020100300506032b657004220420" + hex(unbase64(env.get("ACT_KEY"))));
    return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  // ---- what agents ask ------------------------------------------------------------------------

  Answer route(Request r) throws Exception {
    var parts = r.path.split("/");
    return switch (r.method + " " + (parts.length > 1 ? parts[1] : "")) {
      case "GET .well-known" -> Answer.ok(r.path.endsWith("agent-card.json") ? card() : capability());
      case "GET catalog" -> Answer.ok(map("items", GOODS.stream().map(this::entry).toList()));
      case "POST intents" -> intents(r);
      case "POST carts" -> cart(r);
      case "GET fulfilment" -> gate(r, order(parts[2]), this::parcel);
      case "GET report" -> gate(r, billed(r), _ -> map("report", "Tea is dearer than last year."));
      case "POST orders" -> cancel(r, order(parts[2]));
      case "POST notifications" -> notified(r);
      case "POST act-settings" -> settings(r);
      default -> throw new Refused(404, "not_found", "REQUEST_PARAMETER", "nothing is here");
    };
  }

  /** Takes the settings of a new world, only if it is one of the sandbox that this shop was told of. */
  Answer settings(Request r) throws Exception {
    var world = String.valueOf(r.json().get("ACT_WORLD"));
    if (!env.containsKey("ACT_SANDBOX") || !world.startsWith(env.get("ACT_SANDBOX") + "/w/")) {
      throw new Refused(403, "access_restricted", "PARTICIPANT_IDENTITY", "the settings are another sandbox's");
    }
    r.json().forEach((name, value) -> env.put(name, value.toString()));
    key = key();
    keys.clear();
    orders.clear();
    carts.clear();
    return Answer.ok(map("world", world));
  }

  Map<String, Object> card() {
    var capability = map("mode", "one-way", "capability_url", env.get("ACT_URL") + "/.well-known/act-payment-capability.json");
    return map("name", "Tea shop", "agent_id", env.get("ACT_DID"), "vertical", "shop", "url", env.get("ACT_URL"),
        "version", "1.0", "capabilities", map("act:payment:negotiation", capability));
  }

  Map<String, Object> capability() {
    var method = map("method_id", "act-sandbox:instant", "psps", List.of(psp()));
    return map("version", "2.1", "role", "payee", "agent_id", env.get("ACT_DID"), "supported_methods", List.of(method));
  }

  Map<String, Object> psp() {
    return map("psp_id", env.get("ACT_PSP_DID"), "endpoint", env.get("ACT_PSP") + "/payments",
        "method_schema_url", env.get("ACT_PSP") + "/methods/act-sandbox-instant/1.0.0.schema.json");
  }

  Map<String, Object> entry(Good good) {
    return map("id", good.id, "name", text(good.name), "category", text("tea"), "price", good.price, "currency", "CNY",
        "availability", "in_stock", "merchant_id", env.get("ACT_ID"), "detail_ref", env.get("ACT_URL") + "/catalog");
  }

  Answer intents(Request r) throws Exception {
    var intent = signedByAgent(r);
    var need = at(intent, "context", "explicit_needs", 0);
    var terms = String.valueOf(at(need, "terms")).toLowerCase(Locale.ROOT);
    var quantity = ((Number) Objects.requireNonNullElse(at(need, "quantity"), 1)).intValue();
    var offers = GOODS.stream().filter(good -> matches(good, terms)).map(good -> offer(good, quantity, r.now)).toList();
    if (offers.isEmpty()) {
      throw new Refused(404, "no_match", "INTENT_NO_MATCH", "this shop sells tea and cups");
    }
    return Answer.ok(map("request_id", intent.get("request_id"), "intent_id", intent.get("intent_id"),
        "merchant_id", env.get("ACT_ID"), "answered_at", r.now.toString(), "offers", offers));
  }

  static boolean matches(Good good, String terms) {
    return Arrays.stream(terms.split("\\W+")).anyMatch(word -> !word.isEmpty() && good.name.toLowerCase(Locale.ROOT).contains(word));
  }

  Map<String, Object> offer(Good good, int quantity, Instant now) {
    var total = new BigDecimal(good.price).multiply(new BigDecimal(quantity)).toPlainString();
    var details = map("kind", "shop", "product", text(good.name), "variant", text("standard"), "brand", "Tea shop", "attributes", map(),
        "quantity", quantity, "shipping", text("standard"), "promised_by", now.plus(Duration.ofDays(2)).toString(), "rating", "4.5");
    return map("offer_id", good.id + "~" + quantity, "item_id", good.id, "merchant_id", env.get("ACT_ID"), "merchant_did", env.get("ACT_DID"),
        "kind", "shop", "title", text(good.name), "category", text("tea"), "quantity", quantity,
        "lines", List.of(map("type", "base", "label", text(good.name), "amount", total)), "total", total, "currency", "CNY",
        "available", 100, "valid_until", now.plus(Duration.ofMinutes(15)).toString(), "detail_ref", env.get("ACT_URL") + "/catalog",
        "details", details);
  }

  Answer cart(Request r) throws Exception {
    var cart = signedByAgent(r);
    var id = String.valueOf(at(cart, "lines", 0, "offer_id")).split("~");
    var good = GOODS.stream().filter(each -> each.id.equals(id[0]) && id.length == 2 && id[1].matches("[1-9]\\d{0,2}")).findFirst()
        .orElseThrow(() -> new Refused(409, "offer_expired", "CART_LOCK_FAILED", "there is no such offer"));
    var order = newOrder(good, Integer.parseInt(id[1]), cart, r.now);
    if (new BigDecimal(order.get("total")).compareTo(new BigDecimal(cart.get("expected_total").toString())) > 0) {
      throw new Refused(409, "price_changed", "CART_LOCK_FAILED", "it costs " + order.get("total"));
    }
    // The same request again is the same order; another cart under its id is a conflict (CID-8).
    var number = carts.computeIfAbsent(order.agent + " " + order.get("request_id"), _ -> {
      orders.put(order.get("order_no"), order);
      return order.get("order_no");
    });
    if (!orders.get(number).get("lines").equals(order.get("lines"))) {
      throw new Refused(409, "duplicate_request", "REQUEST_PARAMETER", "this request id confirmed another cart");
    }
    return new Answer(201, orders.get(number).data, map());
  }

  Order newOrder(Good good, int quantity, Map<String, Object> cart, Instant now) throws Exception {
    var order = new Order();
    var number = "T-" + UUID.randomUUID();
    var total = new BigDecimal(good.price).multiply(new BigDecimal(quantity)).toPlainString();
    order.agent = String.valueOf(cart.getOrDefault("agent_id", ""));
    order.data.putAll(map("order_no", number, "merchant_id", env.get("ACT_ID"), "merchant_did", env.get("ACT_DID"),
        "intent_id", cart.getOrDefault("intent_id", ""), "request_id", cart.getOrDefault("request_id", ""), "kind", "shop",
        "lines", List.of(map("offer_id", good.id + "~" + quantity, "item_id", good.id, "title", text(good.name), "quantity", quantity)),
        "price", List.of(map("type", "base", "label", text(good.name), "amount", total)), "total", total, "currency", "CNY",
        "status", "HELD", "confirmed_at", now.toString(), "hold_until", now.plus(Duration.ofMinutes(15)).toString(),
        "resource_id", "fulfilment/" + number, "resource_url", env.get("ACT_URL") + "/fulfilment/" + number));
    if (cart.containsKey("delegation_id")) {
      order.data.put("delegation_id", cart.get("delegation_id"));
    }
    order.data.putAll(sign(order.data));
    return order;
  }

  Answer cancel(Request r, Order order) throws Exception {
    if (!signedByAgent(r).get("order_no").equals(order.get("order_no")) || !r.agent.equals(order.agent)) {
      throw new Refused(404, "not_found", "REQUEST_PARAMETER", "there is no such order");
    }
    synchronized (order) {
      if (PAID.contains(order.status)) {
        giveBack(order, order.tradeNo, r.now);
        order.refunded = order.get("total");
      }
      order.status = order.status.equals("EXPIRED") ? "EXPIRED" : "CANCELLED";
      var shown = new TreeMap<>(order.data);
      shown.putAll(map("status", order.status, "refunded", order.refunded.isEmpty() ? null : order.refunded));
      return Answer.ok(shown);
    }
  }

  // ---- payment over 402 -----------------------------------------------------------------------

  /** An order for the paid page: a new one without a proof, else the one the proof is for. */
  Order billed(Request r) throws Exception {
    if (r.proof != null) {
      return order(String.valueOf(at(r.proof, "protocol", "out_trade_no")));
    }
    var order = newOrder(REPORT, 1, map(), r.now);
    order.data.put("resource_id", "report");
    orders.put(order.get("order_no"), order);
    return order;
  }

  Answer gate(Request r, Order order, Function<Order, Map<String, Object>> goods) throws Exception {
    synchronized (order) {
      expire(order, r.now);
      if (!order.delivery.isEmpty() && r.proof != null && order.tradeNo.equals(at(r.proof, "protocol", "trade_no"))) {
        checkProof(r, order);
        return delivered(r, order);
      }
      if (!Set.of("HELD", "PAID").contains(order.status)) {
        throw new Refused(409, "hold_expired", "CART_LOCK_FAILED", "the order is " + order.status);
      }
      if (r.proof == null) {
        return new Answer(402, map("message", "Pay " + order.get("total") + " CNY"), map("Payment-Needed", bill(r, order)));
      }
      try {
        checkProof(r, order);
        requireActive(r);
      } catch (Refused refused) {
        refused.headers.put("Payment-Validation", validation(r, order, refused.status == 503 ? "UNKNOWN" : "INVALID", "NOT_STARTED"));
        if (refused.status == 402) {
          refused.headers.put("Payment-Needed", bill(r, order));
        }
        throw refused;
      }
      order.tradeNo = String.valueOf(at(r.proof, "protocol", "trade_no"));
      order.delivery = Json.write(goods.apply(order));
      order.status = "DELIVERED";
      Thread.startVirtualThread(() -> confirmFulfilment(order, r.now));
      return delivered(r, order);
    }
  }

  Answer delivered(Request r, Order order) throws Exception {
    return new Answer(200, Json.parse(order.delivery), map("Payment-Validation", validation(r, order, "VALID", "DELIVERED")));
  }

  Map<String, Object> parcel(Order order) {
    var line = at(order.data, "lines", 0);
    return map("kind", "shop", "items", List.of(map("product", at(line, "title"), "variant", text("standard"), "quantity", at(line, "quantity"))),
        "ship_to", "home", "promised_by", Instant.parse(order.get("confirmed_at")).plus(Duration.ofDays(2)).toString(), "parcel_no", "P-" + order.get("order_no"));
  }

  /** The bill for exactly this request; both layers are signed, the second one over the first. */
  String bill(Request r, Order order) throws Exception {
    var known = order.bills.get(r.fingerprint());
    if (known != null) {
      return known;
    }
    var protocol = sign(map("method_id", "act-sandbox:instant", "method_version", "1.0.0", "out_trade_no", order.get("order_no"),
        "amount", order.get("total"), "currency", "CNY", "resource_id", order.get("resource_id"), "pay_before", order.get("hold_until"),
        "seller_unique_id", env.get("ACT_DID"), "buyer_unique_id", order.agent.isEmpty() ? null : order.agent, "request_method", r.method,
        "request_fingerprint", r.fingerprint(), "replay_window_seconds", 86400, "commerce_confirmation", confirmation(order)));
    var method = psp();
    method.put("bill_digest", digest(Json.write(protocol).getBytes()));
    order.bills.put(r.fingerprint(), header(map("protocol", protocol, "method", sign(method))));
    return order.bills.get(r.fingerprint());
  }

  Map<String, Object> confirmation(Order order) {
    return map("confirmation_id", order.get("order_no"), "confirmation_digest", digest(Json.write(order.data).getBytes()));
  }

  /** The proof has to be for this order, amount, resource and request (A402-6). */
  void checkProof(Request r, Order order) throws Exception {
    var jws = new String(unbase64(String.valueOf(at(r.proof, "protocol", "payment_proof")))).split("\\.");
    var claims = jws.length == 3 ? Json.parse(new String(unbase64(jws[1]))) : map();
    var expected = map("out_trade_no", order.get("order_no"), "amount", order.get("total"), "resource_id", order.get("resource_id"),
        "request_fingerprint", r.fingerprint(), "aud", env.get("ACT_DID"), "trade_no", at(r.proof, "protocol", "trade_no"));
    for (var field : expected.keySet()) {
      if (!expected.get(field).equals(at(claims, field))) {
        throw new Refused(402, "proof_mismatch", "PAYMENT_PROOF_VALIDATION", field + " is " + at(claims, field) + ", expected " + expected.get(field));
      }
    }
  }

  void requireActive(Request r) throws Exception {
    var question = map("payment_proof", at(r.proof, "protocol", "payment_proof"), "trade_no", at(r.proof, "protocol", "trade_no"));
    var answer = post("/proofs/verify", question);
    if (answer.statusCode() == 402) {
      throw new Refused(402, "proof_invalid", "PAYMENT_PROOF_VALIDATION", "the payment service does not know this proof");
    }
    if (answer.statusCode() != 200) {
      throw new Refused(503, "proof_unverified", "SYSTEM", "the payment service does not say whether the proof is good");
    }
    if (!Boolean.TRUE.equals(at(Json.parse(answer.body()), "active"))) {
      throw new Refused(402, "proof_revoked", "PAYMENT_PROOF_VALIDATION", "the payment is not in force any more");
    }
  }

  String validation(Request r, Order order, String status, String delivery) {
    var trade = String.valueOf(at(r.proof, "protocol", "trade_no"));
    return header(map("method", map("psp_id", env.get("ACT_PSP_DID")), "protocol",
        map("method_id", "act-sandbox:instant", "method_version", "1.0.0", "out_trade_no", order.get("order_no"), "resource_id", order.get("resource_id"),
            "trade_no", trade, "request_fingerprint", r.fingerprint(), "validation_status", status, "delivery_status", delivery,
            "fulfillment_status", status.equals("VALID") ? "PENDING" : "NOT_CONFIRMED", "validated_at", r.now.toString(),
            "transaction_state", status.equals("VALID") ? "WAIT_BUYER_RECEIPT" : "WAIT_BUYER_PAY")));
  }

  void confirmFulfilment(Order order, Instant now) {
    for (int attempt = 0; attempt < 5; attempt++) {
      try {
        var message = sign(map("request_id", "F-" + order.get("order_no"), "trade_no", order.tradeNo, "out_trade_no", order.get("order_no"),
            "resource_id", order.get("resource_id"), "delivered_at", now.toString(), "delivery_digest", digest(order.delivery.getBytes())));
        if (post("/fulfilments", message).statusCode() < 500) {
          return;
        }
        Thread.sleep(1000L << attempt);
      } catch (Exception failed) {
        System.err.println("the fulfilment of " + order.get("order_no") + " is not confirmed yet: " + failed);
      }
    }
  }

  void giveBack(Order order, String tradeNo, Instant now) throws Exception {
    var refund = sign(map("refund_request_id", "R-" + order.get("order_no") + "-" + tradeNo, "trade_no", tradeNo, "amount", order.get("total"),
        "currency", "CNY", "reason", "order cancelled", "timestamp", now.toString()));
    if (post("/refunds", refund).statusCode() != 200) {
      throw new Refused(503, "unavailable", "REFUND", "the refund is not made yet: ask again");
    }
  }

  /** Each event moves the order forward at most once, so repeats and any order are safe (PSD-8). */
  Answer notified(Request r) throws Exception {
    var event = verified(r.json());
    if (!r.agent(event).equals(env.get("ACT_PSP_DID"))) {
      throw new Refused(403, "access_restricted", "PARTICIPANT_IDENTITY", "only the payment service notifies");
    }
    var order = order(String.valueOf(event.get("out_trade_no")));
    var trade = String.valueOf(event.get("trade_no"));
    synchronized (order) {
      expire(order, r.now);
      if (event.get("event").equals("payment_succeeded") && event.get("amount").equals(order.get("total"))) {
        if (order.status.equals("HELD")) {
          order.status = "PAID";
          order.tradeNo = trade;
        } else if (!trade.equals(order.tradeNo)) {
          giveBack(order, trade, r.now); // cancelled or expired meanwhile
        }
      } else if (event.get("event").equals("refund_succeeded") && event.get("transaction_state").equals("TRADE_CLOSED") && PAID.contains(order.status)) {
        order.status = "REFUNDED";
      }
    }
    return Answer.ok(map("notification_id", event.get("notification_id"), "received", true));
  }

  // ---- messages, signatures, HTTP -------------------------------------------------------------

  Map<String, Object> signedByAgent(Request r) throws Exception {
    var message = verified(r.json());
    r.agent = r.agent(message);
    if (!r.agent.equals(message.get("agent_id"))) {
      throw new Refused(403, "access_restricted", "PARTICIPANT_IDENTITY", "agent_id is not the signer");
    }
    if (Duration.between(Instant.parse(message.get("timestamp").toString()), r.now).abs().toMinutes() >= 5) {
      throw new Refused(400, "expired_request", "REQUEST_PARAMETER", "timestamp is not of this time");
    }
    return message;
  }

  Map<String, Object> verified(Map<String, Object> message) throws Exception {
    var unsigned = new TreeMap<>(message);
    var signature = unsigned.remove("signature_content");
    if (signature == null || !(message.get("signer_id") instanceof String id) || !id.startsWith("did:act:")) {
      throw new Refused(400, "signature_missing", "SIGNATURE_VALIDATION", "the message must be signed");
    }
    var verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(publicKey(id));
    verifier.update(Json.write(unsigned).getBytes());
    if (!verifier.verify(unbase64(signature.toString()))) {
      throw new Refused(401, "signature_invalid", "SIGNATURE_VALIDATION", "the signature does not match the message");
    }
    return message;
  }

  /** Finds a key in the DID document of its owner; an unknown key is looked for once more. */
  PublicKey publicKey(String id) throws Exception {
    if (!keys.containsKey(id)) {
      var request = HttpRequest.newBuilder(URI.create(env.get("ACT_WORLD") + "/dids/" + id.split("#")[0])).timeout(Duration.ofSeconds(5)).build();
      var document = http.send(request, HttpResponse.BodyHandlers.ofString());
      var methods = document.statusCode() == 200 ? (List<?>) Json.parse(document.body()).get("verificationMethod") : List.of();
      for (var method : methods) {
        var x509 = HexFormat.of().parseHex("302a300506032b6570032100" + hex(unbase64(String.valueOf(at(method, "publicKeyJwk", "x")))));
        keys.put(String.valueOf(at(method, "id")), KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509)));
      }
    }
    return Optional.ofNullable(keys.get(id)).orElseThrow(() -> new Refused(401, "signer_unknown", "SIGNATURE_VALIDATION", "no such key: " + id));
  }

  Map<String, Object> sign(Map<String, Object> message) throws Exception {
    var signed = new TreeMap<>(message);
    signed.putAll(map("signer_id", env.get("ACT_KEY_ID"), "signature_type", "ED25519"));
    var signer = Signature.getInstance("Ed25519");
    signer.initSign(key);
    signer.update(Json.write(signed).getBytes());
    signed.put("signature_content", base64(signer.sign()));
    return signed;
  }

  HttpResponse<String> post(String path, Object message) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(env.get("ACT_PSP") + path)).timeout(Duration.ofSeconds(5)).header("Content-Type", "application/json")
        .header("Authorization", "Bearer " + env.get("ACT_ROLE_KEY")).POST(HttpRequest.BodyPublishers.ofString(Json.write(message))).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  Order order(String number) {
    return Optional.ofNullable(orders.get(number)).orElseThrow(() -> new Refused(404, "not_found", "REQUEST_PARAMETER", "there is no such order"));
  }

  static void expire(Order order, Instant now) {
    if (order.status.equals("HELD") && !now.isBefore(Instant.parse(order.get("hold_until")))) {
      order.status = "EXPIRED";
    }
  }

  record Answer(int status, Object body, Map<String, Object> headers) {
    static Answer ok(Object body) {
      return new Answer(200, body, map());
    }
  }

  /** A request. The sandbox tells the world's time in Act-Time; elsewhere it is the machine's. */
  final class Request {
    final String method, path, target, type;
    final byte[] body;
    final Instant now;
    final Map<String, Object> proof;
    String agent = "";

    Request(HttpExchange x) throws Exception {
      method = x.getRequestMethod().equals("HEAD") ? "GET" : x.getRequestMethod();
      path = x.getRequestURI().getPath();
      target = env.get("ACT_URL") + x.getRequestURI().getRawPath() + (x.getRequestURI().getRawQuery() == null ? "" : "?" + x.getRequestURI().getRawQuery());
      type = Objects.requireNonNullElse(x.getRequestHeaders().getFirst("Content-Type"), "").toLowerCase(Locale.ROOT);
      body = x.getRequestBody().readNBytes(256 * 1024);
      var time = x.getRequestHeaders().getFirst("Act-Time");
      now = (time == null ? Instant.now() : Instant.parse(time)).truncatedTo(ChronoUnit.MILLIS);
      var header = x.getRequestHeaders().getFirst("Payment-Proof");
      proof = header == null ? null : Json.parse(new String(unbase64(header)));
    }

    Map<String, Object> json() {
      return Json.parse(new String(body));
    }

    String agent(Map<String, Object> message) {
      return message.get("signer_id").toString().split("#")[0];
    }

    /** METHOD, target, content type and the digest of the body, a line each (A402-5). */
    String fingerprint() {
      return digest(String.join("\n", method, target, type, base64(sha256(body))).getBytes());
    }
  }

  @SuppressWarnings("serial")
  static final class Refused extends RuntimeException {
    final int status;
    final Map<String, Object> error;
    final Map<String, Object> headers = new TreeMap<>();

    Refused(int status, String code, String category, String message) {
      super(message);
      this.status = status;
      var next = List.of(status == 503 ? "RETRY_VALIDATION" : "CORRECT_REQUEST", "ABORT");
      this.error = map("error_id", "ACT-SHOP-" + category, "category", category, "phase", category.startsWith("PAYMENT_PROOF") ? "PROOF_VALIDATION" : "REQUIREMENT",
          "retryability", status == 503 ? "RETRYABLE" : "AFTER_CORRECTION", "valid_next_actions", next, "message", message, "details", map("code", code));
      if (status == 503) {
        headers.put("Retry-After", "1");
      }
    }
  }

  void handle(HttpExchange x) throws IOException {
    Answer answer;
    try {
      answer = route(new Request(x));
    } catch (Refused refused) {
      answer = new Answer(refused.status, map("error", refused.error), refused.headers);
    } catch (IllegalArgumentException | ClassCastException | NullPointerException | DateTimeException malformed) {
      answer = new Answer(400, map("error", new Refused(400, "malformed_json", "REQUEST_PARAMETER", "the message has another form: " + malformed).error), map());
    } catch (Exception failed) {
      failed.printStackTrace();
      answer = new Answer(500, map("error", new Refused(500, "internal", "SYSTEM", "the shop failed").error), map());
    }
    try (x) {
      var body = Json.write(answer.body).getBytes();
      x.getResponseHeaders().set("Content-Type", "application/json");
      answer.headers.forEach((name, value) -> x.getResponseHeaders().set(name, value.toString()));
      x.sendResponseHeaders(answer.status, x.getRequestMethod().equals("HEAD") ? -1 : body.length);
      x.getResponseBody().write(x.getRequestMethod().equals("HEAD") ? new byte[0] : body);
    }
  }

  static Map<String, Object> map(Object... pairs) {
    var map = new TreeMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      if (pairs[i + 1] != null) {
        map.put((String) pairs[i], pairs[i + 1]);
      }
    }
    return map;
  }

  static Object at(Object json, Object... path) {
    for (var step : path) {
      json = json instanceof Map<?, ?> map ? map.get(step) : json instanceof List<?> list && step instanceof Integer i && i < list.size() ? list.get(i) : null;
    }
    return json;
  }

  static Map<String, Object> text(String words) {
    return map("en", words, "zh", words);
  }

  static String header(Object value) {
    return base64(Json.write(value).getBytes());
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static byte[] unbase64(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static String digest(byte[] bytes) {
    return "sha-256:" + base64(sha256(bytes));
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Reads JSON, and writes it in the canonical form of RFC 8785, which is what is signed. */
  static final class Json {
    private final String text;
    private int at;

    private Json(String text) {
      this.text = text;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> parse(String text) {
      var json = new Json(text);
      var value = json.value(0);
      if (json.next() != 0) {
        throw new IllegalArgumentException("something follows the JSON");
      }
      return (Map<String, Object>) value;
    }

    private char next() {
      while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean skip(char wanted) {
      boolean found = next() == wanted;
      at += found ? 1 : 0;
      return found;
    }

    private Object value(int depth) {
      if (depth > 40) {
        throw new IllegalArgumentException("too deep");
      }
      if (skip('{')) {
        var map = new TreeMap<String, Object>();
        for (boolean more = !skip('}'); more; more = !skip('}')) {
          if (!map.isEmpty() && !skip(',') || !(value(depth + 1) instanceof String name) || !skip(':') || map.containsKey(name)) {
            throw new IllegalArgumentException("not an object at " + at);
          }
          var member = value(depth + 1);
          map.put(name, member == null ? Optional.empty() : member);
        }
        return map;
      }
      if (skip('[')) {
        var list = new ArrayList<Object>();
        for (boolean more = !skip(']'); more; more = !skip(']')) {
          if (!list.isEmpty() && !skip(',')) {
            throw new IllegalArgumentException("not a list at " + at);
          }
          list.add(value(depth + 1));
        }
        return list;
      }
      return next() == '"' ? string() : literal();
    }

    private String string() {
      var out = new StringBuilder();
      for (at++; text.charAt(at) != '"'; at++) {
        char c = text.charAt(at);
        if (c == '\\') {
          c = text.charAt(++at);
          int escape = "bfnrt".indexOf(c);
          if (c == 'u') {
            c = (char) Integer.parseInt(text.substring(at + 1, at + 5), 16);
            at += 4;
          } else if (escape >= 0) {
            c = "\b\f\n\r\t".charAt(escape);
          }
        }
        out.append(c);
      }
      at++;
      return out.toString();
    }

    private Object literal() {
      int from = at;
      while (at < text.length() && ",]} \t\r\n:".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      var word = text.substring(from, at);
      return switch (word) {
        case "true", "false" -> Boolean.valueOf(word);
        case "null" -> null;
        default -> word.matches("-?\\d{1,15}") ? (Object) Long.valueOf(word) : (Object) Double.valueOf(word);
      };
    }

    static String write(Object value) {
      return switch (value) {
        case null -> "null";
        case Optional<?> _ -> "null";
        case Map<?, ?> map -> map.entrySet().stream().map(e -> write(e.getKey()) + ":" + write(e.getValue())).collect(Collectors.joining(",", "{", "}"));
        case List<?> list -> list.stream().map(Json::write).collect(Collectors.joining(",", "[", "]"));
        case Double number when number == Math.rint(number) && Math.abs(number) < 1e15 -> Long.toString(number.longValue());
        case String string -> quoted(string);
        default -> value.toString();
      };
    }

    private static String quoted(String string) {
      var out = new StringBuilder("\"");
      for (char c : string.toCharArray()) {
        int escape = "\b\f\n\r\t\"\\".indexOf(c);
        out.append(escape >= 0 ? "\\" + "bfnrt\"\\".charAt(escape) : c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
      }
      return out.append('"').toString();
    }
  }
}
