package org.actsandbox.sandbox.psp;

import static org.actsandbox.sandbox.SandboxServer.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.actsandbox.protocol.a402.ProofCodec;
import org.actsandbox.protocol.identity.Did;
import org.actsandbox.protocol.identity.KeySet;
import org.actsandbox.protocol.identity.Role;
import org.actsandbox.protocol.identity.SignedJson;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.payment.PspMessages;
import org.actsandbox.sandbox.SandboxServer;
import org.actsandbox.sandbox.journal.JournalQuery;
import org.actsandbox.sandbox.world.World;
import org.actsandbox.sandbox.world.WorldSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.sandbox.world.clock.ClockState;
import org.actsandbox.sandbox.world.clock.WorldClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests the payment service as agents, principals and merchants use it: over HTTP, with their keys.
 */
class PaymentHttpTests {

  private static final Did RAIL = Did.of("raileast");

  @TempDir static Path data;
  static SandboxServer server;

  private World world;
  private String base;

  @BeforeAll
  static void start() {
    server = SandboxServer.start(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void newWorld() {
    world = server.newWorld();
    base = "/w/" + world.name() + "/psp";
  }

  @Test
  void paysProvesConfirmsAndRefunds() {
    var taken = server.post(base + "/payments", request("Q-1", "R-1", "87.50"), agent());
    assertThat(taken.status()).isEqualTo(201);
    assertThat(taken.json().path("status").stringValue()).isEqualTo("waiting_for_approval");
    var tradeNo = taken.json().path("trade_no").stringValue();
    assertThat(taken.json().path("cashier_url").stringValue())
        .endsWith("/w/" + world.name() + "/cashier/" + tradeNo);

    var paid = approve(tradeNo, "246810");
    assertThat(paid.status()).isEqualTo(200);
    assertThat(paid.json().path("status").stringValue()).isEqualTo("paid");
    assertThat(paid.json().has("proof")).isFalse();

    var shown = server.get(base + "/payments/" + tradeNo, agent()).json();
    var proof = shown.path("proof").path("protocol").path("payment_proof").stringValue();
    var keys = KeySet.parse(server.get(base + "/.well-known/jwks.json").text());
    assertThat(ProofCodec.decode(proof, keys).outTradeNo()).isEqualTo("R-1");
    var query = Json.write(new PspMessages.ProofQuery(proof, tradeNo));
    assertThat(server.post(base + "/proofs/verify", query, merchant()).json().path("active"))
        .hasToString("true");

    var refund =
        new PspMessages.RefundRequest(
            "B-1",
            tradeNo,
            "87.50",
            "CNY",
            "plans changed",
            world.clock().instant(),
            null,
            null,
            null);
    var refunded = server.post(base + "/refunds", signed(refund, RAIL), merchant());
    assertThat(refunded.status()).isEqualTo(200);
    assertThat(refunded.json().path("transaction_state").stringValue()).isEqualTo("TRADE_CLOSED");
    assertThat(server.post(base + "/proofs/verify", query, merchant()).json().path("active"))
        .hasToString("false");
    var wallet = server.get(base + "/wallet", principal()).json();
    assertThat(wallet.path("accounts").path(0).path("amount").stringValue()).isEqualTo("20000.00");
    var books = server.get(base + "/ledger/balance", bearer(server.operator(world))).json();
    assertThat(books.path("sum").stringValue()).isEqualTo("0");
  }

  @Test
  void theAgentsKeyCannotApproveAndTheAttemptIsJournalled() {
    var tradeNo = waiting("Q-1", "R-1");
    var digest =
        server
            .get(base + "/payments/" + tradeNo + "/approval", principal())
            .json()
            .path("digest")
            .stringValue();
    var body = Json.write(Map.of("decision", "APPROVE", "digest", digest, "pin", "246810"));
    var answer = server.post(base + "/payments/" + tradeNo + "/approval", body, agent());
    assertThat(answer.status()).isEqualTo(403);
    assertThat(code(answer)).isEqualTo("key_forbidden");
    assertThat(server.get(base + "/payments/" + tradeNo + "/approval", agent()).status())
        .isEqualTo(403);
    assertThat(server.post(base + "/payments/" + tradeNo + "/approval", body).status())
        .isEqualTo(401);
    assertThat(
            server.get(base + "/payments/" + tradeNo, agent()).json().path("status").stringValue())
        .isEqualTo("waiting_for_approval");
    awaitRefusal("key_forbidden", tradeNo);
  }

  @Test
  void theSameRequestIsAnsweredTheSameAndAnotherIsRefused() {
    var request = request("Q-1", "R-1", "10.00");
    var first = server.post(base + "/payments", request, agent());
    var again = server.post(base + "/payments", request, agent());
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.json()).isEqualTo(first.json());
    var other = server.post(base + "/payments", request("Q-1", "R-2", "10.00"), agent());
    assertThat(other.status()).isEqualTo(409);
    assertThat(code(other)).isEqualTo("duplicate_request");
  }

  @Test
  void threeWrongPinsLockAndNeitherTheClockNorAResetEndsIt() {
    var tradeNo = waiting("Q-1", "R-1");
    for (int i = 0; i < 3; i++) {
      assertThat(approve(tradeNo, "000000").status()).isEqualTo(401);
    }
    assertThat(approve(tradeNo, "246810").status()).isEqualTo(423);
    assertThat(advance("PT5M").status()).isEqualTo(200);
    assertThat(approve(tradeNo, "246810").status()).isEqualTo(423);
    var operator = bearer(server.operator(world));
    var reset = "/api/worlds/" + world.name() + "/reset";
    assertThat(server.post(reset, "{\"pin\":\"246810\"}", operator).status()).isEqualTo(423);
    assertThat(server.post(reset, "", operator).status()).isEqualTo(200);
    world = server.world(world.name());
    var wallet = server.get(base + "/wallet", principal()).json();
    assertThat(wallet.path("pin_attempts_left").asInt()).isZero();
    assertThat(wallet.path("pin_locked_minutes").asInt()).isBetween(1, 5);
    var change = "{\"pin\":\"246810\",\"new_pin\":\"111111\"}";
    assertThat(server.post(base + "/pin", change, principal()).status()).isEqualTo(423);
  }

  /** Otherwise a reset would restore the PIN that is printed in the documentation. */
  @Test
  void aResetKeepsThePinUnlessItIsGiven() {
    var operator = bearer(server.operator(world));
    var reset = "/api/worlds/" + world.name() + "/reset";
    var change = "{\"pin\":\"%s\",\"new_pin\":\"%s\"}";
    var pin = base + "/pin";
    assertThat(server.post(pin, change.formatted("246810", "135790"), principal()).status())
        .isEqualTo(200);

    assertThat(server.post(reset, "", operator).status()).isEqualTo(200);
    assertThat(server.post(pin, change.formatted("246810", "111111"), principal()).status())
        .isEqualTo(401);
    assertThat(server.post(reset, "{\"pin\":\"246810\"}", operator).status()).isEqualTo(401);
    assertThat(server.post(reset, "{\"pin\":\"135790\"}", operator).status()).isEqualTo(200);
    assertThat(server.post(pin, change.formatted("246810", "111111"), principal()).status())
        .isEqualTo(200);
  }

  /** Only the principal can undo its own freeze. */
  @Test
  void unfreezingAnInstrumentTakesThePin() {
    var listed = server.get(base + "/instruments", principal()).json();
    var at = base + "/instruments/" + listed.at("/items/0/instrument_ref").stringValue();
    assertThat(server.post(at + "/freeze", "", principal()).status()).isEqualTo(200);
    assertThat(server.post(at + "/unfreeze", "", principal()).status()).isEqualTo(400);
    assertThat(server.post(at + "/unfreeze", "{\"pin\":\"000000\"}", principal()).status())
        .isEqualTo(401);
    assertThat(server.get(base + "/wallet", principal()).json().path("pin_attempts_left").asInt())
        .isEqualTo(2);
    assertThat(server.post(at + "/unfreeze", "{\"pin\":\"246810\"}", agent()).status())
        .isEqualTo(403);
    var active = server.post(at + "/unfreeze", "{\"pin\":\"246810\"}", principal());
    assertThat(active.json().path("status").stringValue()).isEqualTo("ACTIVE");
  }

  @Test
  void aPaymentWithoutADecisionTimesOut() {
    var tradeNo = waiting("Q-1", "R-1");
    advance("PT15M");
    var ended = server.get(base + "/payments/" + tradeNo, agent()).json();
    assertThat(ended.path("status").stringValue()).isEqualTo("timed_out");
    assertThat(ended.path("error").path("details").path("code").stringValue())
        .isEqualTo("confirmation_timed_out");
    assertThat(ended.path("transaction_state").stringValue()).isEqualTo("TRADE_CLOSED");
  }

  @Test
  void aResetGivesTheStartAmountsBack() {
    approve(waiting("Q-1", "R-1"), "246810");
    world = server.worlds().reset(world.name());
    var wallet = server.get(base + "/wallet", principal()).json();
    assertThat(wallet.path("accounts").path(0).path("amount").stringValue()).isEqualTo("20000.00");
    assertThat(wallet.path("accounts").path(1).path("amount").stringValue()).isEqualTo("50000.00");
    var page = server.get(base + "/payments", principal()).json();
    assertThat(page.path("items")).isEmpty();
  }

  /** Both are bound when the world begins, while its clock is stopped. */
  @ParameterizedTest
  @ValueSource(strings = {"early-train", "seed-1", "seed-2", "seed-3"})
  void theBalanceIsTheFirstInstrumentForAnySeed(String seed) {
    var at = Instant.parse("2026-11-25T01:00:00Z");
    var stopped = new ClockState(WorldClock.Mode.STOPPED, Duration.ZERO, at);
    var still = new Worlds.NewWorld(null, seed, WorldSettings.DEFAULT, stopped);
    world = server.worlds().create(still);

    var first = server.get("/w/" + world.name() + "/psp/instruments", principal()).json();

    assertThat(first.at("/items/0/account").stringValue()).isEqualTo("balance");
    assertThat(first.at("/items/1/account").stringValue()).isEqualTo("card");
  }

  /** Checks ACT PSD-1.a and PSD-1.d. */
  @Test
  void theAgentSeesReferencesAndNoAccounts() {
    var text = server.get(base + "/instruments", agent()).text();
    assertThat(text).contains("pi_").doesNotContain("\"account\"").doesNotContain("consent");
    var asked =
        server.post(
            base + "/bindings",
            """
            {"agent_id":"did:act:demo-agent","account":"card","limit_per_payment":"50"}
            """,
            principal());
    assertThat(asked.status()).isEqualTo(201);
    assertThat(asked.json().at("/content/consent").stringValue()).contains("at most 50.00 CNY");
    var bound =
        server.post(
            base + "/bindings/" + asked.json().path("binding_id").stringValue() + "/confirmation",
            "{\"decision\":\"APPROVE\",\"pin\":\"246810\",\"digest\":\""
                + asked.json().path("digest").stringValue()
                + "\"}",
            principal());
    assertThat(bound.status()).as(bound.text()).isEqualTo(201);
    var ref = bound.json().path("instrument_ref").stringValue();
    var frozen = server.post(base + "/instruments/" + ref + "/freeze", "", principal());
    assertThat(frozen.json().path("status").stringValue()).isEqualTo("FROZEN");
    assertThat(server.post(base + "/instruments/" + ref + "/freeze", "", agent()).status())
        .isEqualTo(403);
  }

  /** Checks ACT PSD-1.b and PSD-1.f. */
  @ParameterizedTest
  @CsvSource({
    "did:act:demo-agent, pin_wrong",
    "did:act:nobody, agent_unknown",
    "did:act:luma-mart, agent_unknown"
  })
  void aBindingThatFailsSaysWhyAndLeavesNoReference(String agentId, String code) {
    var before = server.get(base + "/instruments", principal()).json().path("items").size();

    var asked =
        server.post(
            base + "/bindings",
            """
            {"agent_id":"%s","account":"card"}
            """
                .formatted(agentId),
            principal());
    var failed =
        asked.status() != 201
            ? asked
            : server.post(
                base
                    + "/bindings/"
                    + asked.json().path("binding_id").stringValue()
                    + "/confirmation",
                """
                {"decision":"APPROVE","digest":"%s","pin":"000000"}
                """
                    .formatted(asked.json().path("digest").stringValue()),
                principal());

    assertThat(failed.json().at("/error/details/code").stringValue()).isEqualTo(code);
    assertThat(failed.text()).doesNotContain("pi_");
    assertThat(server.get(base + "/instruments", principal()).json().path("items").size())
        .isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "\"x\"",
        "{\"request_id\":1}",
        "{\"bill\":[]}",
        "{\"a\":1,\"a\":2}"
      })
  void badBodiesAreRefusedInTheProtocolsForm(String body) {
    for (var path : new String[] {"/payments", "/payments/T-1/approval", "/fulfilments"}) {
      var key =
          path.equals("/payments")
              ? agent()
              : path.equals("/fulfilments") ? merchant() : principal();
      var answer = server.post(base + path, body, key);
      assertThat(answer.status()).as(path).isEqualTo(400);
      assertThat(answer.json().path("error").path("error_id").stringValue()).startsWith("ACT-");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /wallet, AGENT",
    "GET, /wallet/statement, MERCHANT",
    "GET, /ledger/balance, PRINCIPAL",
    "POST, /bindings, AGENT",
    "POST, /pin, AGENT",
    "POST, /refunds, AGENT",
    "POST, /fulfilments, PRINCIPAL",
    "POST, /proofs/verify, AGENT",
    "GET, /notifications, AGENT",
    "POST, /payments, PRINCIPAL",
    "POST, /payments, MERCHANT",
  })
  void everySurfaceIsForItsRole(String method, String path, Role role) {
    var key = bearer(world.roleKey(role, role == Role.MERCHANT ? RAIL : null));
    var body = method.equals("POST") ? "{}" : null;
    assertThat(server.send(method, base + path, body, key).status()).isEqualTo(403);
    assertThat(server.send(method, base + path, body).status()).isEqualTo(401);
  }

