package org.actsandbox.scenarios.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.actsandbox.client.SandboxClient;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.SandboxExtension;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.ScenarioVerdict;
import org.actsandbox.scenarios.engine.StepResult;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.play.PlayProgress.State;
import org.actsandbox.scenarios.script.ScenarioPack;
import org.actsandbox.scenarios.script.ScenarioStep;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.scenarios.script.ScriptReader;
import org.actsandbox.scenarios.script.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests plays of scenarios: steps are announced, paused, resumed and stopped, and one thing can be
 * changed.
 */
@ExtendWith(SandboxExtension.class)
class PlayScenarioTests {

  /**
   * A pace slower than any test waits: no step is played unless the test steps or resumes the play.
   */
  private static final PlayPace GLACIAL = new PlayPace(Duration.ofHours(1));

  private static final Script THREE =
      ScriptReader.read(
          "three.yaml",
          """
          scenario: three
          steps:
            - advance: PT1M
            - advance: PT2M
            - buy: {merchant: luma-mart, need: {kind: shop, terms: phone charger}, until: cart}
          expect: {orders: [{merchant: luma-mart, status: HELD, count: 1}]}
          """);

  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  private final PlayListener listener =
      new PlayListener() {
        @Override
        public void stepStarted(ScenarioStep scenarioStep, Text explanation) {
          events.add("about to " + scenarioStep.verb().code());
        }

        @Override
        public void stepFinished(StepResult result) {
          events.add((result.passed() ? "did " : "failed ") + result.step().verb().code());
        }

        @Override
        public void finished(ScenarioVerdict scenarioVerdict) {
          events.add(scenarioVerdict.passed() ? "passed" : "failed");
        }
      };

  @Test
  void announcesPausesStepsResumesAndKeepsTheWorld(TargetServer targetServer) {
    try (var scenarioPlays = new ScenarioPlays(1)) {
      var scenarioPlay = scenarioPlays.start(THREE, targetServer, "watched", GLACIAL, listener);

      next("about to advance");
      scenarioPlay.pause();
      assertThat(scenarioPlay.progress().state()).isEqualTo(State.PAUSED);
      assertThat(scenarioPlay.progress().current()).isEqualTo(THREE.steps().getFirst());
      assertThat(scenarioPlay.progress().done()).isEmpty();

      scenarioPlay.step();
      next("did advance");
      next("about to advance");
      assertThat(scenarioPlay.progress().done()).hasSize(1);
      assertThat(events).isEmpty();

      scenarioPlay.setPace(PlayPace.MACHINE);
      scenarioPlay.resume();
      next("did advance");
      next("about to buy");
      next("did buy");
      next("passed");
      assertThat(scenarioPlay.progress().state()).isEqualTo(State.FINISHED);
      assertThat(scenarioPlays.find("watched")).contains(scenarioPlay);
      var targetWorld = scenarioPlay.target().orElseThrow();
      assertThat(
              new SandboxClient(targetServer.outbound())
                  .get(targetWorld.api(""), targetWorld.keys().operator())
                  .at("/clock/now")
                  .asString())
          .isEqualTo("2026-11-25T01:03:00Z");
    }
  }

