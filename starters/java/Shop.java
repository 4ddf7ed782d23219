// A shop that sells to agents under ACT 2.1, and one paid page: java Shop.java shop.env
// It needs a JDK 25 and nothing else. shop.env is the "env" of POST /api/worlds/{world}/merchants.
import java.security.Signature;
import module java.base;
import module java.net.http;
import module jdk.httpserver;

/** Sells the goods below: catalog, intents, carts, paid resources (402), cancellation, refunds. */
public final class Shop {
  /** Something for sale; price and stock change while the shop is open. */
  static final class Good {
    final String id, name;
    volatile BigDecimal price;
    final AtomicInteger left = new AtomicInteger(100);

    Good(String id, String name, String price) {
      this.id = id;
      this.name = name;
      this.price = new BigDecimal(price);
    }

    String total(int quantity) {
      return price.multiply(new BigDecimal(quantity)).toPlainString();
    }

    boolean take(int quantity) {
      return left.getAndUpdate(have -> have >= quantity ? have - quantity : have) >= quantity;
    }
  }

  final List<Good> goods = List.of(new Good("tea-1", "Longjing green tea", "38.00"), new Good("cup-1", "Tea cup", "12.50"));
  final Good report = new Good("report", "Tea market report", "0.50"); // GET /report
  static final Set<String> PAID = Set.of("PAID", "DELIVERED");
  static final int LARGEST = 256 * 1024; // bytes of a body
  static final String TRUST = "did:act:sandbox-trust"; // asks for evidence when a buyer disputes a purchase

  /** One order. Everything that happens to it happens under its lock. */
  static final class Order {
    final Map<String, Object> data = new TreeMap<>(); // as it was signed
    final Map<String, String> bills = new HashMap<>(); // by request fingerprint, never rewritten
    final Map<String, Map<String, Object>> records = new ConcurrentHashMap<>(); // evidence by event
    Map<String, Object> claims = map(); // of the proof that opened it
    String agent = "", cart = "", status = "HELD", tradeNo = "", delivery = "", refunded = "";
    Runnable returnStock = () -> {};

    String get(String field) {
      return data.getOrDefault(field, "").toString();
    }
  }

  final Map<String, String> env;
  volatile PrivateKey key;
  final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
  final Map<String, Order> orders = new ConcurrentHashMap<>(); // by number
  final Map<String, Order> carts = new HashMap<>(); // by agent and request id, under its lock
  final Queue<Order> held = new ConcurrentLinkedQueue<>(); // the first hold ends first
  final Map<String, Map<String, Object>> intents = new ConcurrentHashMap<>(); // by agent and request id
  final Map<String, PublicKey> keys = new ConcurrentHashMap<>(); // by key id

  public static void main(String[] args) throws Exception {
    // The environment wins over the file: ./run check-merchant --start gives the settings there.
    var file = Path.of(args.length > 0 ? args[0] : "shop.env");
    var lines = Files.exists(file) ? Files.readAllLines(file) : List.<String>of();
    var env = new HashMap<String, String>();
    lines.stream().filter(l -> l.contains("=")).map(l -> l.split("=", 2)).forEach(l -> env.put(l[0], l[1]));
    env.putAll(System.getenv());
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
      case "GET catalog" -> Answer.ok(parts.length > 2 ? entry(good(parts[2])) : map("items", goods.stream().map(this::entry).toList()));
      case "POST intents" -> intents(r);
      case "POST carts" -> cart(r);
      case "GET fulfilment" -> gate(r, order(parts[2]), this::parcel);
      case "GET report" -> gate(r, billed(r), _ -> map("report", "Tea is dearer than last year."));
      case "GET orders" -> Answer.ok(shown(ofSender(r, order(parts[2]))));
      case "POST orders" -> cancel(r, order(parts[2]));
      case "POST notifications" -> notified(r);
      case "POST disputes" -> disputed(r);
      case "POST act-settings" -> settings(r);
      case "POST act-control" -> control(r);
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
    for (var state : List.of(keys, orders, carts, intents)) {
      state.clear();
    }
    held.clear();
    return Answer.ok(map("world", world));
  }

