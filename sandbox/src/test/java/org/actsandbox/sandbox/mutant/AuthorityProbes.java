package org.actsandbox.sandbox.mutant;

import static org.actsandbox.sandbox.mutant.MutantTrial.PIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.actsandbox.protocol.delegation.Iac;
import org.actsandbox.protocol.delegation.IacCodec;
import org.actsandbox.protocol.delegation.IacPayload;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.psp.endpoint.Psp;
import org.actsandbox.sandbox.world.World;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Contains a probe for each payment service that is defective in delegated payments. */
final class AuthorityProbes {

  static final String CONFIRMATION = "/delegations/intents/I-probe/confirmation";

  private static final String RAIL = "raileast";

  private AuthorityProbes() {}

  static Map<String, Predicate<MutantTrial>> all() {
    var all = new HashMap<>(specified());
    all.putAll(limits());
    return all;
  }

  /** Returns the probes of issuance and of specified purchases. */
  private static Map<String, Predicate<MutantTrial>> specified() {
    return Map.of(
        "unissued-credential-accepted",
        AuthorityProbes::paysUnissued,
        "purchase-target-ignored",
        AuthorityProbes::paysForAnotherPlace,
        "bought-twice",
        AuthorityProbes::paysTwice,
        "goods-unread",
        AuthorityProbes::paysForWhatIsNotStated);
  }

  private static Map<String, Predicate<MutantTrial>> limits() {
    return Map.of(
        "delegation-limit-not-cumulative",
        AuthorityProbes::spendsTwice,
        "single-limit-of-a-delegation-ignored",
        mutantTrial -> pays(mutantTrial, isr -> commerce(isr).put("max_single_amount", 1)),
        "expired-delegation-accepted",
        AuthorityProbes::paysWhenOver,
        "delegation-accepted-too-early",
        mutantTrial ->
            pays(
                mutantTrial,
                isr ->
                    isr.put(
                        "validity_start_time",
                        mutantTrial.now().plus(Duration.ofHours(1)).toString())),
        "revocation-unheard",
        AuthorityProbes::paysWhenRevoked,
        "delegated-category-ignored",
        AuthorityProbes::paysForAnotherCategory,
        "delegated-merchant-ignored",
        mutantTrial ->
            pays(
                mutantTrial,
                isr -> commerce(isr).putArray("allowed_merchants").add("did:act:gotrip-rail")),
        "delegation-mode-ignored",
        mutantTrial -> pays(mutantTrial, isr -> isr.put("delegation_mode", "BOUNDED")),
        "plan-paid-ahead",
        AuthorityProbes::paysAhead,
        "sub-account-never-dies",
        AuthorityProbes::paysFromAFrozenAccount);
  }

  private static boolean pays(MutantTrial mutantTrial, Consumer<ObjectNode> change) {
    var iac = issue(mutantTrial, change);
    return paid(pay(mutantTrial, iac, ask(mutantTrial, iac)));
  }

  /**
   * Specifies a hotel, so that the payment service has two reasons to refuse; the mutant finds
   * neither.
   */
  private static boolean paysForAnotherCategory(MutantTrial mutantTrial) {
    return pays(
        mutantTrial,
        isr -> {
          commerce(isr).putArray("forbidden_categories").add("train");
          commerce(isr).remove("allowed_categories");
        });
  }

  private static boolean paysForAnotherPlace(MutantTrial mutantTrial) {
    return pays(mutantTrial, isr -> target(isr).put("to", "Nanjing"));
  }

  private static boolean paysTwice(MutantTrial mutantTrial) {
    var iac = issue(mutantTrial, isr -> target(isr).put("times", 1));
    if (!paid(pay(mutantTrial, iac, ask(mutantTrial, iac)))) {
      throw new AssertionError("not even the first was paid");
    }
    return paid(pay(mutantTrial, iac, ask(mutantTrial, iac)));
  }

  private static boolean paysForWhatIsNotStated(MutantTrial mutantTrial) {
    var issued = issue(mutantTrial, _ -> {});
    var request = request(mutantTrial, issued, ask(mutantTrial, issued));
    request.remove("order");
    return paid(send(mutantTrial, request));
  }

