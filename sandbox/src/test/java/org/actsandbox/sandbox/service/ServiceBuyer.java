package org.actsandbox.sandbox.service;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.identity.Ed25519KeyPair;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.SandboxServer.Answer;
import org.actsandbox.sandbox.world.World;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Simulates an agent with a BOUNDED delegation and a funded sub-account, and its principal, over
 * HTTP.
 */
final class ServiceBuyer {

  static final String PIN = "246810";

  private final SandboxServer server;
  final World world;
  private String delegationId = "";
  private String iac = "";
  private String subAccount = "";
  private int requests;

  ServiceBuyer(SandboxServer server, World world) {
    this.server = server;
    this.world = world;
  }

  /** Lets the principal permit {@code yuan} for services and put as much into the sub-account. */
  ServiceBuyer authorized(int yuan) {
    var now = world.clock().instant();
    var isr =
        (ObjectNode)
            Json.parse(
                """
                {"conversation_history": {"user_intent_raw": "a report"}, "intent_id": "I-1",
                 "delegation_mode": "BOUNDED", "currency": "CNY",
                 "allowed_payment_methods": ["sub_account"], "agent_id": "did:act:demo-agent",
                 "ext": {"commerce": {"allowed_categories": ["service"]}}}
                """);
    isr.put("validity_start_time", now.minusSeconds(60).toString());
    isr.put("validity_end_time", now.plusSeconds(86_400).toString());
    isr.put("max_total_amount", BigDecimal.valueOf(yuan));
    var draft = Json.object();
    draft.set("isr", isr);
    draft.put("timestamp", now.toString());
    ok(asAgent("/delegations/intents", SignedJson.sign(draft, world.signer(World.AGENT))));
    var confirmation = "/delegations/intents/I-1/confirmation";
    var digest = get(confirmation, Role.PRINCIPAL).json().path("digest").stringValue();
    var decision = Json.object().put("decision", "APPROVE").put("digest", digest).put("pin", PIN);
    delegationId =
        ok(asPrincipal(confirmation, decision)).json().path("delegation_id").stringValue();
    iac =
        get("/delegations/iacs/" + delegationId + "/credential", Role.AGENT)
            .json()
            .path("iac")
            .stringValue();
    var opening = Json.object().put("agent_id", World.AGENT.value()).put("pin", PIN);
    subAccount =
        ok(asPrincipal("/psp/sub-accounts", opening)).json().path("sub_account_id").stringValue();
    var binding = Json.object().put("sub_account_id", subAccount);
    binding.set("jwk", Json.parse(key().publicKey().jwk()));
    binding.put("timestamp", now.toString());
    ok(
        asAgent(
            "/psp/sub-accounts/" + subAccount + "/key",
            SignedJson.sign(binding, world.signer(World.AGENT))));
    var topUp = Json.object().put("request_id", "U-1").put("amount", yuan + ".00").put("pin", PIN);
    ok(asPrincipal("/psp/sub-accounts/" + subAccount + "/top-ups", topUp));
    return this;
  }

  String request(String requestId, String input) {
    var request = Json.object();
    request.put("request_id", requestId);
    request.put("intent_id", "I-1");
    if (!delegationId.isEmpty()) {
      request.put("delegation_id", delegationId);
    }
    request.put("agent_id", World.AGENT.value());
    request.put("timestamp", world.clock().instant().toString());
    request.set("input", Json.parse(input));
    return Json.write(SignedJson.sign(request, world.signer(World.AGENT)));
  }

  /** Requests a service with the given proofs. */
  Answer ask(String merchant, String service, String body, JsonNode... proofs) {
    var headers = new ArrayList<>(List.of("Content-Type", "application/json"));
    for (var proof : proofs) {
      headers.add(A402Headers.PAYMENT_PROOF);
      headers.add(A402Headers.encode(proof));
    }
    return server.post(
        path("/merchants/" + merchant + "/services/" + service),
        body,
        headers.toArray(String[]::new));
  }

  static JsonNode bill(Answer answer) {
    return A402Headers.decode(A402Headers.PAYMENT_NEEDED, answer.header(A402Headers.PAYMENT_NEEDED))
        .path("protocol");
  }

  /** Pays a bill autonomously from the sub-account. */
  Answer pay(JsonNode bill) {
    var id = "Q-" + ++requests;
    var now = world.clock().instant().toString();
    var request = Json.object();
    request.put("request_id", id);
    request.put("delegation_id", delegationId);
    request.put("iac", iac);
    request.set("merchant_order_no", bill.path("out_trade_no"));
    request.set("amount", bill.path("amount"));
    request.set("currency", bill.path("currency"));
    request.put("timestamp", now);
    request.put("agent_id", World.AGENT.value());
    request.put("principal_id", World.PRINCIPAL.value());
    request.set("payee", bill.path("seller_unique_id"));
    request.set("bill", bill);
    var authorization = Json.object().put("sub_account_id", subAccount).put("request_id", id);
    for (var field : List.of("merchant_order_no", "amount", "currency", "timestamp")) {
      authorization.set(field, request.path(field));
    }
    request.set("sub_account_authorization", SignedJson.sign(authorization, key()));
    return asAgent("/psp/autonomous-payments", SignedJson.sign(request, world.signer(World.AGENT)));
  }

  String balance() {
    return get("/psp/sub-accounts/" + subAccount, Role.AGENT).json().path("balance").stringValue();
  }

  Answer disturb(String merchant, String disturbance) {
    return server.post(
        "/api/worlds/" + world.name() + "/merchants/" + merchant + "/disturbances",
        disturbance,
        SandboxServer.bearer(server.operator(world)));
  }

  void advance(String by) {
    ok(
        server.post(
            "/api/worlds/" + world.name() + "/clock/advance",
            "{\"by\": \"" + by + "\"}",
            SandboxServer.bearer(server.operator(world))));
  }

  Answer cancel(String merchant, String orderNo) {
    return asAgent("/merchants/" + merchant + "/orders/" + orderNo + "/cancel", Json.object());
  }

  Answer get(String path, @Nullable Role role) {
    return role == null
        ? server.get(path(path))
        : server.get(path(path), SandboxServer.bearer(world.roleKey(role, null)));
  }

  Instant now() {
    return world.clock().instant();
  }

  private Ed25519KeyPair key() {
    var seed = new byte[32];
    seed[0] = 7;
    return new Ed25519KeyPair(World.AGENT.value() + "#" + subAccount, seed);
  }

  private Answer asAgent(String path, JsonNode body) {
    return post(path, body, Role.AGENT);
  }

  private Answer asPrincipal(String path, JsonNode body) {
    return post(path, body, Role.PRINCIPAL);
  }

  private Answer post(String path, JsonNode body, Role role) {
    return server.post(
        path(path), Json.write(body), SandboxServer.bearer(world.roleKey(role, null)));
  }

  private String path(String path) {
    return "/w/" + world.name() + path;
  }

  private static Answer ok(Answer answer) {
    if (answer.status() / 100 != 2) {
      throw new AssertionError(answer.status() + " " + answer.text());
    }
    return answer;
  }
}
