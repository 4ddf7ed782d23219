package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.DisputeTestSteps.*;
import static org.assertj.core.api.Assertions.assertThat;

/** Checks that a dispute which was decided before the kill is paid back once after it. */
record RefundKillStory(DelayedRefund refund) implements KillStory {

  static RefundKillStory begun(ScenarioTestWorld scenarioTestWorld) {
    var refund = DelayedRefund.by("error_status", scenarioTestWorld);
    assertThat(balance(scenarioTestWorld)).isNotEqualTo(refund.before());
    return new RefundKillStory(refund);
  }

  @Override
  public void afterTheKill(ScenarioTestWorld scenarioTestWorld) {
    cleared(scenarioTestWorld, refund.disturbance());
    refund.assertPaidBack(scenarioTestWorld);
  }

  @Override
  public void afterAnotherKill(ScenarioTestWorld scenarioTestWorld) {
    refund.assertPaidBack(scenarioTestWorld);
  }
}