  /**
   * Pays with a credential that is signed by the principal's real key, but was issued by no
   * delegation service.
   */
  private static boolean paysUnissued(MutantTrial mutantTrial) {
    var real =
        IacCodec.verify(
            issue(mutantTrial, _ -> {}).path("iac").asString(), mutantTrial.world.directory());
    var next = new Iac.StatusReference(real.status().list(), real.status().index() + 1);
    var forged = forged(mutantTrial, real.payload(), next);
    var iac = Json.object();
    iac.put("delegation_id", forged.payload().delegationId()).put("iac", forged.compact());
    return paid(pay(mutantTrial, iac, ask(mutantTrial, iac)));
  }

  /**
   * Makes a signature with the key service inside this process: no message can ask for it, and no
   * page shows the key.
   */
  static Iac forged(MutantTrial mutantTrial, IacPayload payload, Iac.StatusReference place) {
    var pins = mutantTrial.world.participant(Psp.class).pins();
    return IacCodec.issue(
        payload,
        place,
        mutantTrial.now(),
        null,
        mutantTrial
            .world
            .principals()
            .signer(World.PRINCIPAL)
            .release(pins.require(World.PRINCIPAL, PIN, "forge a credential")));
  }

  private static boolean spendsTwice(MutantTrial mutantTrial) {
    var price =
        new BigDecimal(
            mutantTrial.offer(RAIL, mutantTrial.trainTomorrow()).path("total").asString());
    var iac = issue(mutantTrial, isr -> isr.put("max_total_amount", price));
    if (!paid(pay(mutantTrial, iac, ask(mutantTrial, iac)))) {
      throw new AssertionError("not even the first was paid");
    }
    return paid(pay(mutantTrial, iac, ask(mutantTrial, iac)));
  }

  private static boolean paysWhenOver(MutantTrial mutantTrial) {
    var end = mutantTrial.now().plus(Duration.ofMinutes(5));
    var iac = issue(mutantTrial, isr -> isr.put("validity_end_time", end.toString()));
    mutantTrial.advance("PT5M");
    return paid(pay(mutantTrial, iac, ask(mutantTrial, iac)));
  }

  private static boolean paysWhenRevoked(MutantTrial mutantTrial) {
    var iac = issue(mutantTrial, _ -> {});
    var id = iac.path("delegation_id").asString();
    var revoked =
        mutantTrial.post("/delegations/iacs/" + id + "/revoke", "{}", mutantTrial.principal());
    assertThat(revoked.status()).as(revoked.text()).isEqualTo(200);
    return paid(pay(mutantTrial, iac, ask(mutantTrial, iac)));
  }

  private static boolean paysAhead(MutantTrial mutantTrial) {
    var later = mutantTrial.now().plus(Duration.ofHours(2)).toString();
    return pays(
        mutantTrial, isr -> own(isr).putObject("plan").put("first_at", later).put("count", 1));
  }

  private static boolean paysFromAFrozenAccount(MutantTrial mutantTrial) {
    var iac = issue(mutantTrial, _ -> {});
    var body = Json.object().put("agent_id", World.AGENT.value()).put("pin", PIN);
    var id = done(mutantTrial, "", body).path("sub_account_id").asString();
    var top = Json.object().put("request_id", "U-1").put("amount", "500.00").put("pin", PIN);
    done(mutantTrial, "/" + id + "/top-ups", top);
    var key = new Ed25519KeyPair(World.AGENT.value() + "#" + id, seed(id));
    var binding = Json.object().put("sub_account_id", id);
    binding.set("jwk", Json.parse(key.publicKey().jwk()));
    binding.put("timestamp", mutantTrial.now().toString());
    var bound =
        mutantTrial.post(
            "/psp/sub-accounts/" + id + "/key", mutantTrial.signed(binding), mutantTrial.agent());
    assertThat(bound.status()).as(bound.text()).isEqualTo(200);
    done(mutantTrial, "/" + id + "/freeze", Json.object());
    var request = request(mutantTrial, iac, ask(mutantTrial, iac));
    request.remove("instrument_ref");
    var authorization = Json.object().put("sub_account_id", id);
    for (var field : new String[] {"request_id", "merchant_order_no", "amount", "currency"}) {
      authorization.set(field, request.path(field));
    }
    authorization.set("timestamp", request.path("timestamp"));
    request.set("sub_account_authorization", SignedJson.sign(authorization, key));
    return paid(send(mutantTrial, request));
  }

  private static JsonNode done(MutantTrial mutantTrial, String path, ObjectNode body) {
    var answer =
        mutantTrial.post("/psp/sub-accounts" + path, Json.write(body), mutantTrial.principal());
    assertThat(answer.status()).as(answer.text()).isLessThan(300);
    return answer.json();
  }