  @Test
  void unknownPaymentsAndCursorsAreRefused() {
    assertThat(server.get(base + "/payments/T-nothing", agent()).status()).isEqualTo(404);
    assertThat(server.get(base + "/payments?cursor=x", agent()).status()).isEqualTo(400);
    assertThat(server.get(base + "/payments/T-1?wait_seconds=26", agent()).status()).isEqualTo(400);
    assertThat(server.get(base + "/payments/T-1?wait_seconds=x", agent()).status()).isEqualTo(400);
    assertThat(server.get(base + "/methods/act-sandbox-instant/1.0.0.schema.json").json())
        .isNotEmpty();
  }

  private String waiting(String requestId, String orderNo) {
    return server
        .post(base + "/payments", request(requestId, orderNo, "10.00"), agent())
        .json()
        .path("trade_no")
        .stringValue();
  }

  private SandboxServer.Answer approve(String tradeNo, String pin) {
    var path = base + "/payments/" + tradeNo + "/approval";
    var digest = server.get(path, principal()).json().path("digest").stringValue();
    var body = Json.write(Map.of("decision", "APPROVE", "digest", digest, "pin", pin));
    return server.post(path, body, principal());
  }

  private SandboxServer.Answer advance(String by) {
    return server.post(
        "/api/worlds/" + world.name() + "/clock/advance",
        "{\"by\":\"" + by + "\"}",
        bearer(server.operator(world)));
  }

