package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.Claims.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.actsandbox.protocol.money.Money;

/**
 * A dispute that the principal won while the payment service's refunds are disturbed.
 *
 * @param before the balance before the disputed purchase
 * @param disturbance the fault, to be cleared
 * @param id of the dispute
 */
record HeldUpRefund(Money before, Stage.Held held, String disturbance, String id) {

  /**
   * @param name error_status | lost_answer
   */
  static HeldUpRefund by(String name, Stage stage) {
    var before = balance(stage);
    var held = bought(stage, "1", false);
    var disturbance = fault(stage, name, "sandbox-pay", "POST /disputes/refunds");
    var id = opened(stage, held, "not_delivered", "Where is it?");
    answered(stage, id, held, List.of());
    stage.advance("PT0S");
    assertThat(dispute(stage, id).path("state").asString()).isEqualTo("decided");
    assertThat(dispute(stage, id).at("/refund/state").asString()).isEqualTo("pending");
    return new HeldUpRefund(before, held, disturbance, id);
  }

  /** An hour later, all is back. */
  void assertPaidBack(Stage stage) {
    stage.advance("PT1H");
    assertThat(dispute(stage, id).at("/refund/state").asString()).isEqualTo("done");
    assertThat(balance(stage)).isEqualTo(before);
    assertThat(sum(stage)).isEqualTo("0");
  }
}
