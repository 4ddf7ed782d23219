package org.actsandbox.sandbox.mutant;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.commerce.IntentRequest;
import org.actsandbox.protocol.commerce.Need;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.fault.FaultRequest;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.sandbox.world.clock.WorldClock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Runs one world with or without a mutant, and a buyer that sends raw messages in it. */
final class MutantTrial {

  static final String PIN = "246810";
  static final Instant MORNING = Instant.parse("2026-12-01T01:00:00Z");

  /** The public key of RFC 8037, appendix A. */
  private static final String PUBLIC_KEY = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

  private static final SandboxServer server = SandboxServer.shared();

  final World world;
  private int messages;

  private MutantTrial(World world) {
    this.world = world;
  }

  static MutantTrial of(String... mutants) {
    return of("s1", MORNING, mutants);
  }

  static MutantTrial of(String seed, Instant now, String... mutants) {
    return in(seed, now, WorldSettings.DEFAULT.with(List.of(mutants)));
  }

  private static MutantTrial in(String seed, Instant now, WorldSettings settings) {
    var world = server.worlds().create(new Worlds.NewWorld(null, seed, settings));
    world.clock().set(WorldClock.Mode.STOPPED, now);
    return new MutantTrial(world);
  }

  /** Makes a world with a second principal, Lin, behind the same agent. */
  static MutantTrial ofTwo(String... mutants) {
    return in(
        "s1",
        MORNING,
        WorldSettings.DEFAULT
            .with(List.of(mutants))
            .withFurtherPrincipals(List.of(SandboxServer.LIN)));
  }

  Instant now() {
    return world.clock().instant();
  }

  ZonedDateTime local() {
    return now().atZone(World.ZONE);
  }

