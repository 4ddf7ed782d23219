package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.DisputeTestSteps.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.actsandbox.protocol.money.Money;

/**
 * Represents a dispute that the principal won while a fault disturbs the payment service's refunds.
 *
 * @param before the balance before the disputed purchase
 * @param disturbance the id of the fault, which the test clears
 * @param id the id of the dispute
 */
record DelayedRefund(
    Money before, ScenarioTestWorld.HeldOrder held, String disturbance, String id) {

  /**
   * Makes the purchase, the fault and the dispute, up to the decision.
   *
   * @param name the name of the fault: error_status | lost_answer
   */
  static DelayedRefund by(String name, ScenarioTestWorld scenarioTestWorld) {
    var before = balance(scenarioTestWorld);
    var heldOrder = bought(scenarioTestWorld, "1", false);
    var disturbance = fault(scenarioTestWorld, name, "sandbox-pay", "POST /disputes/refunds");
    var id = opened(scenarioTestWorld, heldOrder, "not_delivered", "Where is it?");
    answered(scenarioTestWorld, id, heldOrder, List.of());
    scenarioTestWorld.advance("PT0S");
    assertThat(dispute(scenarioTestWorld, id).path("state").asString()).isEqualTo("decided");
    assertThat(dispute(scenarioTestWorld, id).at("/refund/state").asString()).isEqualTo("pending");
    return new DelayedRefund(before, heldOrder, disturbance, id);
  }

  /** Asserts that the money is paid back an hour later. */
  void assertPaidBack(ScenarioTestWorld scenarioTestWorld) {
    scenarioTestWorld.advance("PT1H");
    assertThat(dispute(scenarioTestWorld, id).at("/refund/state").asString()).isEqualTo("done");
    assertThat(balance(scenarioTestWorld)).isEqualTo(before);
    assertThat(sum(scenarioTestWorld)).isEqualTo("0");
  }
}