  @Test
  void stopsBeforeItsNextStepAndMakesRoom(TargetServer targetServer) {
    try (var scenarioPlays = new ScenarioPlays(1)) {
      var scenarioPlay = scenarioPlays.start(THREE, targetServer, "stopped", GLACIAL, listener);
      next("about to advance");

      assertThatThrownBy(
              () -> scenarioPlays.start(THREE, targetServer, "other", PlayPace.MACHINE, listener))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> assertThat(refusal.problem()).isEqualTo(Problem.RATE_LIMITED));

      scenarioPlay.stop();
      awaitOver(scenarioPlay);
      assertThat(scenarioPlay.progress().state()).isEqualTo(State.STOPPED);
      assertThat(scenarioPlay.progress().verdict()).isNull();
      assertThat(events).isEmpty();

      scenarioPlays.start(THREE, targetServer, "after-it", PlayPace.MACHINE, PlayListener.NONE);
    }
  }

  @Test
  void aWorldNameThatIsTakenIsReportedAsAFailure(TargetServer targetServer) {
    new SandboxClient(targetServer.outbound())
        .newWorld(targetServer.origin(), null, Map.of("name", "taken-already"));
    try (var scenarioPlays = new ScenarioPlays(1)) {
      var scenarioPlay =
          scenarioPlays.start(THREE, targetServer, "taken-already", PlayPace.MACHINE, listener);

      next("failed");
      assertThat(String.valueOf(scenarioPlay.progress().verdict())).contains("world taken-already");
    }
  }

  @Test
  void changingAParameterChangesTheOutcome(TargetServer targetServer) {
    var script = ScenarioPack.load().find("seed-story");
    assertThat(ScenarioParameters.of(script))
        .extracting(ScenarioParameter::name, ScenarioParameter::kind, ScenarioParameter::value)
        .contains(
            org.assertj.core.groups.Tuple.tuple(
                "/world/seed", ScenarioParameter.Kind.TEXT, "early-train"),
            org.assertj.core.groups.Tuple.tuple(
                "/world/principal/balance", ScenarioParameter.Kind.AMOUNT, "20000.00"),
            org.assertj.core.groups.Tuple.tuple(
                "/steps/1",
                ScenarioParameter.Kind.TEXT,
                "Find me a window seat on tomorrow's early train to Shanghai"));
    var poor = ScenarioParameters.withValues(script, Map.of("/world/principal/balance", "10.00"));

    try (var scenarioPlays = new ScenarioPlays(1)) {
      scenarioPlays.start(poor, targetServer, "poor-story", PlayPace.MACHINE, listener);

      String last = "";
      while (!last.equals("failed") && !last.equals("passed")) {
        last = next();
      }
      assertThat(last).isEqualTo("failed");
    }
  }

  @Test
  void aSwitchRemovesTheStepOrTheFaultOrTheChangedField() {
    var script =
        ScriptReader.read(
            "parameters.yaml",
            """
            scenario: parameters
            world:
              faults: [{name: delay, participant: raileast, parameters: {ms: 100}, as: slow}, {name: connection_cut}]
            steps:
              - disturb: {merchant: raileast, type: price_moved, item: x, percent: 10}
              - intent: {merchant: raileast, need: {kind: train}, tamper: {/amount: {flip: true}}}
            """);

    var changed =
        ScenarioParameters.withValues(
            script,
            Map.of(
                "/world/faults/0", "off",
                "/world/faults/0/parameters/ms", "5",
                "/steps/1/percent", "-20",
                "/steps/2/tamper/~1amount", "off"));

    assertThat(changed.world().path("faults").toString())
        .isEqualTo("[{\"name\":\"connection_cut\"}]");
    assertThat(changed.steps().getFirst().arguments().path("percent").intValue()).isEqualTo(-20);
    assertThat(changed.steps().get(1).arguments().path("tamper").isEmpty()).isTrue();
    assertThat(ScenarioParameters.withValues(script, Map.of("/steps/1", "off")).steps())
        .extracting(ScenarioStep::verb)
        .containsExactly(Verb.INTENT);
    assertThat(changed.digest()).isNotEqualTo(script.digest());
  }

  @Test
  void parametersRefuseValuesThatTheyCannotHave() {
    assertThatThrownBy(() -> ScenarioParameters.withValues(THREE, Map.of("/steps/1", "soon")))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.expected()).contains("PT10M"));
    assertThatThrownBy(() -> ScenarioParameters.withValues(THREE, Map.of("/world/sed", "x")))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.remedy()).isEqualTo("Did you mean /world/seed?"));
  }

  private String next() {
    try {
      return String.valueOf(events.poll(60, TimeUnit.SECONDS));
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("interrupted while waiting for the play", interrupted);
    }
  }

  private void next(String expected) {
    assertThat(next()).isEqualTo(expected);
  }

  /** Waits until the play's thread has ended, which a stop only requests. */
  private static void awaitOver(ScenarioPlay scenarioPlay) {
    await().atMost(Duration.ofSeconds(60)).until(() -> scenarioPlay.progress().state().isOver());
  }
}
