package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import org.actsandbox.scenarios.engine.MutantRun;
import org.actsandbox.scenarios.engine.PackRun;
import org.actsandbox.scenarios.engine.Server;
import org.actsandbox.scenarios.script.Pack;
import org.actsandbox.scenarios.script.Scripts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A scenario that says nothing about leaks fails when there is one, and says where it was. */
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
  void aTalkativeParticipantIsNoticed(String mutant, Server server) {
    var script = Pack.here().find("who-knows-what");
    assertThat(new MutantRun(server, 1, "leaks").isKilledBy(mutant, script)).isTrue();
  }

  /** The other was asked for the journey, too: that gives nobody else leave to tell it. */
  @Test
  void aMerchantThatTellsAnotherWhatThatOneKnowsIsNoticed(Server server) {
    var script = Pack.here().find("who-knows-what");
    assertThat(new MutantRun(server, 1, "leaks-on").isKilledBy("journey-passed-on", script))
        .isTrue();
    var told =
        Scripts.read(
            "own",
            script
                .source()
                .replaceFirst("kills: .*", "world: {mutants: [journey-passed-on]}")
                .replace(
                    "leaks: []",
                    "leaks: [{participant: raileast, datum: itinerary, to: gotrip-rail}]"));
    var run = new PackRun(server, 1, "leaks-both", 1);
    assertThat(run.play(told).failure()).isNull();
    var wrong = Scripts.read("own", told.source().replace("to: gotrip-rail", "to: bazaar88"));
    var failure = run.play(wrong).failure();
    assertThat(failure).isNotNull();
    assertThat(failure.mismatches().getFirst().observed())
        .contains("raileast told gotrip-rail the itinerary (CID-2)", "query.passenger");
  }

  @Test
  void silenceMeansThatNothingMayLeak(Server server) {
    var failure = new PackRun(server, 1, "leaks", 1).play(Scripts.read("own", SILENT)).failure();

    assertThat(failure).isNotNull();
    assertThat(failure.mismatches().getFirst().observed())
        .contains("luma-mart was told the budget (CID-2) by demo-agent", "can_spend", "317");
  }

  @Test
  void anExpectedLeakPassesAndOneThatDoesNotHappenFails(Server server) {
    var told =
        SILENT
            + "expect: {leaks: [{participant: luma-mart, datum: budget}, "
            + "{participant: bazaar88, datum: budget}]}\n";
    var run = new PackRun(server, 1, "leaks-told", 1);

    assertThat(run.play(Scripts.read("own", told)).failure()).isNull();
    var honest = told.replace("world: {mutants: [budget-told-to-merchants]}", "world: {seed: x}");
    var failure = run.play(Scripts.read("own", honest)).failure();
    assertThat(failure).isNotNull();
    assertThat(failure.mismatches())
        .extracting(mismatch -> mismatch.expected() + " / " + mismatch.observed())
        .containsExactly(
            """
            {"participant":"luma-mart","datum":"budget"} / no such leak""",
            """
            {"participant":"bazaar88","datum":"budget"} / no such leak""");
  }
}
