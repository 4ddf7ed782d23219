package org.actsandbox.sandbox.mutant;

import static org.actsandbox.sandbox.mutant.Trial.PIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** For each payment service that is careless with authority, what shows it. */
final class AuthorityProbes {

  static final String CONFIRMATION = "/delegations/intents/I-probe/confirmation";

  private static final String RAIL = "raileast";

  private AuthorityProbes() {}

  static Map<String, Predicate<Trial>> all() {
    return Map.of(
        "delegation-limit-not-cumulative",
        AuthorityProbes::spendsTwice,
        "single-limit-of-a-delegation-ignored",
        trial -> pays(trial, isr -> commerce(isr).put("max_single_amount", 1)),
        "expired-delegation-accepted",
        AuthorityProbes::paysWhenOver,
        "delegation-accepted-too-early",
        trial ->
            pays(
                trial,
                isr ->
                    isr.put(
                        "validity_start_time", trial.now().plus(Duration.ofHours(1)).toString())),
        "revocation-unheard",
        AuthorityProbes::paysWhenRevoked,
        "delegated-category-ignored",
        trial -> pays(trial, isr -> commerce(isr).putArray("allowed_categories").add("hotel")),
        "delegated-merchant-ignored",
        trial ->
            pays(
                trial,
                isr -> commerce(isr).putArray("allowed_merchants").add("did:act:gotrip-rail")),
        "delegation-mode-ignored",
        trial -> pays(trial, isr -> isr.put("delegation_mode", "BOUNDED")),
        "plan-paid-ahead",
        AuthorityProbes::paysAhead,
        "sub-account-never-dies",
        AuthorityProbes::paysFromAFrozenAccount);
  }

  private static boolean pays(Trial trial, Consumer<ObjectNode> bend) {
    var iac = issue(trial, bend);
    return paid(pay(trial, iac, ask(trial, iac)));
  }

  private static boolean spendsTwice(Trial trial) {
    var price = new BigDecimal(trial.offer(RAIL, trial.trainTomorrow()).path("total").asString());
    var iac = issue(trial, isr -> isr.put("max_total_amount", price));
    if (!paid(pay(trial, iac, ask(trial, iac)))) {
      throw new AssertionError("not even the first was paid");
    }
    return paid(pay(trial, iac, ask(trial, iac)));
  }

  private static boolean paysWhenOver(Trial trial) {
    var end = trial.now().plus(Duration.ofMinutes(5));
    var iac = issue(trial, isr -> isr.put("validity_end_time", end.toString()));
    trial.advance("PT5M");
    return paid(pay(trial, iac, ask(trial, iac)));
  }

  private static boolean paysWhenRevoked(Trial trial) {
    var iac = issue(trial, _ -> {});
    var id = iac.path("delegation_id").asString();
    var revoked = trial.post("/delegations/iacs/" + id + "/revoke", "{}", trial.principal());
    assertThat(revoked.status()).as(revoked.text()).isEqualTo(200);
    return paid(pay(trial, iac, ask(trial, iac)));
  }

  private static boolean paysAhead(Trial trial) {
    var later = trial.now().plus(Duration.ofHours(2)).toString();
    return pays(
        trial,
        isr ->
            ((ObjectNode) isr.path("ext"))
                .putObject("vendor_private")
                .putObject("plan")
                .put("first_at", later)
                .put("count", 1));
  }

  private static boolean paysFromAFrozenAccount(Trial trial) {
    var iac = issue(trial, _ -> {});
    var wish = Json.object().put("agent_id", World.AGENT.value()).put("pin", PIN);
    var id = done(trial, "", wish).path("sub_account_id").asString();
    var top = Json.object().put("request_id", "U-1").put("amount", "500.00").put("pin", PIN);
    done(trial, "/" + id + "/top-ups", top);
    var key = new Ed25519KeyPair(World.AGENT.value() + "#" + id, seed(id));
    var binding = Json.object().put("sub_account_id", id);
    binding.set("jwk", Json.parse(key.publicKey().jwk()));
    binding.put("timestamp", trial.now().toString());
    var bound =
        trial.post("/psp/sub-accounts/" + id + "/key", trial.signed(binding), trial.agent());
    assertThat(bound.status()).as(bound.text()).isEqualTo(200);
    done(trial, "/" + id + "/freeze", Json.object());
    var request = request(trial, iac, ask(trial, iac));
    request.remove("instrument_ref");
    var authorization = Json.object().put("sub_account_id", id);
    for (var field : new String[] {"request_id", "merchant_order_no", "amount", "currency"}) {
      authorization.set(field, request.path(field));
    }
    authorization.set("timestamp", request.path("timestamp"));
    request.set("sub_account_authorization", SignedJson.sign(authorization, key));
    return paid(send(trial, request));
  }

