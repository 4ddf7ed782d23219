package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.Claims.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is given back because of a finding: once, whole, and never more than is left. */
@ExtendWith(SandboxExtension.class)
class DisputeRefundScenarioTests {

  @Test
  void aLostAnswerToARefundGivesBackOnceAndNeverMoreThanIsLeft(Stage stage) {
    var before = balance(stage);
    var held = bought(stage, "1", false);
    var fault = fault(stage, "lost_answer", "sandbox-pay", "POST /disputes/refunds");
    var id = opened(stage, held, "not_delivered", "Where is it?");
    answered(stage, id, held, List.of());
    stage.advance("PT0S");
    assertThat(dispute(stage, id).at("/refund/state").asString()).isEqualTo("pending");
    assertThat(balance(stage)).isEqualTo(before);
    cleared(stage, fault);
    stage.advance("PT1H");
    assertThat(dispute(stage, id).at("/refund/state").asString()).isEqualTo("done");
    assertThat(balance(stage)).isEqualTo(before);
    assertThat(stage.journal("event=dispute-refunded")).hasSize(1);
    assertThat(sum(stage)).isEqualTo("0");
  }

  @Test
  void whatTheMerchantGaveBackMeanwhileCounts(Stage stage) {
    var before = balance(stage);
    var held = bought(stage, "1", false);
    var fault = fault(stage, "error_status", "sandbox-pay", "POST /disputes/refunds");
    var id = opened(stage, held, "not_delivered", "Where is it?");
    answered(stage, id, held, List.of());
    stage.advance("PT0S");
    var own =
        Json.object()
            .put("amount", "5.00")
            .put("reason", "sorry")
            .put("refund_request_id", "dispute:" + id);
    var path = "/merchants/" + SHOP + "/orders/" + held.orderNo() + "/refund";
    var key = stage.target().keys().merchants().get(SHOP);
    stage.buyer().post(path, key, own);
    own.put("refund_request_id", "B-1");
    assertThat(stage.buyer().post(path, key, own).status()).isEqualTo(200);
    cleared(stage, fault);
    stage.advance("PT1H");
    var refund = dispute(stage, id).path("refund");
    assertThat(refund.path("state").asString()).isEqualTo("done");
    assertThat(Money.yuan(refund.path("refunded").asString()).plus(Money.yuan("5.00")))
        .isEqualTo(Money.yuan(refund.path("amount").asString()));
    assertThat(balance(stage)).isEqualTo(before);
    assertThat(sum(stage)).isEqualTo("0");
  }
}
