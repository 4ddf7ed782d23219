package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.scenarios.client.Buyer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.node.ObjectNode;

/** User-instant payment (L1) end to end over HTTP, failures first. */
@ExtendWith(SandboxExtension.class)
class InstantPaymentScenarioTests {

  @Test
  void aDeclinedPaymentMovesNoMoney(Stage stage) {
    var before = balance(stage);
    var tradeNo = stage.asked(stage.heldTrain("1"));
    var digest = stage.buyer().cashier(tradeNo).json().path("digest").asString();

    var answer = stage.buyer().decide(tradeNo, Map.of("decision", "DECLINE", "digest", digest));

    assertThat(answer.json().path("status").asString()).isEqualTo("declined");
    assertThat(balance(stage)).isEqualTo(before);
    assertThat(stage.proof(tradeNo).isMissingNode()).isTrue();
  }

  @Test
  void nobodyAnsweringIsNotDeclining(Stage stage) {
    var tradeNo = stage.asked(stage.heldTrain("1"));

    stage.advance("PT30M");

    assertThat(stage.buyer().payment(tradeNo).json().path("status").asString())
        .isEqualTo("timed_out");
  }

  @Test
  void theAgentsKeyCannotApprove(Stage stage) {
    var tradeNo = stage.asked(stage.heldTrain("1"));
    var digest = stage.buyer().cashier(tradeNo).json().path("digest").asString();
    var approval =
        Json.object().put("decision", "APPROVE").put("digest", digest).put("pin", Buyer.DEMO_PIN);

    var answer =
        stage
            .buyer()
            .post("/psp/payments/" + tradeNo + "/approval", stage.buyer().agent().key(), approval);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("key_forbidden");
    assertThat(stage.journal("kind=REFUSAL").toString()).contains("key_forbidden");
    assertThat(stage.buyer().payment(tradeNo).json().path("status").asString())
        .isEqualTo("waiting_for_approval");
  }

  @Test
  void threeWrongPinsLockWhateverTheWorldsClockShows(Stage stage) {
    var tradeNo = stage.asked(stage.heldTrain("1"));
    var digest = stage.buyer().cashier(tradeNo).json().path("digest").asString();

    for (int i = 0; i < 2; i++) {
      assertThat(stage.buyer().approve(tradeNo, digest, "000000").code()).isEqualTo("pin_wrong");
    }
    stage.buyer().approve(tradeNo, digest, "000000");

    assertThat(stage.buyer().approve(tradeNo, digest, Buyer.DEMO_PIN).code())
        .isEqualTo("pin_locked");
    stage.advance("PT6M");
    assertThat(stage.buyer().approve(tradeNo, digest, Buyer.DEMO_PIN).code())
        .isEqualTo("pin_locked");
    assertThat(stage.wallet().path("pin_locked_minutes").asInt()).isBetween(1, 5);
  }

  @Test
  void approvingSomethingElseThanWhatWasShownIsRefused(Stage stage) {
    var tradeNo = stage.asked(stage.heldTrain("1"));

    var answer = stage.buyer().approve(tradeNo, "sha-256:" + "A".repeat(43), Buyer.DEMO_PIN);

    assertThat(answer.code()).isEqualTo("approval_mismatch");
  }

  @Test
  void theSameRequestTwiceIsOneDebit(Stage stage) {
    var held = stage.heldTrain("1");
    var before = balance(stage);
    var request = stage.buyer().signed(stage.buyer().payment("1", held.bill()));

    var first = stage.buyer().sendPayment(request);
    var second = stage.buyer().sendPayment(request);
    var tradeNo = first.json().path("trade_no").asString();
    stage.approve(tradeNo);
    var third = stage.buyer().sendPayment(request);

    assertThat(second.json().path("trade_no").asString()).isEqualTo(tradeNo);
    assertThat(third.json().path("trade_no").asString()).isEqualTo(tradeNo);
    var paid = Money.yuan(held.bill().path("amount").asString());
    assertThat(balance(stage)).isEqualTo(before.minus(paid));
  }

