package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A merchant that does not get round to its notifications: everybody else goes on. */
@ExtendWith(SandboxExtension.class)
class SlowMerchantScenarioTests {

  @Test
  void othersHearOfTheirPaymentsAndPurchasesFinish(Stage stage) {
    FaultScenarioTests.fault(
        stage,
        """
        {"name":"delay","participant":"raileast","operation":"POST /notifications",
         "parameters":{"ms":60000}}
        """);
    stage.run();
    var train = stage.heldTrain("1");
    var slow = stage.asked(train);
    stage.approve(slow);
    var charger = stage.held("2", "luma-mart", Stage.charger());
    var quick = stage.asked(charger);
    stage.approve(quick);

    awaitStatus(stage, "luma-mart", charger, "PAID");
    // The proof tells the slow one of the payment, long before the notification does.
    var delivered = stage.buyer().showProof(train.resource(), stage.proof(slow));
    assertThat(delivered.status()).as(delivered.toString()).isEqualTo(200);
    assertThat(stage.buyer().showProof(charger.resource(), stage.proof(quick)).status())
        .isEqualTo(200);
    awaitState(stage, slow, "TRADE_FINISHED");
    awaitState(stage, quick, "TRADE_FINISHED");
    assertThat(stage.journal("event=notification-received&order_no=" + train.orderNo())).isEmpty();
  }

  private static void awaitStatus(Stage stage, String merchant, Stage.Held held, String status) {
    var path = "/merchants/" + merchant + "/orders/" + held.orderNo();
    var key = stage.target().keys().merchants().get(merchant);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!stage.buyer().get(path, key).json().path("status").asString().equals(status)) {
      assertThat(System.nanoTime()).as("waited long enough").isLessThan(end);
    }
  }

  private static void awaitState(Stage stage, String tradeNo, String state) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!stage
        .buyer()
        .payment(tradeNo)
        .json()
        .path("transaction_state")
        .asString()
        .equals(state)) {
      assertThat(System.nanoTime()).as("waited long enough").isLessThan(end);
    }
  }
}
