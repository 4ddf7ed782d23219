package org.actsandbox.scenarios.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.scenarios.SandboxExtension;
import org.actsandbox.scenarios.client.SandboxClient;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.Server;
import org.actsandbox.scenarios.engine.StepResult;
import org.actsandbox.scenarios.engine.Verdict;
import org.actsandbox.scenarios.play.Progress.State;
import org.actsandbox.scenarios.script.Pack;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.scenarios.script.Scripts;
import org.actsandbox.scenarios.script.Step;
import org.actsandbox.scenarios.script.Verb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Watching a scenario: told before it happens, held, let go, stopped; and with one thing changed.
 */
@ExtendWith(SandboxExtension.class)
class PlayScenarioTests {

  /** Slower than any test waits: nothing passes unless somebody lets it. */
  private static final Pace GLACIAL = new Pace(Duration.ofHours(1));

  private static final Script THREE =
      Scripts.read(
          "three.yaml",
          """
          scenario: three
          steps:
            - advance: PT1M
            - advance: PT2M
            - buy: {merchant: luma-mart, need: {kind: shop, terms: phone charger}, until: cart}
          expect: {orders: [{merchant: luma-mart, status: HELD, count: 1}]}
          """);

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  private final PlayListener listener =
      new PlayListener() {
        @Override
        public void stepStarted(Step step, Text explanation) {
          heard.add("about to " + step.verb().code());
        }

        @Override
        public void stepFinished(StepResult result) {
          heard.add((result.passed() ? "did " : "failed ") + result.step().verb().code());
        }

        @Override
        public void finished(Verdict verdict) {
          heard.add(verdict.passed() ? "passed" : "failed");
        }
      };

  @Test
  void tellsHoldsStepsGoesOnAndLeavesTheWorld(Server server) {
    try (var plays = new Plays(1)) {
      var play = plays.start(THREE, server, "watched", GLACIAL, listener);

      next("about to advance");
      play.pause();
      assertThat(play.progress().state()).isEqualTo(State.PAUSED);
      assertThat(play.progress().current()).isEqualTo(THREE.steps().getFirst());
      assertThat(play.progress().done()).isEmpty();

      play.step();
      next("did advance");
      next("about to advance");
      assertThat(play.progress().done()).hasSize(1);
      assertThat(heard).isEmpty();

      play.setPace(Pace.MACHINE);
      play.goOn();
      next("did advance");
      next("about to buy");
      next("did buy");
      next("passed");
      assertThat(play.progress().state()).isEqualTo(State.FINISHED);
      assertThat(plays.find("watched")).contains(play);
      var target = play.target().orElseThrow();
      assertThat(
              new SandboxClient(server.outbound())
                  .get(target.api(""), target.keys().operator())
                  .at("/clock/now")
                  .asString())
          .isEqualTo("2026-11-25T01:03:00Z");
    }
  }

  @Test
  void stopsBeforeItsNextStepAndMakesRoom(Server server) {
    try (var plays = new Plays(1)) {
      var play = plays.start(THREE, server, "stopped", GLACIAL, listener);
      next("about to advance");

      assertThatThrownBy(() -> plays.start(THREE, server, "other", Pace.MACHINE, listener))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> assertThat(refusal.problem()).isEqualTo(Problem.RATE_LIMITED));

      play.stop();
      awaitOver(play);
      assertThat(play.progress().state()).isEqualTo(State.STOPPED);
      assertThat(play.progress().verdict()).isNull();
      assertThat(heard).isEmpty();

      plays.start(THREE, server, "after-it", Pace.MACHINE, PlayListener.NOBODY);
    }
  }

  @Test
  void aWorldThatIsThereAlreadyIsAFailureThatIsTold(Server server) {
    new SandboxClient(server.outbound())
        .newWorld(server.origin(), null, Map.of("name", "taken-already"));
    try (var plays = new Plays(1)) {
      var play = plays.start(THREE, server, "taken-already", Pace.MACHINE, listener);

      next("failed");
      assertThat(String.valueOf(play.progress().verdict())).contains("world taken-already");
    }
  }

  @Test
  void turningAKnobChangesTheOutcome(Server server) {
    var script = Pack.here().find("seed-story");
    assertThat(Knobs.of(script))
        .extracting(Knob::name, Knob::kind, Knob::value)
        .contains(
            org.assertj.core.groups.Tuple.tuple("/world/seed", Knob.Kind.TEXT, "early-train"),
            org.assertj.core.groups.Tuple.tuple(
                "/world/principal/balance", Knob.Kind.AMOUNT, "20000.00"),
            org.assertj.core.groups.Tuple.tuple(
                "/steps/1",
                Knob.Kind.TEXT,
                "Find me a window seat on tomorrow's early train to Shanghai"));
    var poor = Knobs.turned(script, Map.of("/world/principal/balance", "10.00"));

    try (var plays = new Plays(1)) {
      plays.start(poor, server, "poor-story", Pace.MACHINE, listener);

      String last = "";
      while (!last.equals("failed") && !last.equals("passed")) {
        last = next();
      }
      assertThat(last).isEqualTo("failed");
    }
  }

  @Test
  void aSwitchTakesTheStepOrTheFaultOrTheSpoiledFieldAway() {
    var script =
        Scripts.read(
            "knobs.yaml",
            """
            scenario: knobs
            world:
              faults: [{name: delay, participant: raileast, parameters: {ms: 100}, as: slow}, {name: connection_cut}]
            steps:
              - disturb: {merchant: raileast, type: price_moved, item: x, percent: 10}
              - intent: {merchant: raileast, need: {kind: train}, tamper: {/amount: {flip: true}}}
            """);

    var changed =
        Knobs.turned(
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
    assertThat(Knobs.turned(script, Map.of("/steps/1", "off")).steps())
        .extracting(Step::verb)
        .containsExactly(Verb.INTENT);
    assertThat(changed.digest()).isNotEqualTo(script.digest());
  }

  @Test
  void knobsRefuseWhatTheyCannotBeTurnedTo() {
    assertThatThrownBy(() -> Knobs.turned(THREE, Map.of("/steps/1", "soon")))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.expected()).contains("PT10M"));
    assertThatThrownBy(() -> Knobs.turned(THREE, Map.of("/world/sed", "x")))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> assertThat(refusal.remedy()).isEqualTo("Did you mean /world/seed?"));
  }

  private String next() {
    try {
      return String.valueOf(heard.poll(60, TimeUnit.SECONDS));
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("interrupted while waiting for the play", interrupted);
    }
  }

  private void next(String expected) {
    assertThat(next()).isEqualTo(expected);
  }

  /** Stopping wakes the play; its thread ends on its own. */
  private static void awaitOver(Play play) {
    await().atMost(Duration.ofSeconds(60)).until(() -> play.progress().state().isOver());
  }
}
