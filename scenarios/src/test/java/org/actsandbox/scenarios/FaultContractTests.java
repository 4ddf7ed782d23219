package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.client.Reply;
import org.actsandbox.protocol.a402.A402Headers;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.sandbox.fault.FaultName;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tests what every fault has to do: a caller sees it as often as it was ordered, the journal names
 * it, and afterwards all is well. The switch has no default, so a new fault does not compile until
 * it has a case here.
 */
@ExtendWith(SandboxExtension.class)
class FaultContractTests {

  private static final String CARD = "/merchants/raileast/.well-known/agent-card.json";

  @ParameterizedTest
  @EnumSource
  void isSeenOnceAndNamedInTheJournal(FaultName fault, ScenarioTestWorld scenarioTestWorld) {
    switch (fault) {
      case DELAY -> delay(scenarioTestWorld);
      case ERROR_STATUS -> errorStatus(scenarioTestWorld);
      case CONNECTION_CUT, LOST_ANSWER, CUT_MID_BODY -> noAnswer(scenarioTestWorld, fault);
      case SLOW_BODY -> slowBody(scenarioTestWorld);
      case MALFORMED_BODY -> malformedBody(scenarioTestWorld);
      case MALFORMED_HEADER -> malformedHeader(scenarioTestWorld);
      case WRONG_SIGNATURE -> wrongSignature(scenarioTestWorld);
      case DUPLICATE_NOTIFICATION -> duplicateNotification(scenarioTestWorld);
      case REORDERED_NOTIFICATION -> reorderedNotification(scenarioTestWorld);
      case PRICE_MOVED -> cartIsRefused(scenarioTestWorld, fault, "price_changed");
      case SOLD_OUT -> cartIsRefused(scenarioTestWorld, fault, "sold_out");
      case CLOCK_SKEW -> clockSkew(scenarioTestWorld);
    }
    var entries = scenarioTestWorld.journal("kind=FAULT&event=" + fault.code());
    assertThat(entries.isEmpty()).as("entries of %s", fault).isNotEqualTo(fault.isPerRequest());
  }

  private static void delay(ScenarioTestWorld scenarioTestWorld) {
    order(scenarioTestWorld, "delay", "raileast", ",\"count\":1,\"parameters\":{\"ms\":300}");
    long start = System.nanoTime();

    assertThat(card(scenarioTestWorld).status()).isEqualTo(200);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
  }

  private static void errorStatus(ScenarioTestWorld scenarioTestWorld) {
    order(scenarioTestWorld, "error_status", "raileast", ",\"count\":1");

    assertThat(card(scenarioTestWorld).status()).isEqualTo(503);
    assertThat(card(scenarioTestWorld).status()).isEqualTo(200);
  }

  private static void noAnswer(ScenarioTestWorld scenarioTestWorld, FaultName fault) {
    order(scenarioTestWorld, fault.code(), "raileast", ",\"count\":1");

    assertThatThrownBy(() -> card(scenarioTestWorld)).isInstanceOf(NoAnswerException.class);
    assertThat(card(scenarioTestWorld).status()).isEqualTo(200);
  }

  private static void slowBody(ScenarioTestWorld scenarioTestWorld) {
    var whole = card(scenarioTestWorld).answer().body();
    int pieces = 5;
    order(
        scenarioTestWorld,
        "slow_body",
        "raileast",
        ",\"parameters\":{\"bytes\":%d,\"pause_ms\":40}"
            .formatted(Math.ceilDiv(whole.length, pieces)));
    long start = System.nanoTime();

    assertThat(card(scenarioTestWorld).answer().body()).isEqualTo(whole);

    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThan(Duration.ofMillis(pieces * 40L - 20));
  }

  private static void malformedBody(ScenarioTestWorld scenarioTestWorld) {
    order(scenarioTestWorld, "malformed_body", "raileast", ",\"count\":1");

    var malformed = card(scenarioTestWorld);
    assertThat(malformed.status()).isEqualTo(200);
    assertThat(malformed.json()).as(malformed.text()).isEmpty();
    assertThat(card(scenarioTestWorld).json()).isNotEmpty();
  }

  private static void malformedHeader(ScenarioTestWorld scenarioTestWorld) {
    var heldOrder = scenarioTestWorld.heldTrain("1");
    order(scenarioTestWorld, "malformed_header", "raileast", ",\"count\":1");

    var malformed = scenarioTestWorld.buyer().askForResource(heldOrder.resource());
    assertThat(malformed.answer().header(A402Headers.PAYMENT_NEEDED)).isPresent();
    assertThatThrownBy(() -> PurchaseClient.bill(malformed))
        .isNotInstanceOf(IllegalStateException.class);
    assertThat(PurchaseClient.bill(scenarioTestWorld.buyer().askForResource(heldOrder.resource())))
        .isNotEmpty();
  }