  /** Sells out an offer or moves its price for ./run check-merchant, only where ACT_CONTROL=yes says so. */
  Answer control(Request r) {
    if (!"yes".equals(env.get("ACT_CONTROL"))) {
      throw new Refused(404, "not_found", "REQUEST_PARAMETER", "nothing is here");
    }
    var good = good(String.valueOf(r.json().get("offer")).split("~")[0]);
    if (r.json().get("left") instanceof Long left) {
      good.left.set(left.intValue());
    }
    if (r.json().get("percent") instanceof Long percent) {
      good.price = good.price.multiply(BigDecimal.valueOf(100 + percent)).divide(BigDecimal.valueOf(100), 2, RoundingMode.HALF_UP);
    }
    return Answer.ok(entry(good));
  }

  Map<String, Object> card() {
    var capability = map("mode", "one-way", "capability_url", env.get("ACT_URL") + "/.well-known/act-payment-capability.json");
    var skill = map("id", "sell", "name", "Sell tea", "description", "Answers intents with offers, and sells by cart and 402.", "tags", List.of("shop"));
    return map("name", "Tea shop", "description", "Sells green tea and cups.", "agent_id", env.get("ACT_DID"), "vertical", "shop",
        "url", env.get("ACT_URL"), "version", "1.0", "capabilities", map("act:payment:negotiation", capability), "skills", List.of(skill));
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
    return map("id", good.id, "name", text(good.name), "category", text("tea"), "price", good.total(1), "currency", "CNY",
        "availability", good.left.get() > 0 ? "in_stock" : "sold_out", "merchant_id", env.get("ACT_ID"), "detail_ref", env.get("ACT_URL") + "/catalog/" + good.id);
  }

  Good good(String id) {
    return goods.stream().filter(each -> each.id.equals(id)).findFirst()
        .orElseThrow(() -> new Refused(404, "not_found", "REQUEST_PARAMETER", "nothing here is called " + id));
  }

  Answer intents(Request r) throws Exception {
    var intent = signedByAgent(r);
    var context = context(intent, r.agent);
    var need = at(context, "explicit_needs", 0);
    var terms = String.valueOf(at(need, "terms")).toLowerCase(Locale.ROOT);
    var quantity = ((Number) Objects.requireNonNullElse(at(need, "quantity"), 1)).intValue();
    var most = at(context, "constraints", "max_price") instanceof String bound ? new BigDecimal(bound) : null;
    endHolds(r.now);
    var offers = goods.stream().filter(good -> matches(good, terms)).filter(good -> good.left.get() >= quantity)
        .filter(good -> most == null || new BigDecimal(good.total(quantity)).compareTo(most) <= 0).map(good -> offer(good, quantity, r.now)).toList();
    if (offers.isEmpty()) {
      throw new Refused(404, "no_match", "INTENT_NO_MATCH", "this shop sells tea and cups");
    }
    return Answer.ok(map("request_id", intent.get("request_id"), "intent_id", intent.get("intent_id"),
        "merchant_id", env.get("ACT_ID"), "answered_at", r.now.toString(), "offers", offers));
  }

  /** What is asked for: an update says only what changed since the request that it follows (CID-2). */
  Map<String, Object> context(Map<String, Object> intent, String agent) {
    var context = new TreeMap<>(object(intent.get("context")));
    if (intent.get("previous_request_id") instanceof String previous) {
      var before = intents.get(agent + " " + previous);
      if (before == null) {
        throw new Refused(409, "previous_request_unknown", "INTENT_MALFORMED", "this shop does not know request " + previous);
      }
      var constraints = new TreeMap<>(object(before.getOrDefault("constraints", map())));
      constraints.putAll(object(context.getOrDefault("constraints", map())));
      before.forEach(context::putIfAbsent);
      context.put("constraints", constraints);
    }
    intents.put(agent + " " + intent.get("request_id"), context);
    return context;
  }

