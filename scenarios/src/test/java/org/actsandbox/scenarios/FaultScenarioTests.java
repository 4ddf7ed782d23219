package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.actsandbox.protocol.http.Unanswered;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Faults of signatures, notifications, clocks and wires: what they do, and that nothing is lost.
 */
@ExtendWith(SandboxExtension.class)
class FaultScenarioTests {

  static String fault(Stage stage, String order) {
    return stage
        .client()
        .post(stage.target().api("/faults"), stage.target().keys().operator(), Json.parse(order))
        .path("fault")
        .path("id")
        .asString();
  }

  static void clear(Stage stage, String id) {
    stage
        .client()
        .send(
            "DELETE", stage.target().api("/faults/" + id), stage.target().keys().operator(), null);
  }

  @ParameterizedTest
  @CsvSource({
    "flipped, signature_invalid",
    "foreign_key, signature_invalid",
    "unknown_signer, signer_unknown"
  })
  void aBillWithAWrongSignatureIsNotPaidAndTheNextOneIs(String how, String code, Stage stage) {
    fault(
        stage,
        """
        {"name":"wrong_signature","participant":"raileast","operation":"GET /fulfilment/*","count":1,
         "parameters":{"how":"%s"}}
        """
            .formatted(how));
    var held = stage.heldTrain("1");

    var refused =
        stage.buyer().sendPayment(stage.buyer().signed(stage.buyer().payment("1", held.bill())));
    assertThat(refused.code()).isEqualTo(code);

    var again =
        org.actsandbox.scenarios.client.Buyer.bill(stage.buyer().askForResource(held.resource()));
    var second = stage.buyer().payment("2", again);
    second.put("intent_id", held.order().path("intent_id").asString());
    var taken = stage.buyer().sendPayment(stage.buyer().signed(second));
    assertThat(taken.status()).as(taken.toString()).isEqualTo(201);
    assertThat(stage.approve(taken.json().path("trade_no").asString()).status()).isEqualTo(200);
  }

  @Test
  void anOrderWithAWrongSignatureIsStillTheOrder(Stage stage) {
    fault(
        stage,
        """
        {"name":"wrong_signature","participant":"raileast","operation":"POST /carts","count":1,
         "parameters":{"how":"foreign_key"}}
        """);
    var offers =
        stage
            .buyer()
            .sendIntent(
                "raileast",
                stage.buyer().signed(stage.buyer().intent("1", Stage.earlyTrainToShanghai(), 5)));
    var cart = stage.buyer().signed(stage.buyer().cart("1", offers.json().path("offers").path(0)));

    var wrong = (ObjectNode) stage.buyer().sendCart("raileast", cart).json();
    var right = (ObjectNode) stage.buyer().sendCart("raileast", cart).json();

    assertThat(wrong.path("signature_content")).isNotEqualTo(right.path("signature_content"));
    assertThat(wrong.without("signature_content")).isEqualTo(right.without("signature_content"));
  }

