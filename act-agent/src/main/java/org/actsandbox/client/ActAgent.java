package org.actsandbox.client;

import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.a402.MethodLayer;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.identity.VerificationKey;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An agent in one world, which signs, checks what merchants answer, and pays over HTTP 402. Each
 * step of a purchase is a method, so an agent can do what it wants between them; {@link #pay} and
 * {@link #payUnder} do the steps from the bill to the delivery at once.
 *
 * <p>Messages and answers are JSON with the fields of {@code /api/openapi.json}. Every method
 * throws {@link UnexpectedReply} for a refusal, with its stable code, and {@link
 * org.actsandbox.protocol.http.NoAnswerException} if there is no answer: then the same call again
 * finds out what happened. An instance can be used by many threads.
 *
 * {@snippet :
 * var client = new SandboxClient(new JdkOutboundClient());
 * var world = client.newWorld(URI.create("http://localhost:8080"), null, Map.of("name", "mine"));
 * var principal = new AgentPrincipal(client, world);
 * var agent = ActAgent.register(client, world, "my-agent");
 * agent = agent.payingWith(principal.bind(agent.agentId(), "balance"));
 * var need = Json.object().put("kind", "shop").put("terms", "charger").put("quantity", 1);
 * var order = agent.confirmCart("luma-mart", agent.offers("luma-mart", need, 3).getFirst());
 * var delivery = agent.pay(order, payment -> principal.approvePayment(payment.path("trade_no").asString()));
 * }
 */
public final class ActAgent {

  private static final String INTENT_ID = "intent_id";
  private static final String DELEGATION_ID = "delegation_id";
  private static final String WAITING = "waiting_for_approval";
  private static final String PAID = "paid";
  private static final String PRINCIPAL = "did:act:principal";
  private static final int MAX_WAITS = 24;

  private final TargetWorld world;
  private final PurchaseClient purchases;
  private final DelegationClient delegations;
  private final InstantSource clock;
  private final SandboxClient client;
  private final Map<String, Ed25519KeyPair> subAccountKeys;

  /** Signed payment requests by order: what is asked for again is the same message, paid once. */
  private final Map<String, ObjectNode> requests = new ConcurrentHashMap<>();

  /**
   * Creates an agent from what was kept of it.
   *
   * @param address of the world, such as {@code http://localhost:8080/w/mine}
   * @param clock the world's time, which differs from the machine's if its clock was set
   */
  public ActAgent(SandboxClient client, URI address, ExternalAgent identity, InstantSource clock) {
    this(client, world(address, identity.key()), identity, clock, new ConcurrentHashMap<>());
  }

  private ActAgent(
      SandboxClient client,
      TargetWorld world,
      ExternalAgent identity,
      InstantSource clock,
      Map<String, Ed25519KeyPair> subAccountKeys) {
    this.client = client;
    this.world = world;
    this.clock = clock;
    this.subAccountKeys = subAccountKeys;
    this.purchases = new PurchaseClient(world, identity, client.outbound(), clock);
    this.delegations = new DelegationClient(world, purchases, clock, this::requireSubAccountKey);
  }

  /** Makes a key, and tells the world the public half of it with the operator's key. */
  public static ActAgent register(SandboxClient client, TargetWorld world, String name) {
    var agentId = "did:act:" + name;
    var signer = newKey(agentId + "#key-1");
    var request = Json.object().put("name", name);
    request.set("jwk", Json.parse(signer.publicKey().jwk()));
    var registered = client.post(world.api("/agents"), world.keys().operator(), request);
    var identity = new ExternalAgent(agentId, signer, registered.path("key").asString(), "");
    return new ActAgent(client, world.at(""), identity, InstantSource.system());
  }

  /** Returns the same agent with an instrument that the principal bound to it. */
  public ActAgent payingWith(String instrumentRef) {
    var old = purchases.agent();
    var identity = new ExternalAgent(old.agentId(), old.signer(), old.key(), instrumentRef);
    return new ActAgent(client, world, identity, clock, subAccountKeys);
  }

  public String agentId() {
    return purchases.agent().agentId();
  }

  /** Asks a merchant for offers (CID-2). The fields of a need are in docs/needs.md. */
  public List<JsonNode> offers(String merchant, JsonNode need, int limit) {
    return offers(merchant, need, limit, newId("I-"));
  }

  /**
   * Asks a merchant for offers under an intent, such as that of an authority.
   *
   * @return each with its {@code intent_id}
   */
  public List<JsonNode> offers(String merchant, JsonNode need, int limit, String intentId) {
    var intent = purchases.intent(newId(""), need, limit).put(INTENT_ID, intentId);
    var answer = required(purchases.sendIntent(merchant, purchases.signed(intent)), merchant);
    return StreamSupport.stream(answer.path("offers").spliterator(), false)
        .<JsonNode>map(offer -> ((ObjectNode) offer).put(INTENT_ID, intentId))
        .toList();
  }

  public JsonNode confirmCart(String merchant, JsonNode offer) {
    return confirmCart(merchant, offer, null);
  }

  /**
   * Confirms an offer as it was seen; returns the merchant's signed order, which holds it for a
   * while. Goods are sent home. Where a deposit is taken and the principal lets this merchant ask,
   * the cart refers to the credit behind the agent; {@code deposit} says what became of it.
   *
   * @param delegationId the authority that the order will be paid under; null if the principal pays
   * @throws CheckFailedException if the order is not signed by the merchant, or is not the offer
   */
  public JsonNode confirmCart(String merchant, JsonNode offer, @Nullable String delegationId) {
    var cart = purchases.cart(newId(""), offer);
    cart.set(INTENT_ID, offer.path(INTENT_ID));
    if (delegationId != null) {
      cart.put(DELEGATION_ID, delegationId);
    }
    var credit = new CreditCarrier(purchases).reference(offer, PRINCIPAL);
    credit.ifPresent(each -> cart.set("credit", each));
    var order = required(purchases.sendCart(merchant, purchases.signed(cart)), merchant);
    requireSigner(order, "did:act:" + merchant, "the order");
    var total = credit.isPresent() ? CreditCarrier.total(offer, order) : text(offer, "total");
    requireSame("the order's total", total, text(order, "total"));
    for (var field : List.of("currency", INTENT_ID)) {
      requireSame("the order's " + field, text(offer, field), text(order, field));
    }
    return order;
  }

  /**
   * Asks for what was ordered and returns the bill of the 402 answer, both layers as they came.
   * Both have to be signed by the merchant, and the bill has to be that of the order.
   *
   * @throws CheckFailedException if not: then it must not be paid
   */
  public JsonNode bill(JsonNode order) {
    var reply = purchases.askForResource(resource(order));
    if (reply.status() != 402) {
      throw refused(reply, text(order, "resource_url"));
    }
    var needed =
        A402Headers.decode(
            A402Headers.PAYMENT_NEEDED,
            reply
                .answer()
                .header(A402Headers.PAYMENT_NEEDED)
                .orElseThrow(() -> new CheckFailedException("the answer 402 has no bill")));
    var bill = needed.path("protocol");
    var merchant = text(order, "merchant_did");
    requireSigner(bill, merchant, "the bill");
    requireMethodSigner(needed, merchant);
    requireSame("the bill's payee", merchant, text(bill, "seller_unique_id"));
    requireSame("the bill's order", text(order, "order_no"), text(bill, "out_trade_no"));
    requireSame("the bill's resource", text(order, "resource_id"), text(bill, "resource_id"));
    requireSame("the bill's amount", text(order, "total"), text(bill, "amount"));
    requireSame("the bill's currency", text(order, "currency"), text(bill, "currency"));
    requireSame("the bill's buyer", agentId(), bill.path("buyer_unique_id").asString(agentId()));
    requireSame(
        "the payment service",
        world.at("/psp/payments").toString(),
        text(needed.path("method"), "endpoint"));
    return needed;
  }

  /**
   * Asks for a payment; {@code cashier_url} of the answer is where the principal decides (PSD-3).
   *
   * @param needed what {@link #bill} returned
   * @param callback is told of the decision, instead of asking for it (docs/webhooks.md)
   */
  public JsonNode requestPayment(JsonNode order, JsonNode needed, @Nullable URI callback) {
    var signed =
        requests.computeIfAbsent(
            text(order, "order_no"),
            _ -> {
              var payment = payment(needed);
              payment.set(INTENT_ID, order.path(INTENT_ID));
              if (callback != null) {
                payment.put("callback_url", callback.toString());
              }
              return purchases.signed(payment);
            });
    return required(purchases.sendPayment(signed), "/psp/payments");
  }

  /** Waits until the principal has decided, at most ten minutes. */
  public JsonNode waitForPayment(String tradeNo) {
    var payment = waitOnce(tradeNo);
    for (int waits = 1; text(payment, "status").equals(WAITING) && waits < MAX_WAITS; waits++) {
      payment = waitOnce(tradeNo);
    }
    if (!List.of(WAITING, PAID).contains(text(payment, "status"))) {
      // The order can be paid by another payment now.
      requests.remove(text(payment, "out_trade_no"));
    }
    return payment;
  }

  /**
   * Shows the proof of a payment to the merchant and returns the delivery (A402-6). The same proof
   * gets the same delivery again, so a lost one can be collected once more.
   */
  public JsonNode collect(JsonNode order, JsonNode payment) {
    var reply = purchases.sendProof(resource(order), payment.path("proof"));
    return required(reply, text(order, "resource_url"));
  }

  /**
   * Goes from the bill to the delivery.
   *
   * @param principal gets the payment, and leads the principal to its {@code cashier_url}
   * @throws CheckFailedException if the principal did not pay
   */
  public JsonNode pay(JsonNode order, Consumer<JsonNode> principal) {
    var asked = requestPayment(order, bill(order), null);
    principal.accept(asked);
    return collect(order, paid(waitForPayment(text(asked, "trade_no"))));
  }

  /**
   * Says what the agent wants to be allowed (ADD-1); docs/delegation.md has the fields. {@code
   * open_questions} of the answer names what is missing. The same {@code intent_id} again replaces
   * the draft.
   */
  public JsonNode askAuthority(ObjectNode isr) {
    return askAuthority(isr, null);
  }

  /**
   * Does the same, and names an address.
   *
   * @param callback is told what becomes of the authority, instead of asking (docs/webhooks.md)
   */
  public JsonNode askAuthority(ObjectNode isr, @Nullable URI callback) {
    isr.put("agent_id", agentId());
    var draft = delegations.draft(isr);
    if (callback != null) {
      draft.put("callback_url", callback.toString());
    }
    var signed = purchases.signed(draft);
    return required(delegations.sendDraft(signed), "/delegations/intents");
  }

  /** Returns the credential of an authority, {@code iac}, with its ids. */
  public JsonNode authority(String delegationId) {
    var credential = (ObjectNode) required(delegations.credential(delegationId), delegationId);
    return credential.put(DELEGATION_ID, delegationId).put("principal_id", "did:act:principal");
  }

  /** Makes a key for a sub-account that the principal opened, and tells it (PSD-2). */
  public void bindSubAccount(String subAccountId) {
    subAccountKeys.computeIfAbsent(subAccountId, id -> newKey(agentId() + "#" + id));
    required(delegations.bindKey(subAccountId), subAccountId);
  }

  public JsonNode payUnder(JsonNode authority, JsonNode order) {
    return payUnder(authority, order, null);
  }

  /**
   * Pays an order under an authority, without the principal, and returns the delivery.
   *
   * @param authority what {@link #authority} returned
   * @param subAccountId what pays (PSD-7); null for the bound instrument (PSD-5)
   * @throws UnexpectedReply with the boundary that the payment would pass; then nothing moved
   */
  public JsonNode payUnder(JsonNode authority, JsonNode order, @Nullable String subAccountId) {
    var orderNo = text(order, "order_no");
    var signed =
        requests.computeIfAbsent(orderNo, _ -> signedUnder(authority, order, subAccountId));
    var mode = subAccountId == null ? "SPECIFIED" : "BOUNDED";
    var reply = delegations.pay(mode, signed, purchases.agent().key());
    if (!reply.answer().isSuccess()) {
      // It may be tried again with another authority.
      requests.remove(orderNo);
    }
    var asked = required(reply, "/psp/payments");
    return collect(order, paid(waitOnce(text(asked, "trade_no"))));
  }

  /** Returns what an authority has left. */
  public JsonNode sums(String delegationId) {
    var path = "/psp/delegations/" + delegationId;
    return required(purchases.get(path, purchases.agent().key()), path);
  }

  /** Gives an authority back that is not needed any more (ADD-7). */
  public JsonNode giveBack(String delegationId) {
    var reason = Json.object().put("reason", "done");
    var reply = delegations.changeState(delegationId, "revoke", reason, purchases.agent().key());
    return required(reply, delegationId);
  }

  /**
   * Returns the DID that signed a message, such as a notification.
   *
   * @throws CheckFailedException if the signature is not good
   */
  public String verified(JsonNode message) {
    try {
      return SignedJson.verify(message, this::key).value();
    } catch (Refusal refusal) {
      throw new CheckFailedException("the signature is not good: " + refusal.detail(), refusal);
    }
  }

  private ObjectNode signedUnder(
      JsonNode authority, JsonNode order, @Nullable String subAccountId) {
    var needed = bill(order);
    var payment = delegations.payment(newId(""), needed.path("protocol"), order, authority);
    payment.set("bill_method", needed.path("method"));
    if (subAccountId != null) {
      delegations.payFromSubAccount(subAccountId, payment);
    }
    return purchases.signed(payment);
  }

  private ObjectNode payment(JsonNode needed) {
    var payment = purchases.payment(newId(""), needed.path("protocol"));
    payment.set("bill_method", needed.path("method"));
    return payment;
  }

  private JsonNode waitOnce(String tradeNo) {
    var path = "/psp/payments/" + tradeNo + "?wait_seconds=25";
    return required(purchases.get(path, purchases.agent().key()), path);
  }

  private void requireSigner(JsonNode message, String did, String what) {
    var signer = verified(message);
    if (!signer.equals(did)) {
      throw new CheckFailedException(what + " is signed by " + signer + ", and not by " + did);
    }
  }

  private void requireMethodSigner(JsonNode needed, String did) {
    try {
      var signer = MethodLayer.verify(needed, this::key).value();
      requireSame("the signer of the bill's payment method", did, signer);
    } catch (Refusal refusal) {
      throw new CheckFailedException(
          "the bill's payment method is not the merchant's: " + refusal.detail(), refusal);
    }
  }

  private Optional<VerificationKey> key(String signerId) {
    Did did;
    try {
      did = Did.ofSigner(signerId);
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
    var set = Json.object();
    var keys = set.putArray("keys");
    var document = purchases.get("/dids/" + did.value(), null).json();
    for (var method : document.path("verificationMethod")) {
      if (method.path("publicKeyJwk") instanceof ObjectNode jwk) {
        keys.add(jwk.put("kid", method.path("id").asString("")));
      }
    }
    return KeySet.parse(Json.write(set)).find(signerId);
  }

  private Ed25519KeyPair requireSubAccountKey(String subAccountId) {
    var key = subAccountKeys.get(subAccountId);
    if (key == null) {
      throw new IllegalStateException(
          "the agent has no key for " + subAccountId + ": call bindSubAccount before");
    }
    return key;
  }

  private static JsonNode paid(JsonNode payment) {
    if (!text(payment, "status").equals(PAID)) {
      throw new CheckFailedException(
          "the payment %s is %s".formatted(text(payment, "trade_no"), text(payment, "status")));
    }
    return payment;
  }

  private static JsonNode required(Reply reply, String place) {
    if (!reply.answer().isSuccess()) {
      throw refused(reply, place);
    }
    return reply.json();
  }

  private static UnexpectedReply refused(Reply reply, String place) {
    return new UnexpectedReply("request", place, reply.status(), reply.answer().body());
  }

  private static void requireSame(String what, String expected, String observed) {
    if (!expected.equals(observed)) {
      throw new CheckFailedException(what + " is " + observed + ", and not " + expected);
    }
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  private static URI resource(JsonNode order) {
    return URI.create(text(order, "resource_url"));
  }

  private static TargetWorld world(URI address, String key) {
    var text = address.toString();
    int name = text.lastIndexOf("/w/");
    if (name < 0) {
      throw new IllegalArgumentException("the address of a world ends with /w/NAME: " + address);
    }
    return new TargetWorld(
        URI.create(text.substring(0, name)),
        text.substring(name + 3),
        new IssuedRoleKeys("", key, "", Map.of()));
  }

  private static Ed25519KeyPair newKey(String keyId) {
    var seed = new byte[32];
    new SecureRandom().nextBytes(seed);
    return new Ed25519KeyPair(keyId, seed);
  }

  private static String newId(String prefix) {
    return prefix + UUID.randomUUID().toString().substring(0, 13);
  }
}
