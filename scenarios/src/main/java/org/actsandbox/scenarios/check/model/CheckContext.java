package org.actsandbox.scenarios.check.model;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.Reply;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.check.exchange.MerchantClient;
import org.actsandbox.scenarios.check.exchange.MerchantSilent;
import org.actsandbox.scenarios.check.world.CheckPurchase;
import org.actsandbox.scenarios.check.world.CheckWorld;
import org.actsandbox.scenarios.check.world.MerchantTarget;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds what a check may use: the merchant, the world around it, and the steps of a purchase. Each
 * step belongs to the check that is about it; if it fails inside another check, the finding is that
 * check's, so one root cause is reported once.
 */
public final class CheckContext {

  public static final String CARD = "card.readable";
  public static final String ASKS = "gate.asks-payment";
  public static final String READABLE = "bill.readable";
  public static final String PAYABLE = "bill.payable";
  public static final String DELIVERS = "delivery.accepted";

  /** The reason of what was not tested because the run was ended. */
  public static final String STOPPED = "the run was stopped";

  private static final String EMPTY_WALLET = "insufficient";

  private static final byte[] NOTHING = {};

  /** Tells a merchant outside the world's time, as the world's own calls to it do. */
  private static final String TIME = "Act-Time";

  /** Longer than the hold of any merchant that is not a joke. */
  private static final Duration TWO_DAYS = Duration.ofDays(2);

  private final MerchantTarget target;
  private final CheckWorld world;
  private final MerchantClient client;
  private final CheckLevel level;
  private final Map<String, Object> shared = new LinkedHashMap<>();
  private final Goods goods;
  private final CheckPurchases purchases;
  private final CheckStock stock;
  private final CheckOrders orders;

  private String current = "";
  private volatile boolean stopped;

  public CheckContext(
      MerchantTarget target, CheckWorld world, MerchantClient client, CheckLevel level) {
    this.target = target;
    this.world = world;
    this.client = client;
    this.level = level;
    this.goods = new Goods(this);
    this.purchases = new CheckPurchases(this);
    this.stock = new CheckStock(this);
    this.orders = new CheckOrders(this);
  }

  public MerchantTarget target() {
    return target;
  }

  public CheckWorld world() {
    return world;
  }

  public MerchantClient client() {
    return client;
  }

  public CheckLevel level() {
    return level;
  }

  public Goods goods() {
    return goods;
  }

  public CheckPurchases purchases() {
    return purchases;
  }

  public CheckStock stock() {
    return stock;
  }

  public CheckOrders orders() {
    return orders;
  }

  /** Says which check runs from now on. */
  public void begin(String check) {
    current = check;
    client.begin();
  }

  /** Ends the run: no request is sent from now on. Any thread may call it. */
  public void stop() {
    stopped = true;
  }

  public boolean isStopped() {
    return stopped;
  }

  /** Does a step that the named check is about. */
  public <T> T step(String check, Supplier<T> work) {
    if (check.equals(current)) {
      return work.get();
    }
    try {
      return work.get();
    } catch (CheckEnd end) {
      throw end.in(check);
    } catch (MerchantSilent silent) {
      throw CheckEnd.deviates("an answer", CheckSentence.of(silent)).in(check);
    }
  }

  /** Returns what {@code work} gave at the first call of the run under this name. */
  @SuppressWarnings("unchecked") // a name stands for one type
  public <T> T once(String name, Supplier<T> work) {
    var known = shared.get(name);
    if (known != null) {
      return (T) known;
    }
    var made = work.get();
    shared.put(name, made);
    return made;
  }

  /** Forgets what {@link #once} keeps under this name, because a check has used it up. */
  public void forget(String name) {
    shared.remove(name);
  }

  public void require(boolean holds, String expected, Object observed) {
    require(holds, CheckSentence.of(expected), observed);
  }

  /**
   * Requires that the rule holds.
   *
   * @param observed a sentence, or what the merchant said
   */
  public void require(boolean holds, CheckSentence expected, Object observed) {
    if (!holds) {
      throw CheckEnd.deviates(expected, observed);
    }
  }

  /** Requires that two texts are the same, and says at which character they part. */
  public void requireSame(String what, String expected, String observed) {
    if (expected.equals(observed)) {
      return;
    }
    var wanted = CheckSentence.of("{0} {1}", what, expected);
    if (observed.isEmpty()) {
      throw CheckEnd.deviates(wanted, CheckSentence.of("none"));
    }
    int at = 0;
    while (at < Math.min(expected.length(), observed.length())
        && expected.charAt(at) == observed.charAt(at)) {
      at++;
    }
    throw CheckEnd.deviates(
        wanted, CheckSentence.of("{0} (differs at character {1})", observed, at));
  }