  @Test
  void aRequestWhoseSignatureBrokeOnTheWayIsRefusedAndTheSameRequestIsTakenLater(Stage stage) {
    var held = stage.heldTrain("1");
    fault(
        stage,
        """
        {"name":"wrong_signature","participant":"sandbox-pay","operation":"POST /payments","count":1,
         "parameters":{"of":"request"}}
        """);
    var request = stage.buyer().signed(stage.buyer().payment("1", held.bill()));

    assertThat(stage.buyer().sendPayment(request).code()).isEqualTo("signature_invalid");
    assertThat(stage.buyer().sendPayment(request).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({"flipped", "foreign_key", "unknown_signer"})
  void aProofWhoseSignatureBrokeDeliversNothingAndTheSameProofDeliversLater(
      String how, Stage stage) {
    var held = stage.heldTrain("1");
    var tradeNo = stage.asked(held);
    stage.approve(tradeNo);
    var proof = stage.proof(tradeNo);
    fault(
        stage,
        """
        {"name":"wrong_signature","participant":"raileast","operation":"GET /fulfilment/*","count":1,
         "parameters":{"of":"request","how":"%s"}}
        """
            .formatted(how));

    var refused = stage.buyer().showProof(held.resource(), proof);
    assertThat(refused.status()).isEqualTo(402);
    assertThat(refused.code()).isEqualTo("proof_invalid");
    assertThat(stage.buyer().showProof(held.resource(), proof).status()).isEqualTo(200);
  }

  @Test
  void aNotificationThatArrivesThreeTimesCountsOnce(Stage stage) {
    fault(
        stage,
        """
        {"name":"duplicate_notification","participant":"raileast","count":1,
         "parameters":{"copies":2}}
        """);
    var held = stage.heldTrain("1");

    stage.approve(stage.asked(held));

    stage.advance("PT0S");
    assertThat(notifications(stage, held))
        .hasSize(3)
        .allSatisfy(each -> assertThat(each.path("data").path("status").asInt()).isEqualTo(200));
    assertThat(notes(stage, held, "notification-received")).hasSize(1);
    assertThat(notes(stage, held, "order-paid")).hasSize(1);
  }

  @Test
  void swappedNotificationsEndInTheSameStateAndZeroSum(Stage stage) {
    var before = stage.wallet();
    fault(stage, "{\"name\":\"reordered_notification\",\"participant\":\"raileast\"}");
    var held = stage.heldTrain("1");
    var tradeNo = stage.asked(held);
    stage.approve(tradeNo);
    stage.advance("PT0S");
    assertThat(notifications(stage, held)).isNotEmpty();
    // The merchant does not know of the payment; the proof tells it. Then the money goes back.
    assertThat(stage.buyer().showProof(held.resource(), stage.proof(tradeNo)).status())
        .isEqualTo(200);
    refund(stage, held, tradeNo);
    stage.advance("PT0S");
    assertThat(notes(stage, held, "notification-received")).hasSize(1);

    stage.advance("PT10M");

    var events =
        notes(stage, held, "notification-received").stream()
            .map(each -> each.path("data").path("event").asString())
            .toList();
    assertThat(events).containsExactly("refund_succeeded", "payment_succeeded");
    assertThat(order(stage, held).path("status").asString()).isEqualTo("REFUNDED");
    assertThat(stage.wallet().path("accounts")).isEqualTo(before.path("accounts"));
  }

  @Test
  void aHeldNotificationWithoutSuccessorArrivesWhenItsTimeIsOver(Stage stage) {
    fault(
        stage,
        """
        {"name":"reordered_notification","participant":"raileast",
         "parameters":{"hold_seconds":30}}
        """);
    var held = stage.heldTrain("1");
    stage.approve(stage.asked(held));
    stage.advance("PT0S");
    assertThat(notifications(stage, held)).isNotEmpty();
    stage.advance("PT11S");
    assertThat(notes(stage, held, "notification-received")).isEmpty();

    stage.advance("PT5M");

    assertThat(notes(stage, held, "notification-received")).hasSize(1);
    assertThat(order(stage, held).path("status").asString()).isEqualTo("PAID");
  }

  @Test
  void aPaymentServiceWhoseClockIsWrongRefusesFreshRequestsAndHealsWithTheClock(Stage stage) {
    var held = stage.heldTrain("1");
    var request = stage.buyer().signed(stage.buyer().payment("1", held.bill()));
    var id =
        fault(
            stage,
            """
            {"name":"clock_skew","participant":"sandbox-pay","parameters":{"seconds":400}}
            """);

    assertThat(stage.buyer().sendPayment(request).code()).isEqualTo("expired_request");
    clear(stage, id);
    assertThat(stage.buyer().sendPayment(request).status()).isEqualTo(201);
  }

  @Test
  void whatAMerchantWithAFastClockExpectsHappensAtItsOwnTime(Stage stage) {
    fault(
        stage,
        "{\"name\":\"clock_skew\",\"participant\":\"raileast\",\"parameters\":{\"seconds\":120}}");
    var held = stage.heldTrain("1");
    var holdUntil = Instant.parse(held.order().path("hold_until").asString());
    var confirmed = Instant.parse(held.order().path("confirmed_at").asString());
    assertThat(confirmed).isEqualTo(Stage.START.plusSeconds(120));
    // Not the first: what happened is attested right away.
    var due = due(stage, "hold");
    assertThat(due.path("participant").asString()).isEqualTo("raileast");
    assertThat(due.path("subject").asString()).isEqualTo(held.orderNo());
    assertThat(Instant.parse(due.path("at").asString())).isEqualTo(holdUntil.minusSeconds(120));

    advanceTo(stage, holdUntil.minusSeconds(121));
    assertThat(order(stage, held).path("status").asString()).isEqualTo("HELD");
    stage.advance("PT1S");
    assertThat(order(stage, held).path("status").asString()).isEqualTo("EXPIRED");
  }

  /** The next of this kind that the clock knows of. */
  private static JsonNode due(Stage stage, String what) {
    return StreamSupport.stream(clock(stage).path("next_due").spliterator(), false)
        .filter(each -> each.path("what").asString().equals(what))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aDrippingAnswerArrivesWhole(Stage stage) {
    var path = "/merchants/raileast/.well-known/agent-card.json";
    var whole = stage.buyer().get(path, null);
    int drops = 5;
    fault(
        stage,
        "{\"name\":\"slow_body\",\"participant\":\"raileast\",\"parameters\":{\"bytes\":%d,\"pause_ms\":40}}"
            .formatted(Math.ceilDiv(whole.answer().body().length, drops)));

    long start = System.nanoTime();
    var dripped = stage.buyer().get(path, null);

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThan(Duration.ofMillis(drops * 40L - 20));
    assertThat(dripped.answer().body()).isEqualTo(whole.answer().body());
  }

  @ParameterizedTest
  @CsvSource({
    "connection_cut, close",
    "connection_cut, reset",
    "lost_answer, reset",
    "cut_mid_body, reset"
  })
  void aConnectionIsClosedOrResetAndTheNextOneWorks(String name, String how, Stage stage) {
    var path = "/merchants/raileast/.well-known/agent-card.json";
    fault(
        stage,
        "{\"name\":\"%s\",\"participant\":\"raileast\",\"count\":1,\"parameters\":{\"how\":\"%s\"}}"
            .formatted(name, how));

    assertThatThrownBy(() -> stage.buyer().get(path, null)).isInstanceOf(Unanswered.class);
    assertThat(stage.buyer().get(path, null).status()).isEqualTo(200);
  }

  private static void refund(Stage stage, Stage.Held held, String tradeNo) {
    var wish =
        Map.of(
            "amount", held.bill().path("amount").asString(),
            "reason", "plans changed",
            "refund_request_id", "B-1");
    var answer =
        stage
            .buyer()
            .post(
                "/merchants/raileast/orders/" + held.orderNo() + "/refund",
                stage.target().keys().merchants().get("raileast"),
                Json.tree(wish));
    assertThat(answer.status()).as(tradeNo + " " + answer).isBetween(200, 202);
  }

  private static JsonNode order(Stage stage, Stage.Held held) {
    return stage
        .buyer()
        .get(
            "/merchants/raileast/orders/" + held.orderNo(),
            stage.target().keys().merchants().get("raileast"))
        .json();
  }

  private static JsonNode clock(Stage stage) {
    return stage.client().get(stage.target().api("/clock"), stage.target().keys().operator());
  }

  private static void advanceTo(Stage stage, Instant to) {
    stage
        .client()
        .post(
            stage.target().api("/clock/advance"),
            stage.target().keys().operator(),
            Map.of("to", to.toString()));
  }

  /** Exchanges of the payment service with the order's merchant about this order. */
  private static List<JsonNode> notifications(Stage stage, Stage.Held held) {
    return entries(stage, "kind=EXCHANGE&order_no=" + held.orderNo()).stream()
        .filter(
            each -> each.path("data").path("path").asString("").endsWith("raileast/notifications"))
        .toList();
  }

  private static List<JsonNode> notes(Stage stage, Stage.Held held, String event) {
    return entries(stage, "event=" + event + "&order_no=" + held.orderNo());
  }

  private static List<JsonNode> entries(Stage stage, String query) {
    return StreamSupport.stream(stage.journal(query).spliterator(), false).toList();
  }
}
