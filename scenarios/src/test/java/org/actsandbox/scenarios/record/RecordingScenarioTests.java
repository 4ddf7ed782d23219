package org.actsandbox.scenarios.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.actsandbox.client.EventStream;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.client.TargetWorld;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.SandboxExtension;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.ScenarioPlayer;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.script.ScenarioPack;
import org.actsandbox.scenarios.script.ScriptReader;
import org.actsandbox.scenarios.script.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the session of a world becomes a file that passes when it is played. */
@ExtendWith(SandboxExtension.class)
class RecordingScenarioTests extends RecordingTestBase {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed-story",
        "sold-out-at-confirmation",
        "proof-of-another-purchase",
        "anothers-pin-locked"
      })
  void aPlayedScenarioBecomesOneThatPasses(String name, TargetServer targetServer) {
    var script = ScenarioPack.load().find(name);
    assertPassed(replayed(played(script, targetServer), targetServer));
  }

  @Test
  void aWorldWithFewMerchantsIsRecordedWithThem(TargetServer targetServer) {
    var script = ScenarioPack.load().find("only-one-seller");
    var again = played(script, targetServer);

    assertThat(again.world().path("merchants")).hasToString("[\"raileast\",\"luma-mart\"]");
    assertThat(again.source())
        .startsWith("# yaml-language-server: $schema=" + targetServer.origin() + "/schemas/");
    assertPassed(replayed(again, targetServer));
  }

  @Test
  void aRefundATimeoutAWrongPinAFaultAndADisturbanceAreRecorded(TargetServer targetServer) {
    var script =
        ScriptReader.read(
            "all-sorts.yaml",
            """
            scenario: all-sorts
            steps:
              - say: %s
              - choose: recommended
              - approve: {pin: "111111"}
                expect: {code: pin_wrong}
              - approve: {}
                capture: {order: /orders/0/order_no}
              - call: {method: POST, path: "/merchants/raileast/orders/${order}/cancel", key: agent, body: {}}
                expect: {/body/status: CANCELLED}
              - fault: {name: error_status, participant: gotrip-rail, operation: POST /intents, parameters: {status: 503}, as: down}
              - disturb: {merchant: raileast, type: price_moved, of: recommended, percent: 10}
              - say: {text: %s, new: true}
              - choose: recommended
              - ignore: {}
              - clear: down
              - advance: PT2H
              - buy: {merchant: luma-mart, need: {kind: shop, terms: phone charger}}
              - buy: {as: other, merchant: bazaar88, need: {kind: shop, terms: umbrella}, until: asked}
              - cashier: {as: other, decision: DECLINE}
            """
                .formatted(WISH, WISH));
    var again = played(script, targetServer);

    assertThat(verbs(again))
        .containsSubsequence(
            Verb.SAY,
            Verb.CHOOSE,
            Verb.APPROVE,
            Verb.APPROVE,
            Verb.CALL,
            Verb.FAULT,
            Verb.DISTURB,
            Verb.SAY,
            Verb.CHOOSE,
            Verb.IGNORE,
            Verb.CLEAR,
            Verb.ADVANCE,
            Verb.INTENT,
            Verb.CART,
            Verb.BILL,
            Verb.PAY,
            Verb.CASHIER,
            Verb.PROOF,
            Verb.FETCH,
            Verb.CASHIER);
    assertPassed(replayed(again, targetServer));
  }

  @Test
  void brokenEvidenceAndADisputeAboutItAreRecorded(TargetServer targetServer) {
    var script =
        ScriptReader.read(
            "broken.yaml",
            """
            scenario: broken
            steps:
              - say: %s
              - choose: recommended
              - approve: {}
                capture: {order: /orders/0/order_no}
              - buy: {as: other, merchant: luma-mart, need: {kind: shop, terms: phone charger}}
              - buy: {as: more, merchant: luma-mart, need: {kind: shop, terms: phone charger}}
              - tamper: {as: lie, kind: record_changed, event: "act:payment:transaction-completed", order: "${order}"}
              - tamper: {as: key, kind: key_removed, event: "act:commerce:cart-confirmed", order: "${order}"}
              - tamper: {as: swap, kind: records_swapped, event: "act:commerce:cart-confirmed", order: "${other/order_no}", with_order: "${more/order_no}"}
              - tamper: {as: silence, kind: chain_silent, event: "act:commerce:decision-logged"}
              - heal: silence
              - heal: swap
              - heal: key
              - dispute: {order_no: "${order}", kind: not_authorized, says: I never wanted it., pin: "000000"}
                expect: {code: pin_wrong}
              - dispute: {order_no: "${order}", kind: not_authorized, says: I never wanted it.}
              - dispute: {as: second, of: other, kind: amount_differs, says: Too much., expected: "1.00"}
                settle: false
              - dispute: {as: second, do: withdraw}
            """
                .formatted(WISH));
    var again = played(script, targetServer);

    assertThat(verbs(again))
        .endsWith(
            Verb.TAMPER,
            Verb.TAMPER,
            Verb.TAMPER,
            Verb.CALL,
            Verb.TAMPER,
            Verb.HEAL,
            Verb.HEAL,
            Verb.HEAL,
            Verb.DISPUTE,
            Verb.DISPUTE,
            Verb.DISPUTE,
            Verb.DISPUTE)
        .doesNotContain(Verb.FAULT, Verb.CLEAR);
    assertThat(again.source()).doesNotContain("Left out", "***");
    assertThat(again.expect().path("attestations").toString())
        .contains("PAYLOAD_HASH_MISMATCH", "payload_changed");
    assertThat(again.expect().path("disputes").toString()).contains("upheld", "withdrawn");
    assertPassed(replayed(again, targetServer));

    var unbroken =
        again.steps().stream()
            .filter(
                scenarioStep ->
                    scenarioStep.verb() != Verb.TAMPER && scenarioStep.verb() != Verb.HEAL)
            .toList();
    var sound = again.changed(again.world(), unbroken, "sound");
    try (var other = new ScenarioPlayer(sound, targetServer, "re-unbroken", PlayListener.NONE)) {
      assertThat(other.play().passed()).as("nothing broken, another end").isFalse();
    }
  }

  @Test
  void aSessionWithARunningClockPassesWithAStoppedClock(TargetServer targetServer) {
    var client = new SandboxClient(targetServer.outbound());
    var targetWorld = client.newWorld(targetServer.origin(), null, Map.of("name", "told-live"));
    liveSession(client, targetWorld);

    var again = recorded(targetServer, targetWorld, "live-again");

    assertThat(verbs(again)).containsExactly(Verb.SAY, Verb.CHOOSE, Verb.APPROVE);
    assertThat(again.expect().path("trades").get(0).path("state").asString())
        .isEqualTo("TRADE_FINISHED");
    assertPassed(replayed(again, targetServer));
  }

  @Test
  void aRecordedFileFailsInAWorldThatDiffers(TargetServer targetServer) {
    var script = ScenarioPack.load().find("seed-story");
    try (var scenarioPlayer =
        new ScenarioPlayer(script, targetServer, "told-bite", PlayListener.NONE)) {
      scenarioPlayer.play();
      var again = recorded(targetServer, scenarioPlayer.target().orElseThrow(), "bite-again");

      var poor = again.world().deepCopy();
      poor.withObject("principal").put("balance", "1.00").put("card_limit", "1.00");
      var scenarioVerdict = replayed(again.changed(poor, again.steps(), "poor"), targetServer);

      assertThat(scenarioVerdict.passed()).isFalse();
    }
  }

  @Test
  void refusesInvalidNamesAndWorldsInWhichNothingHappened(TargetServer targetServer) {
    var client = new SandboxClient(targetServer.outbound());
    var targetWorld = client.newWorld(targetServer.origin(), null, Map.of("name", "told-nothing"));

    assertThatThrownBy(() -> recorded(targetServer, targetWorld, "../x"))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo("name"));
    assertThatThrownBy(() -> recorded(targetServer, targetWorld, "nothing"))
        .hasMessageContaining("nothing has happened in world told-nothing");
  }

  @Test
  void refusesAWorldInWhichMoreHasHappenedThanAFileMayHold(TargetServer targetServer) {
    var client = new SandboxClient(targetServer.outbound());
    var targetWorld = client.newWorld(targetServer.origin(), null, Map.of("name", "told-long"));
    var key = targetWorld.keys().principal();
    var conversations = "/agents/demo-agent/conversations";
    var longStory = "and then ".repeat(1_700);
    for (int i = 0; i < 18; i++) {
      var id =
          client
              .post(targetWorld.at(conversations), key, Map.of("language", "en"))
              .path("conversation_id");
      client.post(
          targetWorld.at(conversations + "/" + id.asString() + "/messages"),
          key,
          Map.of("text", longStory));
    }

    assertThatThrownBy(() -> recorded(targetServer, targetWorld, "long"))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.problem()).isEqualTo(Problem.LIMIT_EXCEEDED));
  }

  /** A file has at most two hundred steps; short ones would fit by their length. */
  @Test
  void refusesAWorldWithMoreStepsThanAFileMayHave(TargetServer targetServer) {
    var client = new SandboxClient(targetServer.outbound());
    var targetWorld = client.newWorld(targetServer.origin(), null, Map.of("name", "told-often"));
    var operator = targetWorld.keys().operator();
    // Advances become one step, and each time that is earlier than the one before is a step.
    var latest = Instant.parse("2026-03-02T10:00:00Z");
    for (int i = 0; i <= 201; i++) {
      client.send(
          "PUT",
          targetWorld.api("/clock"),
          operator,
          Map.of("mode", "stopped", "now", latest.minusSeconds(i).toString()));
    }

    assertThatThrownBy(() -> recorded(targetServer, targetWorld, "often"))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.problem()).isEqualTo(Problem.LIMIT_EXCEEDED);
              assertThat(refusal.expected()).isEqualTo("at most 200 steps");
            });
  }

  /** Plays a session as the console does: a conversation, its events, a choice, the cashier. */
  private static void liveSession(SandboxClient client, TargetWorld targetWorld) {
    var key = targetWorld.keys().principal();
    var base = "/agents/demo-agent/conversations";
    var id =
        client
            .post(targetWorld.at(base), key, Map.of("language", "en"))
            .path("conversation_id")
            .asString();
    try (var events = new EventStream(targetWorld.at(base + "/" + id + "/events"), key)) {
      client.post(targetWorld.at(base + "/" + id + "/messages"), key, Map.of("text", WISH));
      var offers = await(events, "offers");
      await(events, "turn_done");
      client.post(
          targetWorld.at(base + "/" + id + "/choice"),
          key,
          Json.object().set("offer_ids", offers.path("recommended")));
      var trade = await(events, "payment_needed").path("trade_no").asString();
      var approval = targetWorld.at("/psp/payments/" + trade + "/approval");
      var digest = client.get(approval, key).path("digest").asString();
      client.post(
          approval,
          key,
          Map.of("decision", "APPROVE", "digest", digest, "pin", PurchaseClient.DEMO_PIN));
      await(events, "turn_done");
      finished(client, targetWorld, trade);
    }
  }
}