  void advance(String duration) {
    var path = "/api/worlds/" + world.name() + "/clock/advance";
    var answer = server.post(path, "{\"by\":\"" + duration + "\"}", operator());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  Need.Train train(LocalDate date) {
    return new Need.Train(
        "Hangzhou", "Shanghai", date, null, null, null, null, "second", null, null, 1, null);
  }

  Need.Train trainTomorrow() {
    return train(local().toLocalDate().plusDays(1));
  }

  static Need.Shop goods(String terms) {
    return new Need.Shop(terms, null, null, List.of(), 1, null, null);
  }

  SandboxServer.Answer intent(String merchant, Need need) {
    var message = stamped();
    message.put("response_form", IntentRequest.OFFERS).put("limit", 50);
    message.putObject("context").putArray("explicit_needs").add(Json.tree(need));
    return post("/merchants/" + merchant + "/intents", signed(message));
  }

  List<JsonNode> offers(String merchant, Need need) {
    var answer = intent(merchant, need);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("offers").valueStream().toList();
  }

  JsonNode offer(String merchant, Need need) {
    return offers(merchant, need).getFirst();
  }

  /** Returns the number that the merchant says is left of the same offer. */
  int left(JsonNode offer, Need need) {
    return offers(merchant(offer), need).stream()
        .filter(other -> other.path("offer_id").equals(offer.path("offer_id")))
        .mapToInt(other -> other.path("available").asInt())
        .findFirst()
        .orElse(0);
  }

  ObjectNode cart(JsonNode offer) {
    var message = stamped();
    message
        .putArray("lines")
        .addObject()
        .put("offer_id", offer.path("offer_id").asString())
        .put("quantity", offer.path("quantity").asInt());
    message.set("expected_total", offer.path("total"));
    message.set("currency", offer.path("currency"));
    return message;
  }

  SandboxServer.Answer confirm(JsonNode offer) {
    return confirm(offer, cart(offer));
  }

  SandboxServer.Answer confirm(JsonNode offer, ObjectNode cart) {
    return post("/merchants/" + merchant(offer) + "/carts", signed(cart));
  }

  JsonNode order(JsonNode offer) {
    return order(offer, cart(offer));
  }

  JsonNode order(JsonNode offer, ObjectNode cart) {
    var answer = confirm(offer, cart);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }

  JsonNode orderNow(JsonNode order) {
    return get("/merchants/" + merchant(order) + "/orders/" + orderNo(order), agent()).json();
  }

  SandboxServer.Answer cancel(JsonNode order) {
    return post(
        "/merchants/" + merchant(order) + "/orders/" + orderNo(order) + "/cancel", "", agent());
  }

  SandboxServer.Answer fetch(JsonNode order, String... headers) {
    return server.get(URI.create(order.path("resource_url").asString()).getPath(), headers);
  }

  static JsonNode bill(SandboxServer.Answer answer) {
    return A402Headers.decode(A402Headers.PAYMENT_NEEDED, answer.header(A402Headers.PAYMENT_NEEDED))
        .path("protocol");
  }

  /** Returns an unsigned payment request for the bill. */
  ObjectNode payment(JsonNode bill) {
    var message = stamped();
    message.set("merchant_order_no", bill.path("out_trade_no"));
    message.put("instrument_ref", instrument());
    message.set("amount", bill.path("amount"));
    message.set("currency", bill.path("currency"));
    message.set("payee", bill.path("seller_unique_id"));
    message.set("bill", bill);
    return message;
  }

  private String instrument() {
    var found = get("/psp/instruments", agent()).json().path("items").get(0);
    return found.path("instrument_ref").asString();
  }

  SandboxServer.Answer pay(ObjectNode payment) {
    return post("/psp/payments", signed(payment), agent());
  }

  SandboxServer.Answer paySigned(String payment) {
    return post("/psp/payments", payment, agent());
  }

  JsonNode asked(JsonNode order) {
    var answer = pay(payment(bill(fetch(order))));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }

  SandboxServer.Answer approve(JsonNode payment, String pin) {
    return approve(payment, pin, cashier(payment).path("digest").asString());
  }

  SandboxServer.Answer approve(JsonNode payment, String pin, String digest) {
    return decide(payment, pin, digest, principal());
  }

  /** Decides with the given key. */
  SandboxServer.Answer decide(JsonNode payment, String pin, String digest, String[] key) {
    var decision = Json.object().put("decision", "APPROVE").put("digest", digest).put("pin", pin);
    return post(approval(payment), decision.toString(), key);
  }

  JsonNode cashier(JsonNode payment) {
    return get(approval(payment), principal()).json();
  }

  private static String approval(JsonNode payment) {
    return "/psp/payments/" + payment.path("trade_no").asString() + "/approval";
  }

  JsonNode paid(JsonNode order) {
    var payment = asked(order);
    var approved = approve(payment, PIN);
    assertThat(approved.status()).as(approved.text()).isEqualTo(200);
    return paymentNow(payment);
  }

  JsonNode paymentNow(JsonNode payment) {
    return get("/psp/payments/" + payment.path("trade_no").asString(), agent()).json();
  }

  SandboxServer.Answer show(JsonNode order, JsonNode proof) {
    return fetch(order, A402Headers.PAYMENT_PROOF, A402Headers.encode(proof));
  }

  /** Buys the order and returns the delivery. */
  JsonNode bought(JsonNode order) {
    var answer = show(order, paid(order).path("proof"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  /** Answers every such request with an error from now on. */
  void fault(String name, String participant, String operation) {
    world
        .faults()
        .add(new FaultRequest(name, participant, operation, null, null, 1000L, null, null));
  }

  String address() {
    return world.base().toString();
  }

  JsonNode at(String path) {
    return server.get(path).json();
  }

  String balance() {
    return get("/psp/wallet", principal()).json().toString();
  }

  String booksSum() {
    return get("/psp/ledger/balance", operator()).json().path("sum").asString();
  }

  void disturb(String merchant, Map<String, ?> order) {
    var path = "/api/worlds/" + world.name() + "/merchants/" + merchant + "/disturbances";
    var answer = server.post(path, Json.write(order), operator());
    assertThat(answer.status()).as(answer.text()).isEqualTo(204);
  }

  void fault(String participant, String operation, String name, int count) {
    var order =
        Json.object()
            .put("name", name)
            .put("participant", participant)
            .put("operation", operation)
            .put("count", count);
    var path = "/api/worlds/" + world.name() + "/faults";
    var answer = server.post(path, Json.write(order), operator());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
  }

  /** Registers another external agent and returns its DID. */
  String stranger(String name) {
    var registration = Json.object().put("name", name);
    registration.putObject("jwk").put("kty", "OKP").put("crv", "Ed25519").put("x", PUBLIC_KEY);
    var path = "/api/worlds/" + world.name() + "/agents";
    var answer = server.post(path, Json.write(registration), operator());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().path("agent_id").asString();
  }

  static String merchant(JsonNode offerOrOrder) {
    return offerOrOrder.path("merchant_id").asString();
  }

  static String orderNo(JsonNode order) {
    return order.path("order_no").asString();
  }

  static String code(SandboxServer.Answer answer) {
    return answer.json().path("error").path("details").path("code").asString();
  }

  static Stream<JsonNode> lines(JsonNode offer, String type) {
    return offer
        .path("lines")
        .valueStream()
        .filter(line -> line.path("type").asString().equals(type));
  }

  String signed(ObjectNode message) {
    return Json.write(SignedJson.sign(message, world.signer(World.AGENT)));
  }

  private ObjectNode stamped() {
    var id = ++messages;
    return Json.object()
        .put("request_id", "Q-" + id)
        .put("intent_id", "I-1")
        .put("agent_id", World.AGENT.value())
        .put("timestamp", now().toString());
  }

  SandboxServer.Answer post(String path, String body, String... headers) {
    return server.post("/w/" + world.name() + path, body, headers);
  }

  SandboxServer.Answer get(String path, String... headers) {
    return server.get("/w/" + world.name() + path, headers);
  }

  String[] agent() {
    return bearer(world.roleKey(Role.AGENT, null));
  }

  String[] principal() {
    return bearer(world.roleKey(Role.PRINCIPAL, null));
  }

  String[] operator() {
    return bearer(server.operator(world));
  }
}
