package org.actsandbox.sandbox.wiring;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.actsandbox.agent.PriceTolerance;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.PspMessages;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.SandboxServer.Answer;
import org.actsandbox.sandbox.journal.JournalEntry;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.psp.PaymentRequests;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.sandbox.world.clock.ClockState;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Provides a stopped world with two principals and one agent for both, driven over HTTP. */
final class TwoPrincipalsWorld {

  static final Did LIN = Did.of("lin");
  static final String PIN = "246810";

  /** Addresses of a principal's possessions, as its own key shows them. */
  static final List<String> POSSESSIONS =
      List.of(
          "/psp/wallet",
          "/psp/wallet/statement",
          "/psp/instruments",
          "/psp/sub-accounts",
          "/psp/payments",
          "/psp/preferences",
          "/delegations/intents",
          "/delegations/iacs",
          "/agents/demo-agent/watches",
          "/agents/demo-agent/tasks",
          "/trust/disputes",
          "/trust/records");

  final SandboxServer server = SandboxServer.shared();
  final World world;
  final String agent;

  TwoPrincipalsWorld() {
    world =
        server
            .worlds()
            .create(
                new Worlds.NewWorld(
                    null,
                    null,
                    DirectedConversation.settings("20000.00", PriceTolerance.NONE, false)
                        .withFurtherPrincipals(List.of(SandboxServer.LIN)),
                    ClockState.of(
                        WorldClock.Mode.STOPPED,
                        DirectedConversation.SUNDAY,
                        DirectedConversation.SUNDAY)));
    agent = world.roleKey(Role.AGENT, null);
  }

  DirectedConversation talk(Did principal) {
    return new DirectedConversation(server, world, principal);
  }

  String key(Did principal) {
    return world.roleKey(Role.PRINCIPAL, principal);
  }

  Answer get(String path, String key) {
    return server.get("/w/" + world.name() + path, bearer(key));
  }

  Answer post(String path, Object body, String key) {
    var text = body instanceof String ready ? ready : Json.write(body);
    return server.post("/w/" + world.name() + path, text, bearer(key));
  }

  JsonNode read(String path, String key) {
    var answer = get(path, key);
    assertThat(answer.status()).as(path + ": " + answer.text()).isEqualTo(200);
    return answer.json();
  }

  /** Returns all possessions of a principal, by address. */
  Map<String, JsonNode> possessions(Did principal) {
    var all = new TreeMap<String, JsonNode>();
    POSSESSIONS.forEach(path -> all.put(path, read(path, key(principal))));
    return all;
  }

  String balance(Did principal) {
    return read("/psp/wallet", key(principal)).path("accounts").path(0).path("amount").asString();
  }

  /** Returns an instrument for the principal's balance, as its agent knows it. */
  String instrument(Did principal) {
    return read("/psp/instruments?principal_id=" + principal, agent)
        .path("items")
        .path(0)
        .path("instrument_ref")
        .asString();
  }

  /** Lets the agent request an instant payment, and returns its number at the cashier. */
  String waiting(Did principal, String orderNo) {
    var request =
        PaymentRequests.signed(world, instrument(principal), "Q-" + orderNo, orderNo, "87.50");
    var taken = post("/psp/payments", request, agent);
    assertThat(taken.status()).as(taken.text()).isEqualTo(201);
    return taken.json().path("trade_no").asString();
  }

  Answer approve(String path, Did principal, String pin) {
    var digest = read(path, key(principal)).path("digest").asString();
    return post(path, Map.of("decision", "APPROVE", "digest", digest, "pin", pin), key(principal));
  }

  /** Pays an order at the merchant by instant payment, and returns the trade. */
  String paid(Did principal, String orderNo) {
    var tradeNo = waiting(principal, orderNo);
    var answer = approve("/psp/payments/" + tradeNo + "/approval", principal, PIN);
    assertThat(answer.json().path("status").asString()).as(answer.text()).isEqualTo("paid");
    return tradeNo;
  }

  /** Lets the agent request an authority from a principal to buy train tickets. */
  Answer proposes(Did principal, String intentId) {
    return proposes(principal, intentId, null);
  }