  /** Holds an order that waits for its payment, and its bill. */
  record OrderAndBill(JsonNode order, JsonNode bill) {}

  /** Confirms an order to be paid under the delegation. */
  static OrderAndBill ask(MutantTrial mutantTrial, JsonNode iac) {
    var offer = mutantTrial.offer(RAIL, mutantTrial.trainTomorrow());
    var cart = mutantTrial.cart(offer).put("intent_id", "I-probe");
    cart.set("delegation_id", iac.path("delegation_id"));
    var order = mutantTrial.order(offer, cart);
    return new OrderAndBill(order, MutantTrial.bill(mutantTrial.fetch(order)));
  }

  private static ObjectNode own(ObjectNode isr) {
    return (ObjectNode) isr.at("/ext/vendor_private");
  }

  private static ObjectNode target(ObjectNode isr) {
    return (ObjectNode) isr.at("/ext/vendor_private/targets/0");
  }

  private static ObjectNode commerce(ObjectNode isr) {
    return (ObjectNode) isr.path("ext").path("commerce");
  }

  /** Asks for an authority, which waits for the principal at {@link #CONFIRMATION}. */
  static void propose(MutantTrial mutantTrial, Consumer<ObjectNode> change) {
    var isr =
        (ObjectNode)
            Json.parse(
                """
                {"conversation_history": {"user_intent_raw": "a ticket"}, "intent_id": "I-probe",
                 "delegation_mode": "SPECIFIED", "validity_start_time": "%s",
                 "validity_end_time": "%s", "max_total_amount": 2000, "currency": "CNY",
                 "allowed_payment_methods": ["balance", "sub_account"], "agent_id": "%s",
                 "ext": {"commerce": {"allowed_categories": ["train"]},
                   "vendor_private": {"targets": [{"kind": "train", "from": "Hangzhou",
                     "to": "Shanghai", "date": "%s", "times": 9}]}}}
                """
                    .formatted(
                        mutantTrial.now(),
                        mutantTrial.now().plus(Duration.ofDays(2)),
                        World.AGENT.value(),
                        mutantTrial.trainTomorrow().date()));
    change.accept(isr);
    if (isr.path("delegation_mode").asString("").equals("BOUNDED")) {
      own(isr).remove("targets");
    }
    var draft = Json.object();
    draft.set("isr", isr);
    draft.put("timestamp", mutantTrial.now().toString());
    var asked =
        mutantTrial.post("/delegations/intents", mutantTrial.signed(draft), mutantTrial.agent());
    assertThat(asked.status()).as(asked.text()).isEqualTo(201);
  }

  static JsonNode issue(MutantTrial mutantTrial, Consumer<ObjectNode> change) {
    propose(mutantTrial, change);
    var decision = Json.object().put("decision", "APPROVE").put("pin", PIN);
    decision.set(
        "digest", mutantTrial.get(CONFIRMATION, mutantTrial.principal()).json().path("digest"));
    var decided = mutantTrial.post(CONFIRMATION, Json.write(decision), mutantTrial.principal());
    assertThat(decided.status()).as(decided.text()).isEqualTo(200);
    var id = decided.json().path("delegation_id").asString();
    return mutantTrial.get("/delegations/iacs/" + id + "/credential", mutantTrial.agent()).json();
  }

  private static ObjectNode request(MutantTrial mutantTrial, JsonNode iac, OrderAndBill asked) {
    var request = mutantTrial.payment(asked.bill());
    request.set("order", asked.order());
    request.remove("intent_id");
    request.set("delegation_id", iac.path("delegation_id"));
    request.set("iac", iac.path("iac"));
    request.put("principal_id", World.PRINCIPAL.value());
    return request;
  }

  static SandboxServer.Answer pay(MutantTrial mutantTrial, JsonNode iac, OrderAndBill asked) {
    return send(mutantTrial, request(mutantTrial, iac, asked));
  }

  private static SandboxServer.Answer send(MutantTrial mutantTrial, ObjectNode request) {
    return mutantTrial.post(
        "/psp/delegated-payments", mutantTrial.signed(request), mutantTrial.agent());
  }

  private static boolean paid(SandboxServer.Answer answer) {
    return answer.status() == 201;
  }

  private static byte[] seed(String id) {
    return (id + "-".repeat(32)).substring(0, 32).getBytes(StandardCharsets.UTF_8);
  }
}
