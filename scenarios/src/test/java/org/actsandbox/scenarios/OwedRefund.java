package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.Claims.*;
import static org.assertj.core.api.Assertions.assertThat;

/** A dispute that was decided when the kill came: it is paid back after it, once. */
record OwedRefund(HeldUpRefund refund) implements KillStory {

  static OwedRefund begun(Stage stage) {
    var refund = HeldUpRefund.by("error_status", stage);
    assertThat(balance(stage)).isNotEqualTo(refund.before());
    return new OwedRefund(refund);
  }

  @Override
  public void afterTheKill(Stage stage) {
    cleared(stage, refund.disturbance());
    refund.assertPaidBack(stage);
  }

  @Override
  public void afterAnotherKill(Stage stage) {
    refund.assertPaidBack(stage);
  }
}