  private String request(String requestId, String orderNo, String amount) {
    return PaymentRequests.signed(world, instrument(), requestId, orderNo, amount);
  }

  private String instrument() {
    return server
        .get(base + "/instruments", agent())
        .json()
        .path("items")
        .path(0)
        .path("instrument_ref")
        .stringValue();
  }

  private String signed(Object message, Did by) {
    return Json.write(SignedJson.sign((ObjectNode) Json.tree(message), world.signer(by)));
  }

  private String[] agent() {
    return bearer(world.roleKey(Role.AGENT, null));
  }

  private String[] principal() {
    return bearer(world.roleKey(Role.PRINCIPAL, null));
  }

  private String[] merchant() {
    return bearer(world.roleKey(Role.MERCHANT, RAIL));
  }

  private static String code(SandboxServer.Answer answer) {
    return answer.json().path("error").path("details").path("code").stringValue();
  }

  /** Waits for the journal, which another thread writes a few milliseconds later. */
  private void awaitRefusal(String code, String tradeNo) {
    var end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (refusals(tradeNo).noneMatch(data -> data.path("code").stringValue("").equals(code))) {
      assertThat(System.nanoTime()).as("the refusal is journalled").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private java.util.stream.Stream<JsonNode> refusals(String tradeNo) {
    return world
        .journalStore()
        .read(JournalQuery.after(0, 500).with("trade_no", tradeNo).of(JournalNote.Kind.REFUSAL))
        .stream()
        .map(entry -> entry.data());
  }
}