  /** Checks that an order whose signature is wrong is still the order. */
  private static void wrongSignature(ScenarioTestWorld scenarioTestWorld) {
    order(
        scenarioTestWorld,
        "wrong_signature",
        "raileast",
        ",\"operation\":\"POST /carts\",\"count\":1,\"parameters\":{\"how\":\"foreign_key\"}");
    var cart = cart(scenarioTestWorld);

    var wrong = (ObjectNode) scenarioTestWorld.buyer().sendCart("raileast", cart).json();
    var right = (ObjectNode) scenarioTestWorld.buyer().sendCart("raileast", cart).json();

    assertThat(wrong.path("signature_content")).isNotEqualTo(right.path("signature_content"));
    assertThat(wrong.without("signature_content")).isEqualTo(right.without("signature_content"));
  }

  /** Checks that a notification that arrives three times counts once. */
  private static void duplicateNotification(ScenarioTestWorld scenarioTestWorld) {
    order(
        scenarioTestWorld,
        "duplicate_notification",
        "raileast",
        ",\"count\":1,\"parameters\":{\"copies\":2}");
    var heldOrder = scenarioTestWorld.heldTrain("1");

    scenarioTestWorld.approve(scenarioTestWorld.asked(heldOrder));
    scenarioTestWorld.advance("PT0S");

    assertThat(notifications(scenarioTestWorld, heldOrder)).isEqualTo(3);
    assertThat(entries(scenarioTestWorld, heldOrder, "notification-received")).hasSize(1);
    assertThat(entries(scenarioTestWorld, heldOrder, "order-paid")).hasSize(1);
  }

  /** Checks that a notification without a successor arrives when its time is over. */
  private static void reorderedNotification(ScenarioTestWorld scenarioTestWorld) {
    order(
        scenarioTestWorld,
        "reordered_notification",
        "raileast",
        ",\"parameters\":{\"hold_seconds\":30}");
    var heldOrder = scenarioTestWorld.heldTrain("1");
    scenarioTestWorld.approve(scenarioTestWorld.asked(heldOrder));
    scenarioTestWorld.advance("PT0S");
    assertThat(notifications(scenarioTestWorld, heldOrder)).isPositive();
    scenarioTestWorld.advance("PT11S");
    assertThat(entries(scenarioTestWorld, heldOrder, "notification-received")).isEmpty();

    scenarioTestWorld.advance("PT5M");

    assertThat(entries(scenarioTestWorld, heldOrder, "notification-received")).hasSize(1);
  }

  private static void cartIsRefused(
      ScenarioTestWorld scenarioTestWorld, FaultName fault, String code) {
    order(scenarioTestWorld, fault.code(), "raileast", ",\"count\":1");
    var cart = cart(scenarioTestWorld);

    var refused = scenarioTestWorld.buyer().sendCart("raileast", cart);

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.code()).isEqualTo(code);
  }

  /** Checks that a payment service with a wrong clock refuses fresh requests until it is right. */
  private static void clockSkew(ScenarioTestWorld scenarioTestWorld) {
    var heldOrder = scenarioTestWorld.heldTrain("1");
    var buyer = scenarioTestWorld.buyer();
    var request = buyer.signed(buyer.payment("1", heldOrder.bill()));
    var id =
        order(scenarioTestWorld, "clock_skew", "sandbox-pay", ",\"parameters\":{\"seconds\":400}");

    assertThat(buyer.sendPayment(request).code()).isEqualTo("expired_request");
    FaultScenarioTests.clear(scenarioTestWorld, id);
    assertThat(buyer.sendPayment(request).status()).isEqualTo(201);
  }

  /**
   * @param more further fields of the order, each after a comma
   */
  private static String order(
      ScenarioTestWorld scenarioTestWorld, String name, String participant, String more) {
    return FaultScenarioTests.fault(
        scenarioTestWorld,
        "{\"name\":\"%s\",\"participant\":\"%s\"%s}".formatted(name, participant, more));
  }

  private static Reply card(ScenarioTestWorld scenarioTestWorld) {
    return scenarioTestWorld.buyer().get(CARD, null);
  }

  private static ObjectNode cart(ScenarioTestWorld scenarioTestWorld) {
    var buyer = scenarioTestWorld.buyer();
    var need = ScenarioTestWorld.earlyTrainToShanghai();
    var offers = buyer.sendIntent("raileast", buyer.signed(buyer.intent("1", need, 5)));
    return buyer.signed(buyer.cart("1", offers.json().path("offers").path(0)));
  }

  private static JsonNode entries(
      ScenarioTestWorld scenarioTestWorld, ScenarioTestWorld.HeldOrder heldOrder, String event) {
    return scenarioTestWorld.journal("event=" + event + "&order_no=" + heldOrder.orderNo());
  }

  /** Returns how often the payment service notified the merchant of this order. */
  private static long notifications(
      ScenarioTestWorld scenarioTestWorld, ScenarioTestWorld.HeldOrder heldOrder) {
    return scenarioTestWorld
        .journal("kind=EXCHANGE&order_no=" + heldOrder.orderNo())
        .valueStream()
        .filter(each -> each.at("/data/path").asString("").endsWith("raileast/notifications"))
        .count();
  }
}
