package org.actsandbox.scenarios;

import static org.actsandbox.scenarios.Claims.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.actsandbox.protocol.money.Money;

/** A dispute that was decided when the kill came: it is paid back after it, once. */
record OwedRefund(Money before, String id, String unavailable) implements KillStory {

  static OwedRefund begun(Stage stage) {
    var before = balance(stage);
    var held = bought(stage, "1", false);
    var unavailable = fault(stage, "error_status", "sandbox-pay", "POST /disputes/refunds");
    var id = opened(stage, held, "not_delivered", "Where is it?");
    answered(stage, id, held, List.of());
    stage.advance("PT0S");
    assertThat(dispute(stage, id).path("state").asString()).isEqualTo("decided");
    assertThat(dispute(stage, id).at("/refund/state").asString()).isEqualTo("pending");
    assertThat(balance(stage)).isNotEqualTo(before);
    return new OwedRefund(before, id, unavailable);
  }

  @Override
  public void afterTheKill(Stage stage) {
    cleared(stage, unavailable);
    assertPaidBack(stage);
  }

  @Override
  public void afterAnotherKill(Stage stage) {
    assertPaidBack(stage);
  }

  private void assertPaidBack(Stage stage) {
    stage.advance("PT1H");
    assertThat(dispute(stage, id).at("/refund/state").asString()).isEqualTo("done");
    assertThat(balance(stage)).isEqualTo(before);
    assertThat(sum(stage)).isEqualTo("0");
  }
}
