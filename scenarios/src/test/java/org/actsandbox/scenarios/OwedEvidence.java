package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import org.actsandbox.protocol.attestation.bundle.BundleCheck;

/** A purchase whose evidence the kill found still to be recorded: it is recorded after it, once. */
record OwedEvidence(String orderNo) implements KillStory {

  static OwedEvidence begun(Stage stage) {
    var orderNo = EvidenceScenarioTests.bought(stage, "1").orderNo();
    assertThat(EvidenceScenarioTests.records(stage, orderNo)).isEmpty();
    return new OwedEvidence(orderNo);
  }

  @Override
  public void afterTheKill(Stage stage) {
    stage.advance("PT0S");
    assertThat(EvidenceScenarioTests.records(stage, orderNo)).hasSize(3);
    var head = stage.client().get(stage.target().at("/trust/head"), null);
    assertThat(head.path("tree_size").asInt()).isEqualTo(3);
    var bundle = EvidenceScenarioTests.bundle(stage, orderNo).body();
    assertThat(BundleCheck.verify(bundle, null).verified()).isTrue();
  }

  @Override
  public void afterAnotherKill(Stage stage) {
    afterTheKill(stage);
  }
}
