package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Tests that a new key counts at once while purchases go on, and that signatures of the old key
 * stay valid.
 */
@ExtendWith(SandboxExtension.class)
class KeyRotationScenarioTests {

  private static final String SHOP = "luma-mart";

  @Test
  void theMerchantAcceptsThePaymentServicesNewKey(ScenarioTestWorld scenarioTestWorld) {
    var early = scenarioTestWorld.held("1", SHOP, ScenarioTestWorld.charger());
    var earlyTrade = scenarioTestWorld.asked(early);
    scenarioTestWorld.approve(earlyTrade);
    var shown = scenarioTestWorld.held("2", SHOP, ScenarioTestWorld.charger());
    var shownTrade = scenarioTestWorld.asked(shown);
    scenarioTestWorld.approve(shownTrade);
    // The merchant has now cached the key set, which contains only the first key.
    assertThat(
            scenarioTestWorld
                .buyer()
                .sendProof(shown.resource(), scenarioTestWorld.proof(shownTrade))
                .status())
        .isEqualTo(200);

    assertThat(rotate(scenarioTestWorld, "sandbox-pay").path("signer_id").asString())
        .isEqualTo("did:act:sandbox-pay#key-2");
    var late = scenarioTestWorld.held("3", SHOP, ScenarioTestWorld.charger());
    var lateTrade = scenarioTestWorld.asked(late);
    scenarioTestWorld.approve(lateTrade);

    assertThat(keyOf(scenarioTestWorld.proof(lateTrade))).isEqualTo("did:act:sandbox-pay#key-2");
    assertThat(keyOf(scenarioTestWorld.proof(earlyTrade))).isEqualTo("did:act:sandbox-pay#key-1");
    assertThat(
            scenarioTestWorld
                .buyer()
                .sendProof(late.resource(), scenarioTestWorld.proof(lateTrade))
                .status())
        .isEqualTo(200);
    assertThat(
            scenarioTestWorld
                .buyer()
                .sendProof(early.resource(), scenarioTestWorld.proof(earlyTrade))
                .status())
        .isEqualTo(200);
    scenarioTestWorld.advance("PT0S");
    assertThat(scenarioTestWorld.journal("event=notification-delivered")).hasSize(3);
    assertThat(keySetReads(scenarioTestWorld)).isEqualTo(2);
  }

  @Test
  void thePaymentServiceAcceptsTheMerchantsNewKey(ScenarioTestWorld scenarioTestWorld) {
    var before = scenarioTestWorld.held("1", SHOP, ScenarioTestWorld.charger());
    rotate(scenarioTestWorld, SHOP);
    var after = scenarioTestWorld.held("2", SHOP, ScenarioTestWorld.charger());

    assertThat(after.bill().path("signer_id").asString()).isEqualTo("did:act:luma-mart#key-2");
    for (var heldOrder : new ScenarioTestWorld.HeldOrder[] {before, after}) {
      assertThat(
              scenarioTestWorld
                  .approve(scenarioTestWorld.asked(heldOrder))
                  .json()
                  .path("status")
                  .asString())
          .isEqualTo("paid");
    }
  }

  /**
   * Purchases are made while the keys of all parties change many times at once. Their evidence is
   * requested after the server was killed and started again, so it comes from the database.
   */
  @Test
  void evidenceOfPurchasesMadeMeanwhileVerifiesAfterAKill(@TempDir Path data) throws Exception {
    var orders = new ArrayList<String>();
    var answered = new ConcurrentLinkedQueue<Reply>();
    int port = SandboxProcess.freePort();
    ScenarioTestWorld scenarioTestWorld;
    try (var first = SandboxProcess.start(data, port)) {
      scenarioTestWorld = ScenarioTestWorld.open(first.origin(), first.outbound());
      scenarioTestWorld.run();
      var rotated = scenarioTestWorld;
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var participant : List.of(SHOP, "sandbox-pay", "sandbox-trust")) {
          for (int i = 0; i < 24; i++) {
            threads.execute(
                () ->
                    answered.add(
                        rotating(rotated, participant, rotated.target().keys().operator())));
          }
        }
        for (int i = 1; i <= 3; i++) {
          orders.add(EvidenceScenarioTests.bought(scenarioTestWorld, String.valueOf(i)).orderNo());
        }
      }
      assertThat(answered)
          .allSatisfy(reply -> assertThat(reply.status()).as(reply.toString()).isEqualTo(201));
      assertThat(answered)
          .extracting(reply -> reply.json().path("signer_id").asString())
          .doesNotHaveDuplicates();
    }
    try (var again = SandboxProcess.start(data, port)) {
      var after = scenarioTestWorld.over(again.outbound());
      for (var order : orders) {
        var bundle = EvidenceScenarioTests.bundleWhenMade(after, order);
        assertThat(bundle.status())
            .as("%s", new String(bundle.body(), StandardCharsets.UTF_8))
            .isEqualTo(200);
        var report = BundleCheck.verify(bundle.body(), null);
        assertThat(report.verified()).as(report.toString()).isTrue();
      }
      assertThat(rotate(after, SHOP).path("signer_id").asString())
          .isEqualTo("did:act:luma-mart#key-26");
    }
  }

  @Test
  void onlyTheOperatorRotatesKeysAndOnlyKeysThatTheSandboxHolds(
      ScenarioTestWorld scenarioTestWorld) {
    assertThat(
            rotating(
                    scenarioTestWorld,
                    "scenario-agent",
                    scenarioTestWorld.target().keys().operator())
                .status())
        .isEqualTo(404);
    assertThat(
            rotating(scenarioTestWorld, SHOP, scenarioTestWorld.target().keys().agent()).status())
        .isEqualTo(403);
  }

  private static JsonNode rotate(ScenarioTestWorld scenarioTestWorld, String participant) {
    var reply =
        rotating(scenarioTestWorld, participant, scenarioTestWorld.target().keys().operator());
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    return reply.json();
  }

  private static Reply rotating(
      ScenarioTestWorld scenarioTestWorld, String participant, String key) {
    var address = scenarioTestWorld.target().api("/participants/" + participant + "/keys");
    return scenarioTestWorld.buyer().send("POST", address, key, null, Map.of());
  }

  /** Returns how often the shop requested the payment service's keys. */
  private static long keySetReads(ScenarioTestWorld scenarioTestWorld) {
    return scenarioTestWorld
        .journal("kind=EXCHANGE")
        .valueStream()
        .filter(
            entry ->
                entry.path("data").path("path").asString("").endsWith("psp/.well-known/jwks.json"))
        .filter(entry -> entry.path("actor").asString("").equals("did:act:luma-mart"))
        .count();
  }

  /** Returns the {@code kid} of the JWS inside a proof. */
  private static String keyOf(JsonNode proof) {
    var compact = decoded(proof.path("protocol").path("payment_proof").asString());
    return Json.parse(decoded(compact.substring(0, compact.indexOf('.')))).path("kid").asString();
  }

  private static String decoded(String base64url) {
    return new String(Base64.getUrlDecoder().decode(base64url), StandardCharsets.UTF_8);
  }
}