  public Reply get(String path) {
    return send("GET", target.at(path), Map.of(), NOTHING);
  }

  public Reply send(String method, URI address, Map<String, String> headers, byte[] body) {
    if (stopped) {
      throw CheckEnd.notTested(STOPPED);
    }
    if (target.mock()) {
      return client.send(method, address, headers, body);
    }
    var timed = new HashMap<>(headers);
    timed.put(TIME, world.now().toString());
    return client.send(method, address, timed, body);
  }

  /**
   * Requires that the merchant keeps the world's time, for checks that move the clock.
   *
   * @throws CheckEnd not tested, if it keeps another
   */
  public void requireWorldTime() {
    var other = this.<CheckSentence>once("world time", this::otherTime);
    if (!other.isEmpty()) {
      throw CheckEnd.notTested(
          "the merchant does not keep the world's time (Act-Time): {0}", other);
    }
  }

  /** Returns what shows that the merchant keeps another time than the world; empty if nothing. */
  private CheckSentence otherTime() {
    var said = target.setting("/clock");
    if (said != null || target.mock()) {
      return said == null || said.equals("world")
          ? CheckSentence.NOTHING
          : CheckSentence.of("the configuration says clock {0}", said);
    }
    // A bill that is made two days later can be paid until later still, if the merchant knows.
    world.advance(TWO_DAYS);
    try {
      var payBefore = billed(purchases.begin()).bill().path("pay_before").asString("");
      return Instant.parse(payBefore).isAfter(world.now())
          ? CheckSentence.NOTHING
          : CheckSentence.of("at {0} its bill can be paid before {1}", world.now(), payBefore);
    } catch (CheckEnd end) {
      return CheckSentence.of("two days later: {0}", end.sentence());
    } catch (DateTimeParseException noTime) {
      return CheckSentence.of(
          "two days later its bill has no time in pay_before: {0}", noTime.getParsedString());
    }
  }

  /** Posts JSON to a path of the merchant as the agent. */
  public Reply post(String path, PurchaseClient buyer, JsonNode body) {
    return postBytes(path, buyer, Json.bytes(body));
  }

  public Reply postBytes(String path, PurchaseClient buyer, byte[] body) {
    var headers = new HashMap<>(asAgent(buyer));
    headers.put("Content-Type", "application/json");
    return send("POST", target.at(path), headers, body);
  }

  /**
   * Returns the headers of a call as the agent. The agent's role key is a secret of the world: only
   * merchants inside of it get it, which know it anyway.
   */
  public Map<String, String> asAgent(PurchaseClient buyer) {
    var headers = new HashMap<String, String>();
    headers.put("Act-Sender", buyer.agent().agentId());
    if (target.mock()) {
      headers.put("Authorization", "Bearer " + buyer.agent().key());
    }
    return headers;
  }

  /** Returns the agent card, or the reason why there is none to read. */
  public JsonNode card() {
    return step(
        CARD,
        () ->
            once(
                "card",
                () -> {
                  var reply = get("/.well-known/agent-card.json");
                  require(
                      reply.status() == 200 && reply.json().isObject() && !reply.json().isEmpty(),
                      "200 and a JSON object at /.well-known/agent-card.json",
                      reply);
                  return reply.json();
                }));
  }

  /** Requests the paid resource without a proof and returns the answer. */
  public Reply ask(CheckPurchase purchase) {
    return send(purchase.method(), purchase.resource(), purchase.headers(), purchase.body());
  }

  /** Gets the bill of a purchase. */
  public CheckPurchase billed(CheckPurchase purchase) {
    if (purchase.isBilled()) {
      return purchase;
    }
    var header = step(ASKS, () -> billHeader(ask(purchase)));
    purchase.bill(step(READABLE, () -> decoded(A402Headers.PAYMENT_NEEDED, header)));
    return purchase;
  }

  /** Returns the header of the bill in an answer that must be 402 with a bill. */
  public String billHeader(Reply reply) {
    var header = reply.answer().header(A402Headers.PAYMENT_NEEDED);
    require(
        reply.status() == 402 && header.isPresent(),
        "status 402 with the header Payment-Needed",
        header.isPresent()
            ? CheckSentence.of("status {0} with Payment-Needed", reply.status())
            : CheckSentence.of("status {0} without Payment-Needed", reply.status()));
    return header.orElseThrow();
  }

  /** Decodes an A402 header; a header that cannot be read is a deviation that names its fault. */
  public JsonNode decoded(String name, String value) {
    try {
      return A402Headers.decode(name, value);
    } catch (Refusal unreadable) {
      throw CheckEnd.deviates(
          "base64url without padding of UTF-8 JSON with the layers protocol and method",
          unreadable.getMessage()
              + ": "
              + (value.length() > 120 ? value.substring(0, 120) : value));
    }
  }