  @Test
  void theSameRequestIdWithOtherContentIsRefused(Stage stage) {
    var first = stage.heldTrain("1");
    var second = stage.held("2", "luma-mart", Stage.charger());
    stage.buyer().sendPayment(stage.buyer().signed(stage.buyer().payment("1", first.bill())));

    var other = stage.buyer().payment("1", second.bill());

    assertThat(stage.buyer().sendPayment(stage.buyer().signed(other)).code())
        .isEqualTo("duplicate_request");
  }

  @Test
  void aRequestThatWasChangedAfterSigningIsRefused(Stage stage) {
    var request = stage.buyer().signed(stage.buyer().payment("1", stage.heldTrain("1").bill()));
    request.put("instrument_ref", "pi_somebody_elses");

    assertThat(stage.buyer().sendPayment(request).code()).isEqualTo("signature_invalid");
  }

  @Test
  void aBillThatWasChangedAfterSigningIsRefused(Stage stage) {
    var bill = (ObjectNode) stage.heldTrain("1").bill().deepCopy();
    bill.put("amount", "0.01");

    var answer = stage.buyer().sendPayment(stage.buyer().signed(stage.buyer().payment("1", bill)));

    assertThat(answer.status()).isBetween(400, 499);
    assertThat(answer.code()).isIn("signature_invalid", "bill_mismatch");
  }

  @Test
  void aStaleRequestIsRefused(Stage stage) {
    var request = stage.buyer().signed(stage.buyer().payment("1", stage.heldTrain("1").bill()));

    stage.advance("PT6M");

    assertThat(stage.buyer().sendPayment(request).code()).isEqualTo("expired_request");
  }

  @Test
  void aProofWorksOnceAndRepeatsTheSameDelivery(Stage stage) {
    var held = stage.heldTrain("1");
    var tradeNo = stage.asked(held);
    stage.approve(tradeNo);
    var proof = stage.proof(tradeNo);

    var first = stage.buyer().showProof(held.resource(), proof);
    var second = stage.buyer().showProof(held.resource(), proof);

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.json().path("seats").path(0).path("position").asString()).isEqualTo("window");
    assertThat(second.json()).isEqualTo(first.json());
  }

  @Test
  void aProofForAnotherOrderDeliversNothing(Stage stage) {
    var paid = stage.heldTrain("1");
    var unpaid = stage.held("2", "raileast", Stage.earlyTrainToShanghai());
    var tradeNo = stage.asked(paid);
    stage.approve(tradeNo);

    var answer = stage.buyer().showProof(unpaid.resource(), stage.proof(tradeNo));

    assertThat(answer.status()).isEqualTo(402);
    assertThat(answer.code()).isEqualTo("proof_mismatch");
    assertThat(answer.answer().header("Payment-Validation")).isPresent();
  }

  @Test
  void aHoldThatRanOutGivesItsStockBackAndItsBillIsDead(Stage stage) {
    var held = stage.heldTrain("1");
    var before = seatsLeft(stage);

    stage.advance("PT1H");

    assertThat(seatsLeft(stage)).isEqualTo(before + 1);
    var late =
        stage.buyer().sendPayment(stage.buyer().signed(stage.buyer().payment("1", held.bill())));
    assertThat(late.code()).isEqualTo("bill_expired");
  }

  @Test
  void aDeliveredPurchaseFinishesItsTrade(Stage stage) {
    var held = stage.held("1", "luma-mart", Stage.charger());
    var tradeNo = stage.asked(held);
    stage.approve(tradeNo);

    var delivered = stage.buyer().showProof(held.resource(), stage.proof(tradeNo));

    assertThat(delivered.status()).isEqualTo(200);
    stage.advance("PT1S");
    assertThat(stage.buyer().payment(tradeNo).json().path("transaction_state").asString())
        .isEqualTo("TRADE_FINISHED");
  }

  private static Money balance(Stage stage) {
    return Money.yuan(stage.wallet().path("accounts").path(0).path("amount").asString());
  }

  private static int seatsLeft(Stage stage) {
    var offers =
        stage
            .buyer()
            .sendIntent(
                "raileast",
                stage
                    .buyer()
                    .signed(
                        stage
                            .buyer()
                            .intent(
                                "look-" + stage.journal("").size(),
                                Stage.earlyTrainToShanghai(),
                                1)));
    return offers.json().path("offers").path(0).path("available").asInt();
  }
}
