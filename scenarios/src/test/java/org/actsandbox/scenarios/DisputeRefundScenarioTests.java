package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.DisputeTestSteps.*;
import static org.assertj.core.api.Assertions.assertThat;

import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests that the refund after a finding is paid once, in full, and never more than is left. */
@ExtendWith(SandboxExtension.class)
class DisputeRefundScenarioTests {

  @Test
  void aLostAnswerToARefundGivesBackOnceAndNeverMoreThanIsLeft(
      ScenarioTestWorld scenarioTestWorld) {
    var refund = DelayedRefund.by("lost_answer", scenarioTestWorld);
    assertThat(balance(scenarioTestWorld)).isEqualTo(refund.before());
    cleared(scenarioTestWorld, refund.disturbance());
    refund.assertPaidBack(scenarioTestWorld);
    assertThat(scenarioTestWorld.journal("event=dispute-refunded")).hasSize(1);
  }

  @Test
  void aRefundByTheMerchantMeanwhileCounts(ScenarioTestWorld scenarioTestWorld) {
    var delayedRefund = DelayedRefund.by("error_status", scenarioTestWorld);
    var own =
        Json.object()
            .put("amount", "5.00")
            .put("reason", "sorry")
            .put("refund_request_id", "dispute:" + delayedRefund.id());
    var path = "/merchants/" + SHOP + "/orders/" + delayedRefund.held().orderNo() + "/refund";
    var key = scenarioTestWorld.target().keys().merchants().get(SHOP);
    scenarioTestWorld.buyer().post(path, key, own);
    own.put("refund_request_id", "B-1");
    assertThat(scenarioTestWorld.buyer().post(path, key, own).status()).isEqualTo(200);
    cleared(scenarioTestWorld, delayedRefund.disturbance());
    delayedRefund.assertPaidBack(scenarioTestWorld);
    var refund = dispute(scenarioTestWorld, delayedRefund.id()).path("refund");
    assertThat(Money.yuan(refund.path("refunded").asString()).plus(Money.yuan("5.00")))
        .isEqualTo(Money.yuan(refund.path("amount").asString()));
  }
}
