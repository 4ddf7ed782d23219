package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import org.actsandbox.protocol.attestation.bundle.BundleCheck;

/** Checks that evidence which was not yet recorded at the kill is recorded once after it. */
record EvidenceKillStory(String orderNo) implements KillStory {

  static EvidenceKillStory begun(ScenarioTestWorld scenarioTestWorld) {
    var orderNo = EvidenceScenarioTests.bought(scenarioTestWorld, "1").orderNo();
    assertThat(EvidenceScenarioTests.records(scenarioTestWorld, orderNo)).isEmpty();
    return new EvidenceKillStory(orderNo);
  }

  @Override
  public void afterTheKill(ScenarioTestWorld scenarioTestWorld) {
    scenarioTestWorld.advance("PT0S");
    assertThat(EvidenceScenarioTests.records(scenarioTestWorld, orderNo)).hasSize(3);
    var head = scenarioTestWorld.client().get(scenarioTestWorld.target().at("/trust/head"), null);
    assertThat(head.path("tree_size").asInt()).isEqualTo(3);
    var bundle = EvidenceScenarioTests.bundle(scenarioTestWorld, orderNo).body();
    assertThat(BundleCheck.verify(bundle, null).verified()).isTrue();
  }

  @Override
  public void afterAnotherKill(ScenarioTestWorld scenarioTestWorld) {
    afterTheKill(scenarioTestWorld);
  }
}