  /** Does the same and names an address at which the agent is told of the authority. */
  Answer proposes(Did principal, String intentId, @Nullable String callbackUrl) {
    var isr =
        Json.parse(
            """
            {"conversation_history": {"user_intent_raw": "A second-class ticket to Harbin"},
             "intent_id": "%s", "delegation_mode": "SPECIFIED",
             "validity_start_time": "2026-12-20T00:00:00Z",
             "validity_end_time": "2026-12-26T00:00:00Z",
             "max_total_amount": 600, "currency": "CNY",
             "allowed_payment_methods": ["balance", "sub_account"],
             "agent_id": "did:act:demo-agent",
             "ext": {"commerce": {"allowed_categories": ["train"]},
               "vendor_private": {"targets": [{"kind": "train", "from": "Shanghai",
                 "to": "Harbin", "date": "2026-12-24", "times": 9}]}}}
            """
                .formatted(intentId));
    var message = Json.object();
    message.set("isr", isr);
    message.put("timestamp", world.clock().instant().toString());
    message.put("principal_id", principal.value());
    if (callbackUrl != null) {
      message.put("callback_url", callbackUrl);
    }
    return post(
        "/delegations/intents",
        Json.write(SignedJson.sign(message, world.signer(World.AGENT))),
        agent);
  }

  /** Lets the agent request an authority, confirms it, and returns its number. */
  String authority(Did principal, String intentId) {
    assertThat(proposes(principal, intentId).status()).isEqualTo(201);
    var answer = approve("/delegations/intents/" + intentId + "/confirmation", principal, PIN);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("delegation_id").asString();
  }

  String credential(String delegationId) {
    return read("/delegations/iacs/" + delegationId + "/credential", agent).path("iac").asString();
  }

  /** Lets the agent pay under an authority, from the principal's balance. */
  Answer pays(Did principal, String delegationId, String orderNo) {
    return pays(principal, delegationId, orderNo, null);
  }

  /** Does the same and names an address at which the agent is told of the payment. */
  Answer pays(Did principal, String delegationId, String orderNo, @Nullable String callbackUrl) {
    var request =
        PaymentRequests.plain(world, orderNo, "80.00")
            .put("request_id", "Q-" + orderNo)
            .put("principal_id", principal.value())
            .put("delegation_id", delegationId)
            .put("iac", credential(delegationId))
            .put("instrument_ref", instrument(principal));
    request.set("order", PaymentRequests.order(world, orderNo, "80.00"));
    if (callbackUrl != null) {
      request.put("callback_url", callbackUrl);
    }
    return post("/psp/delegated-payments", PaymentRequests.signed(world, request), agent);
  }

  /** Signs the payment with the sub-account's own key, and binds the key if necessary. */
  void authorizes(ObjectNode request, String account) {
    var now = world.clock().instant().toString();
    var key = world.keys().dedicatedKey(world.agent(), account);
    var binding = Json.object().put("sub_account_id", account);
    binding.set("jwk", Json.parse(key.publicKey().jwk()));
    binding.put("timestamp", now);
    var signed = Json.write(SignedJson.sign(binding, world.signer(World.AGENT)));
    var bound = post("/psp/sub-accounts/" + account + "/key", signed, agent);
    assertThat(bound.status()).as(bound.text()).isEqualTo(200);
    var authorization = Json.object().put("sub_account_id", account);
    for (var field : List.of("request_id", "merchant_order_no", "amount", "currency")) {
      authorization.set(field, request.path(field));
    }
    authorization.put("timestamp", now);
    request.set("sub_account_authorization", SignedJson.sign(authorization, key));
  }

  Answer refunds(String tradeNo, String amount) {
    var refund =
        new PspMessages.RefundRequest(
            "B-1", tradeNo, amount, "CNY", "changed", world.clock().instant(), null, null, null);
    var signed =
        SignedJson.sign((ObjectNode) Json.tree(refund), world.signer(PaymentRequests.RAIL));
    return post(
        "/psp/refunds", Json.write(signed), world.roleKey(Role.MERCHANT, PaymentRequests.RAIL));
  }

  /** Returns the refusals with a code in the journal. */
  List<JsonNode> refusals(String code) {
    return world
        .journalStore()
        .page(
            new JournalQuery(
                0, JournalQuery.MAX_LIMIT, JournalNote.Kind.REFUSAL, null, null, null, Map.of()))
        .items()
        .stream()
        .map(JournalEntry::data)
        .filter(data -> data.path("code").asString("").equals(code))
        .toList();
  }

  String ledger() {
    return server
        .get("/w/" + world.name() + "/psp/ledger/balance", bearer(server.operator(world)))
        .text();
  }

  static String code(Answer answer) {
    return answer.json().path("error").path("details").path("code").asString("");
  }
}