  static boolean matches(Good good, String terms) {
    return Arrays.stream(terms.split("\\W+")).anyMatch(word -> !word.isEmpty() && good.name.toLowerCase(Locale.ROOT).contains(word));
  }

  Map<String, Object> offer(Good good, int quantity, Instant now) {
    var total = good.total(quantity);
    var details = map("kind", "shop", "product", text(good.name), "variant", text("standard"), "brand", "Tea shop", "attributes", map(),
        "quantity", quantity, "shipping", text("standard"), "promised_by", now.plus(Duration.ofDays(2)).toString(), "rating", "4.5");
    return map("offer_id", good.id + "~" + quantity, "item_id", good.id, "merchant_id", env.get("ACT_ID"), "merchant_did", env.get("ACT_DID"),
        "kind", "shop", "title", text(good.name), "category", text("tea"), "quantity", quantity,
        "lines", List.of(map("type", "base", "label", text(good.name), "amount", total)), "total", total, "currency", "CNY",
        "available", good.left.get(), "valid_until", now.plus(Duration.ofMinutes(15)).toString(), "detail_ref", env.get("ACT_URL") + "/catalog/" + good.id,
        "details", details);
  }

  /** The same request again is the same order; another cart under its id is a conflict (CID-8). */
  Answer cart(Request r) throws Exception {
    var cart = signedByAgent(r);
    var content = new TreeMap<>(cart);
    content.keySet().removeAll(Set.of("timestamp", "signature_content"));
    synchronized (carts) {
      var order = carts.get(r.agent + " " + cart.get("request_id"));
      if (order == null) {
        order = confirmed(cart, r.now);
        order.cart = Json.write(content);
        carts.put(r.agent + " " + cart.get("request_id"), order);
        orders.put(order.get("order_no"), order);
        held.add(order);
      }
      if (!order.cart.equals(Json.write(content))) {
        throw new Refused(409, "duplicate_request", "REQUEST_PARAMETER", "this request id confirmed another cart");
      }
      return new Answer(201, order.data, map());
    }
  }

  /** Takes what a cart wants from the stock, or refuses the cart as a whole (CID-8). */
  Order confirmed(Map<String, Object> cart, Instant now) throws Exception {
    if (!(cart.get("lines") instanceof List<?> lines) || lines.size() != 1) {
      throw new Refused(422, "offer_incomplete", "REQUEST_PARAMETER", "this shop confirms one offer in a cart");
    }
    var offer = String.valueOf(at(lines, 0, "offer_id")).split("~");
    var wanted = offer.length == 2 ? offer[1] : String.valueOf(at(lines, 0, "quantity")); // an id of the catalog leaves the number to the line
    var good = goods.stream().filter(each -> each.id.equals(offer[0]) && offer.length < 3 && wanted.matches("[1-9]\\d{0,2}")).findFirst()
        .orElseThrow(() -> new Refused(409, "offer_expired", "CART_LOCK_FAILED", "there is no such offer"));
    var quantity = Integer.parseInt(wanted);
    var order = newOrder(good, quantity, cart, now);
    if (new BigDecimal(order.get("total")).compareTo(new BigDecimal(cart.get("expected_total").toString())) > 0) {
      throw new Refused(409, "price_changed", "CART_LOCK_FAILED", "it costs " + order.get("total"));
    }
    endHolds(now);
    if (!good.take(quantity)) {
      throw new Refused(409, "sold_out", "CART_LOCK_FAILED", "there are not " + quantity + " left");
    }
    order.returnStock = () -> good.left.addAndGet(quantity);
    return order;
  }

