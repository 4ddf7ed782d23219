package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Tests the effects of faults of signatures, notifications, clocks and connections, and that
 * nothing is lost.
 */
@ExtendWith(SandboxExtension.class)
class FaultScenarioTests {

  static String fault(ScenarioTestWorld scenarioTestWorld, String order) {
    return scenarioTestWorld
        .client()
        .post(
            scenarioTestWorld.target().api("/faults"),
            scenarioTestWorld.target().keys().operator(),
            Json.parse(order))
        .path("fault")
        .path("id")
        .asString();
  }

  static void clear(ScenarioTestWorld scenarioTestWorld, String id) {
    scenarioTestWorld
        .client()
        .send(
            "DELETE",
            scenarioTestWorld.target().api("/faults/" + id),
            scenarioTestWorld.target().keys().operator(),
            null);
  }

  @ParameterizedTest
  @CsvSource({
    "flipped, signature_invalid",
    "foreign_key, signature_invalid",
    "unknown_signer, signer_unknown"
  })
  void aBillWithAWrongSignatureIsNotPaidAndTheNextOneIs(
      String how, String code, ScenarioTestWorld scenarioTestWorld) {
    fault(
        scenarioTestWorld,
        """
        {"name":"wrong_signature","participant":"raileast","operation":"GET /fulfilment/*","count":1,
         "parameters":{"how":"%s"}}
        """
            .formatted(how));
    var heldOrder = scenarioTestWorld.heldTrain("1");

    var refused =
        scenarioTestWorld
            .buyer()
            .sendPayment(
                scenarioTestWorld
                    .buyer()
                    .signed(scenarioTestWorld.buyer().payment("1", heldOrder.bill())));
    assertThat(refused.code()).isEqualTo(code);

    var again = PurchaseClient.bill(scenarioTestWorld.buyer().askForResource(heldOrder.resource()));
    var second = scenarioTestWorld.buyer().payment("2", again);
    second.put("intent_id", heldOrder.order().path("intent_id").asString());
    var taken = scenarioTestWorld.buyer().sendPayment(scenarioTestWorld.buyer().signed(second));
    assertThat(taken.status()).as(taken.toString()).isEqualTo(201);
    assertThat(scenarioTestWorld.approve(taken.json().path("trade_no").asString()).status())
        .isEqualTo(200);
  }

