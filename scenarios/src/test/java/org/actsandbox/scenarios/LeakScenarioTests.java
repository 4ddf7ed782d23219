package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import org.actsandbox.scenarios.engine.MutantRun;
import org.actsandbox.scenarios.engine.PackRun;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.script.ScenarioPack;
import org.actsandbox.scenarios.script.ScriptReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Tests that a scenario that says nothing about leaks fails if there is one, with the place of the
 * leak.
 */
@ExtendWith(SandboxExtension.class)
class LeakScenarioTests {

  private static final String SILENT =
      """
      scenario: says-nothing-of-leaks
      world: {mutants: [budget-told-to-merchants]}
      steps:
        - say: Find me a phone charger for at most 317 yuan
          expect: {outcome: offered}
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "budget-told-to-merchants",
        "sentence-in-payment-request",
        "account-shown-to-agent"
      })
  void aTalkativeParticipantIsNoticed(String mutant, TargetServer targetServer) {
    var script = ScenarioPack.load().find("who-knows-what");
    assertThat(new MutantRun(targetServer, 1, "leaks").isKilledBy(mutant, script)).isTrue();
  }

  /**
   * The other merchant received the journey as well, but from the agent; a merchant may still not
   * pass it on.
   */
  @Test
  void aMerchantThatTellsAnotherWhatThatOneKnowsIsNoticed(TargetServer targetServer) {
    var script = ScenarioPack.load().find("who-knows-what");
    assertThat(new MutantRun(targetServer, 1, "leaks-on").isKilledBy("journey-passed-on", script))
        .isTrue();
    var told =
        ScriptReader.read(
            "own",
            script
                .source()
                .replaceFirst("kills: .*", "world: {mutants: [journey-passed-on]}")
                .replace(
                    "leaks: []",
                    "leaks: [{participant: raileast, datum: itinerary, to: gotrip-rail}]"));
    var run = new PackRun(targetServer, 1, "leaks-both", 1);
    assertThat(run.play(told).failure()).isNull();
    var wrong = ScriptReader.read("own", told.source().replace("to: gotrip-rail", "to: bazaar88"));
    var scenarioFailure = run.play(wrong).failure();
    assertThat(scenarioFailure).isNotNull();
    assertThat(scenarioFailure.mismatches().getFirst().observed())
        .contains("raileast told gotrip-rail the itinerary (CID-2)", "query.passenger");
  }

  @Test
  void silenceMeansThatNothingMayLeak(TargetServer targetServer) {
    var scenarioFailure =
        new PackRun(targetServer, 1, "leaks", 1).play(ScriptReader.read("own", SILENT)).failure();

    assertThat(scenarioFailure).isNotNull();
    assertThat(scenarioFailure.mismatches().getFirst().observed())
        .contains("luma-mart was told the budget (CID-2) by demo-agent", "can_spend", "317");
  }

  @Test
  void anExpectedLeakPassesAndOneThatDoesNotHappenFails(TargetServer targetServer) {
    var told =
        SILENT
            + "expect: {leaks: [{participant: luma-mart, datum: budget}, "
            + "{participant: bazaar88, datum: budget}]}\n";
    var run = new PackRun(targetServer, 1, "leaks-told", 1);

    assertThat(run.play(ScriptReader.read("own", told)).failure()).isNull();
    var honest = told.replace("world: {mutants: [budget-told-to-merchants]}", "world: {seed: x}");
    var scenarioFailure = run.play(ScriptReader.read("own", honest)).failure();
    assertThat(scenarioFailure).isNotNull();
    assertThat(scenarioFailure.mismatches())
        .extracting(mismatch -> mismatch.expected() + " / " + mismatch.observed())
        .containsExactly(
            """
            {"participant":"luma-mart","datum":"budget"} / no such leak""",
            """
            {"participant":"bazaar88","datum":"budget"} / no such leak""");
  }
}