  /** Asks the payment service to pay; the principal has not approved yet. */
  public CheckPurchase requested(CheckPurchase purchase) {
    billed(purchase);
    if (purchase.isAsked()) {
      return purchase;
    }
    step(
        PAYABLE,
        () -> {
          var buyer = purchase.buyer();
          var message = buyer.payment(purchase.id(), purchase.bill());
          if (purchase.order() == null && purchase.body().length == 0) {
            // A bare gate names no intent, so the payment names none either.
            message.remove("intent_id");
          }
          message.set("bill_method", purchase.needed().path("method"));
          var reply = buyer.sendPayment(buyer.signed(message));
          require(
              reply.status() == 201,
              "a bill that the payment service takes",
              CheckSentence.of("the payment service refuses it: {0}", reply));
          purchase.trade(reply.json().path("trade_no").asString());
          return purchase;
        });
    return purchase;
  }

  /** Pays: the principal sees the cashier and approves. */
  public CheckPurchase paid(CheckPurchase purchase) {
    requested(purchase);
    if (purchase.isPaid()) {
      return purchase;
    }
    var buyer = purchase.buyer();
    var digest = buyer.cashier(purchase.tradeNo()).json().path("digest").asString("");
    var approved = buyer.approve(purchase.tradeNo(), digest, PurchaseClient.DEMO_PIN);
    var payment = buyer.payment(purchase.tradeNo()).json();
    if (approved.status() != 200 || !payment.path("proof").isObject()) {
      requireFunds(payment.toString());
      throw CheckEnd.inconclusive("the world's payment service did not pay: {0}", approved);
    }
    purchase.paid(payment.path("proof"));
    return purchase;
  }

  /**
   * Ends the check without a verdict if the payment service refused because the wallet is empty,
   * which says nothing about the merchant.
   *
   * @param refusal the answer of the payment service, or the payment with its reason
   */
  public static void requireFunds(String refusal) {
    if (refusal.toLowerCase(Locale.ROOT).contains(EMPTY_WALLET)) {
      throw CheckEnd.inconclusive(
          "the wallet of this world is empty: reset the world, merchants from outside stay");
    }
  }

  /** Requests the resource with a proof. */
  public Reply show(CheckPurchase purchase, JsonNode proof) {
    return showHeader(purchase, A402Headers.encode(proof));
  }

  public Reply showHeader(CheckPurchase purchase, String proof) {
    return showAt(purchase, purchase.resource(), purchase.body(), proof);
  }

  /** Requests another resource, or the same with another body, with the proof of a purchase. */
  public Reply showAt(CheckPurchase purchase, URI resource, byte[] body, String proof) {
    var headers = new HashMap<>(purchase.headers());
    headers.put(A402Headers.PAYMENT_PROOF, proof);
    return send(purchase.method(), resource, headers, body);
  }

  /** Buys and gets the delivery; the answer is the one with the goods. */
  public Reply delivered(CheckPurchase purchase) {
    paid(purchase);
    return step(
        DELIVERS,
        () -> {
          var reply = show(purchase, purchase.proof());
          require(reply.status() == 200, "200 and the goods for a good proof", reply);
          return reply;
        });
  }

  /** Orders a fault that happens once to a request at the merchant's place in the world. */
  public void armAtMerchant(String fault, String operation, Map<String, ?> parameters) {
    try {
      world.fault(fault, target.id(), operation, 1, parameters);
    } catch (UnexpectedReply refused) {
      throw CheckEnd.notTested("the sandbox arms no fault for it: {0}", refused.detail());
    }
  }

  /** Requires that a proof did not open the resource. */
  public void requireRefused(String proof, Reply reply) {
    requireRefused(CheckSentence.of(proof), reply);
  }

  /** Requires that a proof did not open the resource. */
  public void requireRefused(CheckSentence proof, Reply reply) {
    require(reply.status() >= 400, CheckSentence.of("a refusal of {0}", proof), reply);
  }

  /** Returns a copy of a message with one member of its protocol layer changed. */
  public static JsonNode changed(JsonNode layers, String member, String value) {
    var copy = (ObjectNode) layers.deepCopy();
    ((ObjectNode) copy.path("protocol")).put(member, value);
    return copy;
  }

  /** Resolves an address that the merchant gave, which may be relative to its own. */
  public URI resolve(String address) {
    try {
      return target.resolve(address);
    } catch (IllegalArgumentException noAddress) {
      throw CheckEnd.deviates("an address", address);
    }
  }

  /** Returns the stable details of an error body; an empty object if it is none. */
  public static JsonNode error(Reply reply) {
    return reply.json().path("error");
  }

  /** Returns a text of the configuration; null if it is absent. */
  public @Nullable String setting(String pointer) {
    return target.setting(pointer);
  }
}