  @Test
  void aRequestWithASignatureThatBrokeOnTheWayIsRefusedAndAcceptedLater(
      ScenarioTestWorld scenarioTestWorld) {
    var heldOrder = scenarioTestWorld.heldTrain("1");
    fault(
        scenarioTestWorld,
        """
        {"name":"wrong_signature","participant":"sandbox-pay","operation":"POST /payments","count":1,
         "parameters":{"of":"request"}}
        """);
    var request =
        scenarioTestWorld.buyer().signed(scenarioTestWorld.buyer().payment("1", heldOrder.bill()));

    assertThat(scenarioTestWorld.buyer().sendPayment(request).code())
        .isEqualTo("signature_invalid");
    assertThat(scenarioTestWorld.buyer().sendPayment(request).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({"flipped", "foreign_key", "unknown_signer"})
  void aProofWithABrokenSignatureDeliversNothingAndTheSameProofDeliversLater(
      String how, ScenarioTestWorld scenarioTestWorld) {
    var heldOrder = scenarioTestWorld.heldTrain("1");
    var tradeNo = scenarioTestWorld.asked(heldOrder);
    scenarioTestWorld.approve(tradeNo);
    var proof = scenarioTestWorld.proof(tradeNo);
    fault(
        scenarioTestWorld,
        """
        {"name":"wrong_signature","participant":"raileast","operation":"GET /fulfilment/*","count":1,
         "parameters":{"of":"request","how":"%s"}}
        """
            .formatted(how));

    var refused = scenarioTestWorld.buyer().sendProof(heldOrder.resource(), proof);
    assertThat(refused.status()).isEqualTo(402);
    assertThat(refused.code()).isEqualTo("proof_invalid");
    assertThat(scenarioTestWorld.buyer().sendProof(heldOrder.resource(), proof).status())
        .isEqualTo(200);
  }

  @Test
  void swappedNotificationsEndInTheSameStateAndZeroSum(ScenarioTestWorld scenarioTestWorld) {
    var before = scenarioTestWorld.wallet();
    fault(scenarioTestWorld, "{\"name\":\"reordered_notification\",\"participant\":\"raileast\"}");
    var heldOrder = scenarioTestWorld.heldTrain("1");
    var tradeNo = scenarioTestWorld.asked(heldOrder);
    scenarioTestWorld.approve(tradeNo);
    scenarioTestWorld.advance("PT0S");
    assertThat(notifications(scenarioTestWorld, heldOrder)).isNotEmpty();
    // The merchant learns of the payment from the proof. Then the money is refunded.
    assertThat(
            scenarioTestWorld
                .buyer()
                .sendProof(heldOrder.resource(), scenarioTestWorld.proof(tradeNo))
                .status())
        .isEqualTo(200);
    refund(scenarioTestWorld, heldOrder, tradeNo);
    scenarioTestWorld.advance("PT0S");
    assertThat(stateEntries(scenarioTestWorld, heldOrder, "notification-received")).hasSize(1);

    scenarioTestWorld.advance("PT10M");

    var events =
        stateEntries(scenarioTestWorld, heldOrder, "notification-received").stream()
            .map(each -> each.path("data").path("event").asString())
            .toList();
    assertThat(events).containsExactly("refund_succeeded", "payment_succeeded");
    assertThat(order(scenarioTestWorld, heldOrder).path("status").asString()).isEqualTo("REFUNDED");
    assertThat(scenarioTestWorld.wallet().path("accounts")).isEqualTo(before.path("accounts"));
  }

  @Test
  void whatAMerchantWithAFastClockExpectsHappensAtItsOwnTime(ScenarioTestWorld scenarioTestWorld) {
    fault(
        scenarioTestWorld,
        "{\"name\":\"clock_skew\",\"participant\":\"raileast\",\"parameters\":{\"seconds\":120}}");
    var heldOrder = scenarioTestWorld.heldTrain("1");
    var holdUntil = Instant.parse(heldOrder.order().path("hold_until").asString());
    var confirmed = Instant.parse(heldOrder.order().path("confirmed_at").asString());
    assertThat(confirmed).isEqualTo(ScenarioTestWorld.START.plusSeconds(120));
    // Not the first due item: the attestation of the hold is due earlier.
    var due = due(scenarioTestWorld, "hold");
    assertThat(due.path("participant").asString()).isEqualTo("raileast");
    assertThat(due.path("subject").asString()).isEqualTo(heldOrder.orderNo());
    assertThat(Instant.parse(due.path("at").asString())).isEqualTo(holdUntil.minusSeconds(120));

    advanceTo(scenarioTestWorld, holdUntil.minusSeconds(121));
    assertThat(order(scenarioTestWorld, heldOrder).path("status").asString()).isEqualTo("HELD");
    scenarioTestWorld.advance("PT1S");
    assertThat(order(scenarioTestWorld, heldOrder).path("status").asString()).isEqualTo("EXPIRED");
  }

  /** Returns the next item of this kind that the clock lists as due. */
  private static JsonNode due(ScenarioTestWorld scenarioTestWorld, String what) {
    return StreamSupport.stream(clock(scenarioTestWorld).path("next_due").spliterator(), false)
        .filter(each -> each.path("what").asString().equals(what))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"connection_cut", "lost_answer", "cut_mid_body"})
  void aConnectionIsResetAndTheNextOneWorks(String name, ScenarioTestWorld scenarioTestWorld) {
    var path = "/merchants/raileast/.well-known/agent-card.json";
    fault(
        scenarioTestWorld,
        "{\"name\":\"%s\",\"participant\":\"raileast\",\"count\":1,\"parameters\":{\"how\":\"reset\"}}"
            .formatted(name));

    assertThatThrownBy(() -> scenarioTestWorld.buyer().get(path, null))
        .isInstanceOf(NoAnswerException.class);
    assertThat(scenarioTestWorld.buyer().get(path, null).status()).isEqualTo(200);
  }

  private static void refund(
      ScenarioTestWorld scenarioTestWorld, ScenarioTestWorld.HeldOrder heldOrder, String tradeNo) {
    var wish =
        Map.of(
            "amount", heldOrder.bill().path("amount").asString(),
            "reason", "plans changed",
            "refund_request_id", "B-1");
    var answer =
        scenarioTestWorld
            .buyer()
            .post(
                "/merchants/raileast/orders/" + heldOrder.orderNo() + "/refund",
                scenarioTestWorld.target().keys().merchants().get("raileast"),
                Json.tree(wish));
    assertThat(answer.status()).as(tradeNo + " " + answer).isBetween(200, 202);
  }

  private static JsonNode order(
      ScenarioTestWorld scenarioTestWorld, ScenarioTestWorld.HeldOrder heldOrder) {
    return scenarioTestWorld
        .buyer()
        .get(
            "/merchants/raileast/orders/" + heldOrder.orderNo(),
            scenarioTestWorld.target().keys().merchants().get("raileast"))
        .json();
  }

  private static JsonNode clock(ScenarioTestWorld scenarioTestWorld) {
    return scenarioTestWorld
        .client()
        .get(
            scenarioTestWorld.target().api("/clock"), scenarioTestWorld.target().keys().operator());
  }

  private static void advanceTo(ScenarioTestWorld scenarioTestWorld, Instant to) {
    scenarioTestWorld
        .client()
        .post(
            scenarioTestWorld.target().api("/clock/advance"),
            scenarioTestWorld.target().keys().operator(),
            Map.of("to", to.toString()));
  }

  /** Returns the exchanges in which the payment service notified the merchant of this order. */
  private static List<JsonNode> notifications(
      ScenarioTestWorld scenarioTestWorld, ScenarioTestWorld.HeldOrder heldOrder) {
    return entries(scenarioTestWorld, "kind=EXCHANGE&order_no=" + heldOrder.orderNo()).stream()
        .filter(
            each -> each.path("data").path("path").asString("").endsWith("raileast/notifications"))
        .toList();
  }

  private static List<JsonNode> stateEntries(
      ScenarioTestWorld scenarioTestWorld, ScenarioTestWorld.HeldOrder heldOrder, String event) {
    return entries(scenarioTestWorld, "event=" + event + "&order_no=" + heldOrder.orderNo());
  }

  private static List<JsonNode> entries(ScenarioTestWorld scenarioTestWorld, String query) {
    return StreamSupport.stream(scenarioTestWorld.journal(query).spliterator(), false).toList();
  }
}