  Order newOrder(Good good, int quantity, Map<String, Object> cart, Instant now) throws Exception {
    var order = new Order();
    var number = "T-" + UUID.randomUUID();
    var total = good.total(quantity);
    order.agent = String.valueOf(cart.getOrDefault("agent_id", ""));
    order.data.putAll(map("order_no", number, "merchant_id", env.get("ACT_ID"), "merchant_did", env.get("ACT_DID"),
        "intent_id", cart.getOrDefault("intent_id", ""), "request_id", cart.getOrDefault("request_id", ""), "kind", "shop",
        "lines", List.of(map("offer_id", cart.get("lines") instanceof List<?> lines ? at(lines, 0, "offer_id") : good.id, "item_id", good.id, "title", text(good.name), "quantity", quantity)),
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
      expire(order, r.now);
      if (PAID.contains(order.status)) {
        giveBack(order, order.tradeNo, r.now);
        order.refunded = order.get("total");
        end(order, "CANCELLED");
      } else if (order.status.equals("HELD")) {
        end(order, "CANCELLED");
      }
    }
    return Answer.ok(shown(order));
  }

  /** An order number is random, so only its buyer and who was told by it know one. */
  Order ofSender(Request r, Order order) {
    if (order.agent.isEmpty() || !order.agent.equals(r.sender)) {
      throw new Refused(404, "not_found", "REQUEST_PARAMETER", "there is no such order");
    }
    synchronized (order) {
      expire(order, r.now);
    }
    return order;
  }

  /** The order as it was signed, with what became of it since. */
  Map<String, Object> shown(Order order) {
    synchronized (order) {
      var shown = new TreeMap<>(order.data);
      shown.putAll(map("status", order.status, "refunded", order.refunded.isEmpty() ? null : order.refunded,
          "refundable", PAID.contains(order.status) ? order.get("total") : null));
      return shown;
    }
  }

  /** Ends an order for good, and gives back what was not delivered. */
  static void end(Order order, String status) {
    if (order.delivery.isEmpty()) {
      order.returnStock.run();
      order.returnStock = () -> {};
    }
    order.status = status;
  }

  static void expire(Order order, Instant now) {
    if (order.status.equals("HELD") && !now.isBefore(Instant.parse(order.get("hold_until")))) {
      end(order, "EXPIRED");
    }
  }

  /** Ends the holds that are over, so that what they kept is for sale again. */
  void endHolds(Instant now) {
    for (var order = held.peek(); order != null; order = held.peek()) {
      synchronized (order) {
        expire(order, now);
        if (order.status.equals("HELD")) {
          return;
        }
      }
      held.remove(order);
    }
  }

  // ---- payment over 402 -----------------------------------------------------------------------

  /** An order for the paid page: a new one without a proof, else the one the proof is for. */
  Order billed(Request r) throws Exception {
    if (r.proof != null) {
      return order(String.valueOf(at(r.proof, "protocol", "out_trade_no")));
    }
    var order = newOrder(report, 1, map(), r.now);
    order.data.put("resource_id", "report");
    orders.put(order.get("order_no"), order);
    return order;
  }

  Answer gate(Request r, Order order, Function<Order, Map<String, Object>> goods) throws Exception {
    synchronized (order) {
      expire(order, r.now);
      boolean repeated = order.status.equals("DELIVERED") && r.proof != null && order.tradeNo.equals(at(r.proof, "protocol", "trade_no"));
      if (!repeated && !Set.of("HELD", "PAID").contains(order.status)) {
        throw new Refused(409, "hold_expired", "CART_LOCK_FAILED", "the order is " + order.status);
      }
      if (r.proof == null) {
        return new Answer(402, map("message", "Pay " + order.get("total") + " CNY"), map("Payment-Needed", bill(r, order)));
      }
      try {
        checkProof(r, order);
        if (repeated) {
          return delivered(r, order);
        }
        requireActive(r);
      } catch (Refused refused) {
        refused.headers.put("Payment-Validation", validation(r, order, refused.status == 503 ? "UNKNOWN" : "INVALID", "NOT_STARTED", refused));
        if (refused.status == 402) {
          refused.headers.put("Payment-Needed", bill(r, order));
        }
        throw refused;
      }
      order.tradeNo = String.valueOf(at(r.proof, "protocol", "trade_no"));
      order.delivery = Json.write(goods.apply(order));
      order.status = "DELIVERED";
      order.claims = r.claims;
      Thread.startVirtualThread(() -> confirmFulfilment(order, r.now));
      return delivered(r, order);
    }
  }

  Answer delivered(Request r, Order order) throws Exception {
    return new Answer(200, Json.parse(order.delivery), map("Payment-Validation", validation(r, order, "VALID", "DELIVERED", null)));
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

  /** The proof has to be for this order, amount, resource, request and buyer, and what stands beside it the same (A402-6). */
  void checkProof(Request r, Order order) throws Exception {
    var beside = object(r.proof.get("protocol"));
    var jws = new String(unbase64(String.valueOf(beside.get("payment_proof")))).split("\\.");
    var claims = jws.length == 3 ? Json.parse(new String(unbase64(jws[1]))) : map();
    r.claims = claims;
    require("method.psp_id", env.get("ACT_PSP_DID"), at(r.proof, "method", "psp_id"));
    require("method_id", "act-sandbox:instant", beside.get("method_id"));
    require("aud", env.get("ACT_DID"), claims.get("aud"));
    require("amount", order.get("total"), claims.get("amount"));
    require("out_trade_no", order.get("order_no"), claims.get("out_trade_no"));
    require("resource_id", order.get("resource_id"), claims.get("resource_id"));
    require("request_fingerprint", r.fingerprint(), claims.get("request_fingerprint"));
    require("sub", order.agent.isEmpty() ? claims.get("sub") : order.agent, claims.get("sub"));
    require("buyer_unique_id", claims.get("sub"), beside.get("buyer_unique_id"));
    for (var field : List.of("trade_no", "out_trade_no", "resource_id", "request_method", "request_fingerprint", "expires_at")) {
      require(field, claims.get(field), beside.get(field));
    }
  }

  static void require(String field, Object expected, Object seen) {
    if (expected == null || !expected.equals(seen)) {
      throw new Refused(402, "proof_mismatch", "PAYMENT_PROOF_VALIDATION", field + " is " + seen + ", expected " + expected);
    }
  }

  void requireActive(Request r) throws Exception {
    var question = map("payment_proof", at(r.proof, "protocol", "payment_proof"), "trade_no", at(r.proof, "protocol", "trade_no"));
    HttpResponse<String> answer;
    try {
      answer = post("/proofs/verify", question);
    } catch (IOException lost) {
      throw new Refused(503, "proof_unverified", "SYSTEM", "the payment service does not answer: " + lost.getMessage());
    }
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

  String validation(Request r, Order order, String status, String delivery, Refused refused) {
    var trade = String.valueOf(at(r.proof, "protocol", "trade_no"));
    Map<String, Object> error = null;
    if (refused != null) {
      error = new TreeMap<>(refused.error);
      error.put("error_id", "ACT-A402-" + refused.error.get("category"));
    }
    return header(map("method", map("psp_id", env.get("ACT_PSP_DID")), "protocol",
        map("method_id", "act-sandbox:instant", "method_version", "1.0.0", "out_trade_no", order.get("order_no"), "resource_id", order.get("resource_id"),
            "trade_no", trade, "request_fingerprint", r.fingerprint(), "validation_status", status, "delivery_status", delivery,
            "fulfillment_status", status.equals("VALID") ? "PENDING" : "NOT_CONFIRMED", "validated_at", r.now.toString(),
            "transaction_state", status.equals("VALID") ? "WAIT_BUYER_RECEIPT" : "WAIT_BUYER_PAY", "error", error)));
  }

  void confirmFulfilment(Order order, Instant now) {
    for (long wait = 200; wait <= 3_600_000; wait *= 2) {
      try {
        var message = sign(map("request_id", "F-" + order.get("order_no"), "trade_no", order.tradeNo, "out_trade_no", order.get("order_no"),
            "resource_id", order.get("resource_id"), "delivered_at", now.toString(), "delivery_digest", digest(order.delivery.getBytes())));
        if (post("/fulfilments", message).statusCode() < 500 && recordCart(order) && recordDelivery(order, message)) {
          return;
        }
      } catch (Exception failed) {
        System.err.println("the fulfilment of " + order.get("order_no") + " is not confirmed yet: " + failed);
      }
      LockSupport.parkNanos(Duration.ofMillis(wait).toNanos());
    }
  }

  // ---- evidence -------------------------------------------------------------------------------

  boolean recordCart(Order order) throws Exception {
    if (order.cart.isEmpty()) {
      return true; // the paid page is sold without a cart
    }
    var body = map("order_digest", digest(Json.write(order.data).getBytes()));
    List.of("total", "currency", "kind", "hold_until").forEach(name -> body.put(name, order.get(name)));
    return deposit(order, "cart", "act:commerce:cart-confirmed", order.get("confirmed_at"), body, null);
  }

  boolean recordDelivery(Order order, Map<String, Object> confirmed) throws Exception {
    var body = map("delivery_digest", confirmed.get("delivery_digest"), "total", order.get("total"), "currency", "CNY");
    return deposit(order, "delivery", "act:commerce:fulfillment-completed", confirmed.get("delivered_at"), body, order.tradeNo);
  }

  /** Makes the record of an event once and has the trust service anchor it: evidence for a dispute (TSD-2, TSD-4). */
  boolean deposit(Order order, String name, String event, Object time, Map<String, Object> body, String trade) throws Exception {
    if (!order.records.containsKey(name)) {
      order.records.put(name, record(order, name, event, time, body, trade));
    }
    return post(URI.create(env.get("ACT_WORLD") + "/trust/records"), order.records.get(name)).statusCode() < 500;
  }

  Map<String, Object> record(Order order, String name, String event, Object time, Map<String, Object> body, String trade) throws Exception {
    var salt = new byte[16];
    new SecureRandom().nextBytes(salt);
    var buyer = order.agent.isEmpty() ? order.claims.get("sub") : order.agent;
    var parties = List.of(map("participant_id", env.get("ACT_DID"), "role", "MERCHANT"), map("participant_id", buyer, "role", "PAYER_AGENT"));
    var covered = map("event_body", body, "participants", parties, "salt", base64(salt),
        "record_id", env.get("ACT_ID") + "." + name + "." + order.get("order_no"), "business_time", time);
    var hashed = new ByteArrayOutputStream();
    hashed.write(Json.write(map("event_body", body, "participants", parties)).getBytes());
    hashed.write(salt);
    var record = map("event_type", event, "version", "1.0", "record_time", time, "upstream_records", List.of(), "hash_algorithm", "SHA-256",
        "intent_id", Stream.of(order.get("intent_id"), order.claims.getOrDefault("intent_id", ""), order.get("order_no")).filter(id -> !id.equals("")).findFirst().orElseThrow(),
        "delegation_id", order.data.getOrDefault("delegation_id", order.claims.get("delegation_id")), "order_no", order.get("order_no"), "trade_no", trade,
        "payload_hash", base64(sha256(hashed.toByteArray())), "signatures", List.of(map("signer_id", env.get("ACT_KEY_ID"), "signature_type", "ED25519",
            "signature_value", signature(covered), "covered_fields", List.of("event_body", "participants", "salt", "record_id", "business_time"))));
    record.putAll(covered);
    return record;
  }

  /** Answers the dispute service with what a verified record attests (TSD-6), and takes its findings. */
  Answer disputed(Request r) throws Exception {
    var asked = verified(r.json());
    if (!r.agent(asked).equals(TRUST)) {
      throw new Refused(403, "access_restricted", "PARTICIPANT_IDENTITY", "only the dispute service asks for evidence");
    }
    if (!r.path.endsWith("/evidence")) {
      return Answer.ok(map("dispute_id", asked.get("dispute_id"), "received", true));
    }
    var order = order(String.valueOf(asked.get("order_no")));
    recordCart(order);
    var papers = map("order", order.cart.isEmpty() ? null : Json.write(order.data), "delivery", order.delivery.isEmpty() ? null : order.delivery);
    var digests = map();
    papers.forEach((name, paper) -> digests.put(name, digest(paper.toString().getBytes())));
    var statement = sign(map("dispute_id", asked.get("dispute_id"), "order_no", asked.get("order_no"), "party", env.get("ACT_DID"), "role", "MERCHANT",
        "says", "", "code", order.delivery.isEmpty() ? "nothing_delivered" : "delivered", "details", map("status", order.status), "made_at", r.now.toString(),
        "record_ids", order.records.values().stream().map(record -> record.get("record_id")).toList(), "papers", digests));
    return Answer.ok(map("statement", statement, "papers", papers));
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
        end(order, "REFUNDED");
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
    signed.put("signature_content", signature(signed));
    return signed;
  }

  String signature(Map<String, Object> message) throws Exception {
    var signer = Signature.getInstance("Ed25519");
    signer.initSign(key);
    signer.update(Json.write(message).getBytes());
    return base64(signer.sign());
  }

  HttpResponse<String> post(String path, Object message) throws Exception {
    return post(URI.create(env.get("ACT_PSP") + path), message);
  }

  HttpResponse<String> post(URI target, Object message) throws Exception {
    var request = HttpRequest.newBuilder(target).timeout(Duration.ofSeconds(5)).header("Content-Type", "application/json")
        .header("Authorization", "Bearer " + env.get("ACT_ROLE_KEY")).POST(HttpRequest.BodyPublishers.ofString(Json.write(message))).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  Order order(String number) {
    return Optional.ofNullable(orders.get(number)).orElseThrow(() -> new Refused(404, "not_found", "REQUEST_PARAMETER", "there is no such order"));
  }

  record Answer(int status, Object body, Map<String, Object> headers) {
    static Answer ok(Object body) {
      return new Answer(200, body, map());
    }
  }

  /** A request. The sandbox tells the world's time in Act-Time; elsewhere it is the machine's. */
  final class Request {
    final String method, path, target, type, sender;
    final byte[] body;
    final Instant now;
    final Map<String, Object> proof;
    String agent = "";
    Map<String, Object> claims = map();

    Request(HttpExchange x) throws Exception {
      method = x.getRequestMethod().equals("HEAD") ? "GET" : x.getRequestMethod();
      path = x.getRequestURI().getPath();
      target = env.get("ACT_URL") + x.getRequestURI().getRawPath() + (x.getRequestURI().getRawQuery() == null ? "" : "?" + x.getRequestURI().getRawQuery());
      type = Objects.requireNonNullElse(x.getRequestHeaders().getFirst("Content-Type"), "").toLowerCase(Locale.ROOT);
      sender = x.getRequestHeaders().getFirst("Act-Sender");
      body = x.getRequestBody().readNBytes(LARGEST + 1);
      if (body.length > LARGEST) {
        var refused = new Refused(413, "body_too_large", "REQUEST_PARAMETER", "a body has at most " + LARGEST + " bytes");
        refused.headers.put("Connection", "close");
        throw refused;
      }
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
      this.error = map("error_id", "ACT-SHOP-" + category, "category", category, "phase", code.startsWith("proof_") ? "PROOF_VALIDATION" : "REQUIREMENT",
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
    } catch (IllegalArgumentException | ClassCastException | NullPointerException | IndexOutOfBoundsException | DateTimeException malformed) {
      answer = new Answer(400, map("error", new Refused(400, "malformed_json", "REQUEST_PARAMETER", "the message has another form: " + malformed).error), map());
    } catch (Exception failed) {
      failed.printStackTrace();
      answer = new Answer(500, map("error", new Refused(500, "internal", "SYSTEM", "the shop failed").error), map());
    }
    try (x) {
      var body = Json.write(answer.body).getBytes();
      x.getResponseHeaders().set("Content-Type", "application/json");
      x.getResponseHeaders().set("Cache-Control", "no-store");
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

  @SuppressWarnings("unchecked")
  static Map<String, Object> object(Object json) {
    return (Map<String, Object>) json;
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
