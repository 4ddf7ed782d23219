package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.Claims.*;
import static org.assertj.core.api.Assertions.assertThat;

import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is given back because of a finding: once, whole, and never more than is left. */
@ExtendWith(SandboxExtension.class)
class DisputeRefundScenarioTests {

  @Test
  void aLostAnswerToARefundGivesBackOnceAndNeverMoreThanIsLeft(Stage stage) {
    var refund = HeldUpRefund.by("lost_answer", stage);
    assertThat(balance(stage)).isEqualTo(refund.before());
    cleared(stage, refund.disturbance());
    refund.assertPaidBack(stage);
    assertThat(stage.journal("event=dispute-refunded")).hasSize(1);
  }

  @Test
  void whatTheMerchantGaveBackMeanwhileCounts(Stage stage) {
    var heldUp = HeldUpRefund.by("error_status", stage);
    var own =
        Json.object()
            .put("amount", "5.00")
            .put("reason", "sorry")
            .put("refund_request_id", "dispute:" + heldUp.id());
    var path = "/merchants/" + SHOP + "/orders/" + heldUp.held().orderNo() + "/refund";
    var key = stage.target().keys().merchants().get(SHOP);
    stage.buyer().post(path, key, own);
    own.put("refund_request_id", "B-1");
    assertThat(stage.buyer().post(path, key, own).status()).isEqualTo(200);
    cleared(stage, heldUp.disturbance());
    heldUp.assertPaidBack(stage);
    var refund = dispute(stage, heldUp.id()).path("refund");
    assertThat(Money.yuan(refund.path("refunded").asString()).plus(Money.yuan("5.00")))
        .isEqualTo(Money.yuan(refund.path("amount").asString()));
  }
}