  private static JsonNode done(Trial trial, String path, ObjectNode wish) {
    var answer = trial.post("/psp/sub-accounts" + path, Json.write(wish), trial.principal());
    assertThat(answer.status()).as(answer.text()).isLessThan(300);
    return answer.json();
  }

  /** An order that waits for its payment under the delegation: the bill. */
  private static JsonNode ask(Trial trial, JsonNode iac) {
    var offer = trial.offer(RAIL, trial.trainTomorrow());
    var cart = trial.cart(offer).put("intent_id", "I-probe");
    cart.set("delegation_id", iac.path("delegation_id"));
    return Trial.bill(trial.fetch(trial.order(offer, cart)));
  }

  private static ObjectNode commerce(ObjectNode isr) {
    return (ObjectNode) isr.path("ext").path("commerce");
  }

  /** Asks for an authority; it waits for the principal at {@link #CONFIRMATION}. */
  static void propose(Trial trial, Consumer<ObjectNode> bend) {
    var isr =
        (ObjectNode)
            Json.parse(
                """
                {"conversation_history": {"user_intent_raw": "a ticket"}, "intent_id": "I-probe",
                 "delegation_mode": "SPECIFIED", "validity_start_time": "%s",
                 "validity_end_time": "%s", "max_total_amount": 2000, "currency": "CNY",
                 "allowed_payment_methods": ["balance", "sub_account"], "agent_id": "%s",
                 "ext": {"commerce": {"allowed_categories": ["train"]}}}
                """
                    .formatted(
                        trial.now(), trial.now().plus(Duration.ofDays(2)), World.AGENT.value()));
    bend.accept(isr);
    var draft = Json.object();
    draft.set("isr", isr);
    draft.put("timestamp", trial.now().toString());
    var asked = trial.post("/delegations/intents", trial.signed(draft), trial.agent());
    assertThat(asked.status()).as(asked.text()).isEqualTo(201);
  }

  static JsonNode issue(Trial trial, Consumer<ObjectNode> bend) {
    propose(trial, bend);
    var decision = Json.object().put("decision", "APPROVE").put("pin", PIN);
    decision.set("digest", trial.get(CONFIRMATION, trial.principal()).json().path("digest"));
    var decided = trial.post(CONFIRMATION, Json.write(decision), trial.principal());
    assertThat(decided.status()).as(decided.text()).isEqualTo(200);
    var id = decided.json().path("delegation_id").asString();
    return trial.get("/delegations/iacs/" + id + "/credential", trial.agent()).json();
  }

  private static ObjectNode request(Trial trial, JsonNode iac, JsonNode bill) {
    var request = trial.payment(bill);
    request.remove("intent_id");
    request.set("delegation_id", iac.path("delegation_id"));
    request.set("iac", iac.path("iac"));
    request.put("principal_id", World.PRINCIPAL.value());
    return request;
  }

  private static SandboxServer.Answer pay(Trial trial, JsonNode iac, JsonNode bill) {
    return send(trial, request(trial, iac, bill));
  }

  private static SandboxServer.Answer send(Trial trial, ObjectNode request) {
    return trial.post("/psp/delegated-payments", trial.signed(request), trial.agent());
  }

  private static boolean paid(SandboxServer.Answer answer) {
    return answer.status() == 201;
  }

  private static byte[] seed(String id) {
    return (id + "-".repeat(32)).substring(0, 32).getBytes(StandardCharsets.UTF_8);
  }
}
