package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that a merchant that is slow to take its notifications delays no other participant. */
@ExtendWith(SandboxExtension.class)
class SlowMerchantScenarioTests {

  @Test
  void otherMerchantsAreNotifiedAndPurchasesFinish(ScenarioTestWorld scenarioTestWorld) {
    FaultScenarioTests.fault(
        scenarioTestWorld,
        """
        {"name":"delay","participant":"raileast","operation":"POST /notifications",
         "parameters":{"ms":60000}}
        """);
    scenarioTestWorld.run();
    var train = scenarioTestWorld.heldTrain("1");
    var slow = scenarioTestWorld.asked(train);
    scenarioTestWorld.approve(slow);
    var charger = scenarioTestWorld.held("2", "luma-mart", ScenarioTestWorld.charger());
    var quick = scenarioTestWorld.asked(charger);
    scenarioTestWorld.approve(quick);

    awaitStatus(scenarioTestWorld, "luma-mart", charger, "PAID");
    // The slow merchant learns of the payment from the proof, long before the notification.
    var delivered =
        scenarioTestWorld.buyer().sendProof(train.resource(), scenarioTestWorld.proof(slow));
    assertThat(delivered.status()).as(delivered.toString()).isEqualTo(200);
    assertThat(
            scenarioTestWorld
                .buyer()
                .sendProof(charger.resource(), scenarioTestWorld.proof(quick))
                .status())
        .isEqualTo(200);
    awaitState(scenarioTestWorld, slow, "TRADE_FINISHED");
    awaitState(scenarioTestWorld, quick, "TRADE_FINISHED");
    assertThat(scenarioTestWorld.journal("event=notification-received&order_no=" + train.orderNo()))
        .isEmpty();
  }

  private static void awaitStatus(
      ScenarioTestWorld scenarioTestWorld,
      String merchant,
      ScenarioTestWorld.HeldOrder heldOrder,
      String status) {
    var path = "/merchants/" + merchant + "/orders/" + heldOrder.orderNo();
    var key = scenarioTestWorld.target().keys().merchants().get(merchant);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!scenarioTestWorld
        .buyer()
        .get(path, key)
        .json()
        .path("status")
        .asString()
        .equals(status)) {
      assertThat(System.nanoTime()).as("waited long enough").isLessThan(end);
    }
  }

  private static void awaitState(
      ScenarioTestWorld scenarioTestWorld, String tradeNo, String state) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!scenarioTestWorld
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
