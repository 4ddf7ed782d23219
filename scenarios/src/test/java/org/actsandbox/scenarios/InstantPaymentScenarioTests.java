package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.actsandbox.client.PurchaseClient;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.node.ObjectNode;

/** Tests user instant payment (L1) from end to end over HTTP, failures first. */
@ExtendWith(SandboxExtension.class)
class InstantPaymentScenarioTests {

  @Test
  void aDeclinedPaymentMovesNoMoney(ScenarioTestWorld scenarioTestWorld) {
    var before = balance(scenarioTestWorld);
    var tradeNo = scenarioTestWorld.asked(scenarioTestWorld.heldTrain("1"));
    var digest = scenarioTestWorld.buyer().cashier(tradeNo).json().path("digest").asString();

    var answer =
        scenarioTestWorld.buyer().decide(tradeNo, Map.of("decision", "DECLINE", "digest", digest));

    assertThat(answer.json().path("status").asString()).isEqualTo("declined");
    assertThat(balance(scenarioTestWorld)).isEqualTo(before);
    assertThat(scenarioTestWorld.proof(tradeNo).isMissingNode()).isTrue();
  }

  @Test
  void aPaymentWithoutAnAnswerTimesOutAndIsNotDeclined(ScenarioTestWorld scenarioTestWorld) {
    var tradeNo = scenarioTestWorld.asked(scenarioTestWorld.heldTrain("1"));

    scenarioTestWorld.advance("PT30M");

    assertThat(scenarioTestWorld.buyer().payment(tradeNo).json().path("status").asString())
        .isEqualTo("timed_out");
  }

  @Test
  void theAgentsKeyCannotApprove(ScenarioTestWorld scenarioTestWorld) {
    var tradeNo = scenarioTestWorld.asked(scenarioTestWorld.heldTrain("1"));
    var digest = scenarioTestWorld.buyer().cashier(tradeNo).json().path("digest").asString();
    var approval =
        Json.object()
            .put("decision", "APPROVE")
            .put("digest", digest)
            .put("pin", PurchaseClient.DEMO_PIN);

    var answer =
        scenarioTestWorld
            .buyer()
            .post(
                "/psp/payments/" + tradeNo + "/approval",
                scenarioTestWorld.buyer().agent().key(),
                approval);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("key_forbidden");
    assertThat(scenarioTestWorld.journal("kind=REFUSAL").toString()).contains("key_forbidden");
    assertThat(scenarioTestWorld.buyer().payment(tradeNo).json().path("status").asString())
        .isEqualTo("waiting_for_approval");
  }

  @Test
  void threeWrongPinsLockAtAnyTimeOfTheWorldsClock(ScenarioTestWorld scenarioTestWorld) {
    var tradeNo = scenarioTestWorld.asked(scenarioTestWorld.heldTrain("1"));
    var digest = scenarioTestWorld.buyer().cashier(tradeNo).json().path("digest").asString();

    for (int i = 0; i < 2; i++) {
      assertThat(scenarioTestWorld.buyer().approve(tradeNo, digest, "000000").code())
          .isEqualTo("pin_wrong");
    }
    scenarioTestWorld.buyer().approve(tradeNo, digest, "000000");

    assertThat(scenarioTestWorld.buyer().approve(tradeNo, digest, PurchaseClient.DEMO_PIN).code())
        .isEqualTo("pin_locked");
    scenarioTestWorld.advance("PT6M");
    assertThat(scenarioTestWorld.buyer().approve(tradeNo, digest, PurchaseClient.DEMO_PIN).code())
        .isEqualTo("pin_locked");
    assertThat(scenarioTestWorld.wallet().path("pin_locked_minutes").asInt()).isBetween(1, 5);
  }

  @Test
  void approvingSomethingElseThanWhatWasShownIsRefused(ScenarioTestWorld scenarioTestWorld) {
    var tradeNo = scenarioTestWorld.asked(scenarioTestWorld.heldTrain("1"));

    var answer =
        scenarioTestWorld
            .buyer()
            .approve(tradeNo, "sha-256:" + "A".repeat(43), PurchaseClient.DEMO_PIN);

    assertThat(answer.code()).isEqualTo("approval_mismatch");
  }

  @Test
  void theSameRequestTwiceIsOneDebit(ScenarioTestWorld scenarioTestWorld) {
    var heldOrder = scenarioTestWorld.heldTrain("1");
    var before = balance(scenarioTestWorld);
    var request =
        scenarioTestWorld.buyer().signed(scenarioTestWorld.buyer().payment("1", heldOrder.bill()));

    var first = scenarioTestWorld.buyer().sendPayment(request);
    var second = scenarioTestWorld.buyer().sendPayment(request);
    var tradeNo = first.json().path("trade_no").asString();
    scenarioTestWorld.approve(tradeNo);
    var third = scenarioTestWorld.buyer().sendPayment(request);

    assertThat(second.json().path("trade_no").asString()).isEqualTo(tradeNo);
    assertThat(third.json().path("trade_no").asString()).isEqualTo(tradeNo);
    var paid = Money.yuan(heldOrder.bill().path("amount").asString());
    assertThat(balance(scenarioTestWorld)).isEqualTo(before.minus(paid));
  }

  @Test
  void theSameRequestIdWithOtherContentIsRefused(ScenarioTestWorld scenarioTestWorld) {
    var first = scenarioTestWorld.heldTrain("1");
    var second = scenarioTestWorld.held("2", "luma-mart", ScenarioTestWorld.charger());
    scenarioTestWorld
        .buyer()
        .sendPayment(
            scenarioTestWorld.buyer().signed(scenarioTestWorld.buyer().payment("1", first.bill())));

    var other = scenarioTestWorld.buyer().payment("1", second.bill());

    assertThat(
            scenarioTestWorld.buyer().sendPayment(scenarioTestWorld.buyer().signed(other)).code())
        .isEqualTo("duplicate_request");
  }

