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
import org.actsandbox.protocol.attestation.bundle.BundleCheck;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Keys change while business goes on: the new one counts at once, what the old one signed stays.
 */
@ExtendWith(SandboxExtension.class)
class KeyRotationScenarioTests {

  private static final String SHOP = "luma-mart";

  @Test
  void theMerchantMeetsThePaymentServicesNewKey(Stage stage) {
    var early = stage.held("1", SHOP, Stage.charger());
    var earlyTrade = stage.asked(early);
    stage.approve(earlyTrade);
    var shown = stage.held("2", SHOP, Stage.charger());
    var shownTrade = stage.asked(shown);
    stage.approve(shownTrade);
    // The merchant has the key set by now, with the first key alone.
    assertThat(stage.buyer().showProof(shown.resource(), stage.proof(shownTrade)).status())
        .isEqualTo(200);

    assertThat(rotate(stage, "sandbox-pay").path("signer_id").asString())
        .isEqualTo("did:act:sandbox-pay#key-2");
    var late = stage.held("3", SHOP, Stage.charger());
    var lateTrade = stage.asked(late);
    stage.approve(lateTrade);

    assertThat(keyOf(stage.proof(lateTrade))).isEqualTo("did:act:sandbox-pay#key-2");
    assertThat(keyOf(stage.proof(earlyTrade))).isEqualTo("did:act:sandbox-pay#key-1");
    assertThat(stage.buyer().showProof(late.resource(), stage.proof(lateTrade)).status())
        .isEqualTo(200);
    assertThat(stage.buyer().showProof(early.resource(), stage.proof(earlyTrade)).status())
        .isEqualTo(200);
    stage.advance("PT0S");
    assertThat(stage.journal("event=notification-delivered")).hasSize(3);
    assertThat(keySetReads(stage)).isEqualTo(2);
  }

  @Test
  void thePaymentServiceMeetsTheMerchantsNewKey(Stage stage) {
    var before = stage.held("1", SHOP, Stage.charger());
    rotate(stage, SHOP);
    var after = stage.held("2", SHOP, Stage.charger());

    assertThat(after.bill().path("signer_id").asString()).isEqualTo("did:act:luma-mart#key-2");
    for (var held : new Stage.Held[] {before, after}) {
      assertThat(stage.approve(stage.asked(held)).json().path("status").asString())
          .isEqualTo("paid");
    }
  }

  /**
   * Purchases are made while keys of every party change, many at the same time; what proves them is
   * asked for after the server was killed and started again, from what the database kept.
   */
  @Test
  void evidenceOfPurchasesMadeMeanwhileVerifiesAfterAKill(@TempDir Path data) throws Exception {
    var orders = new ArrayList<String>();
    var answered = new ConcurrentLinkedQueue<Reply>();
    int port = KilledSandbox.freePort();
    Stage stage;
    try (var first = KilledSandbox.start(data, port)) {
      stage = Stage.open(first.origin(), first.outbound());
      stage.run();
      var rotated = stage;
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
          orders.add(EvidenceScenarioTests.bought(stage, String.valueOf(i)).orderNo());
        }
      }
      assertThat(answered).extracting(Reply::status).containsOnly(201);
      assertThat(answered)
          .extracting(reply -> reply.json().path("signer_id").asString())
          .doesNotHaveDuplicates();
    }
    try (var again = KilledSandbox.start(data, port)) {
      var after = stage.over(again.outbound());
      for (var order : orders) {
        var report = BundleCheck.verify(EvidenceScenarioTests.bundle(after, order).body(), null);
        assertThat(report.verified()).as(report.toString()).isTrue();
      }
      assertThat(rotate(after, SHOP).path("signer_id").asString())
          .isEqualTo("did:act:luma-mart#key-26");
    }
  }

  @Test
  void whoIsNotKeptHereCannotBeRotatedAndOnlyTheOperatorDoes(Stage stage) {
    assertThat(rotating(stage, "scenario-agent", stage.target().keys().operator()).status())
        .isEqualTo(404);
    assertThat(rotating(stage, SHOP, stage.target().keys().agent()).status()).isEqualTo(403);
  }

  private static JsonNode rotate(Stage stage, String participant) {
    var reply = rotating(stage, participant, stage.target().keys().operator());
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    return reply.json();
  }

  private static Reply rotating(Stage stage, String participant, String key) {
    var address = stage.target().api("/participants/" + participant + "/keys");
    return stage.buyer().send("POST", address, key, null, Map.of());
  }

  /** How often the shop asked for the payment service's keys. */
  private static long keySetReads(Stage stage) {
    return stage
        .journal("kind=EXCHANGE")
        .valueStream()
        .filter(
            entry ->
                entry.path("data").path("path").asString("").endsWith("psp/.well-known/jwks.json"))
        .filter(entry -> entry.path("actor").asString("").equals("did:act:luma-mart"))
        .count();
  }

  /** The kid of the JWS inside a proof. */
  private static String keyOf(JsonNode proof) {
    var compact = decoded(proof.path("protocol").path("payment_proof").asString());
    return Json.parse(decoded(compact.substring(0, compact.indexOf('.')))).path("kid").asString();
  }

  private static String decoded(String base64url) {
    return new String(Base64.getUrlDecoder().decode(base64url), StandardCharsets.UTF_8);
  }
}
