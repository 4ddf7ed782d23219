package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.client.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
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