  @Test
  void aRequestThatWasChangedAfterSigningIsRefused(ScenarioTestWorld scenarioTestWorld) {
    var request =
        scenarioTestWorld
            .buyer()
            .signed(
                scenarioTestWorld.buyer().payment("1", scenarioTestWorld.heldTrain("1").bill()));
    request.put("instrument_ref", "pi_somebody_elses");

    assertThat(scenarioTestWorld.buyer().sendPayment(request).code())
        .isEqualTo("signature_invalid");
  }

  @Test
  void aBillThatWasChangedAfterSigningIsRefused(ScenarioTestWorld scenarioTestWorld) {
    var bill = (ObjectNode) scenarioTestWorld.heldTrain("1").bill().deepCopy();
    bill.put("amount", "0.01");

    var answer =
        scenarioTestWorld
            .buyer()
            .sendPayment(
                scenarioTestWorld.buyer().signed(scenarioTestWorld.buyer().payment("1", bill)));

    assertThat(answer.status()).isBetween(400, 499);
    assertThat(answer.code()).isIn("signature_invalid", "bill_mismatch");
  }

  @Test
  void aStaleRequestIsRefused(ScenarioTestWorld scenarioTestWorld) {
    var request =
        scenarioTestWorld
            .buyer()
            .signed(
                scenarioTestWorld.buyer().payment("1", scenarioTestWorld.heldTrain("1").bill()));

    scenarioTestWorld.advance("PT6M");

    assertThat(scenarioTestWorld.buyer().sendPayment(request).code()).isEqualTo("expired_request");
  }

  @Test
  void aProofWorksOnceAndRepeatsTheSameDelivery(ScenarioTestWorld scenarioTestWorld) {
    var heldOrder = scenarioTestWorld.heldTrain("1");
    var tradeNo = scenarioTestWorld.asked(heldOrder);
    scenarioTestWorld.approve(tradeNo);
    var proof = scenarioTestWorld.proof(tradeNo);

    var first = scenarioTestWorld.buyer().sendProof(heldOrder.resource(), proof);
    var second = scenarioTestWorld.buyer().sendProof(heldOrder.resource(), proof);

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.json().path("seats").path(0).path("position").asString()).isEqualTo("window");
    assertThat(second.json()).isEqualTo(first.json());
  }

  @Test
  void aProofForAnotherOrderDeliversNothing(ScenarioTestWorld scenarioTestWorld) {
    var paid = scenarioTestWorld.heldTrain("1");
    var unpaid = scenarioTestWorld.held("2", "raileast", ScenarioTestWorld.earlyTrainToShanghai());
    var tradeNo = scenarioTestWorld.asked(paid);
    scenarioTestWorld.approve(tradeNo);

    var answer =
        scenarioTestWorld.buyer().sendProof(unpaid.resource(), scenarioTestWorld.proof(tradeNo));

    assertThat(answer.status()).isEqualTo(402);
    assertThat(answer.code()).isEqualTo("proof_mismatch");
    assertThat(answer.answer().header("Payment-Validation")).isPresent();
  }

  @Test
  void aHoldThatRanOutGivesItsStockBackAndItsBillIsDead(ScenarioTestWorld scenarioTestWorld) {
    var heldOrder = scenarioTestWorld.heldTrain("1");
    var before = seatsLeft(scenarioTestWorld);

    scenarioTestWorld.advance("PT1H");

    assertThat(seatsLeft(scenarioTestWorld)).isEqualTo(before + 1);
    var late =
        scenarioTestWorld
            .buyer()
            .sendPayment(
                scenarioTestWorld
                    .buyer()
                    .signed(scenarioTestWorld.buyer().payment("1", heldOrder.bill())));
    assertThat(late.code()).isEqualTo("bill_expired");
  }

  @Test
  void aDeliveredPurchaseFinishesItsTrade(ScenarioTestWorld scenarioTestWorld) {
    var heldOrder = scenarioTestWorld.held("1", "luma-mart", ScenarioTestWorld.charger());
    var tradeNo = scenarioTestWorld.asked(heldOrder);
    scenarioTestWorld.approve(tradeNo);

    var delivered =
        scenarioTestWorld.buyer().sendProof(heldOrder.resource(), scenarioTestWorld.proof(tradeNo));

    assertThat(delivered.status()).isEqualTo(200);
    scenarioTestWorld.advance("PT1S");
    assertThat(
            scenarioTestWorld.buyer().payment(tradeNo).json().path("transaction_state").asString())
        .isEqualTo("TRADE_FINISHED");
  }

  private static Money balance(ScenarioTestWorld scenarioTestWorld) {
    return Money.yuan(
        scenarioTestWorld.wallet().path("accounts").path(0).path("amount").asString());
  }

  private static int seatsLeft(ScenarioTestWorld scenarioTestWorld) {
    var offers =
        scenarioTestWorld
            .buyer()
            .sendIntent(
                "raileast",
                scenarioTestWorld
                    .buyer()
                    .signed(
                        scenarioTestWorld
                            .buyer()
                            .intent(
                                "look-" + scenarioTestWorld.journal("").size(),
                                ScenarioTestWorld.earlyTrainToShanghai(),
                                1)));
    return offers.json().path("offers").path(0).path("available").asInt();
  }
}
