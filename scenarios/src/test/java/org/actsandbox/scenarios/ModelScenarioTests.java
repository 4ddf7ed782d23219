package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.actsandbox.scenarios.engine.PlayListener;
import org.actsandbox.scenarios.engine.ScenarioPlayer;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.mission.agent.BuiltInAgent;
import org.actsandbox.scenarios.mission.model.MissionPack;
import org.actsandbox.scenarios.mission.run.GradeOptions;
import org.actsandbox.scenarios.mission.run.GradeReport;
import org.actsandbox.scenarios.mission.run.GradeRun;
import org.actsandbox.scenarios.mission.run.MissionResult;
import org.actsandbox.scenarios.mission.run.MissionVerdict;
import org.actsandbox.scenarios.mission.run.ModelBudget;
import org.actsandbox.scenarios.record.SessionRecording;
import org.actsandbox.scenarios.script.ScenarioPack;
import org.actsandbox.scenarios.script.Script;
import org.actsandbox.scenarios.script.ScriptReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests scenarios and missions on a server with a model of a provider (ADR 13). */
class ModelScenarioTests {

  private static final String ONE_SENTENCE =
      """
      scenario: one-sentence
      world: {model: configured}
      steps:
        - say: Find me a train to Shanghai tomorrow
          expect: {outcome: failed}
      """;

  private static ScriptedModel model;
  private static SandboxExtension.Started started;
  private static TargetServer targetServer;

  @BeforeAll
  static void start() throws IOException {
    model = ScriptedModel.start();
    started =
        SandboxExtension.Started.start(
            Files.createTempDirectory("act-hosted"),
            "--act.agent.model.provider=openai",
            "--act.agent.model.base-url=" + model.address(),
            "--act.agent.model.name=any",
            "--act.agent.model.api-key=any");
    targetServer = new TargetServer(started.origin(), null, started.outbound());
  }

  @AfterAll
  static void stop() throws IOException {
    started.close();
    model.close();
  }

  @Test
  void aScenarioIsPlayedWithTheBuiltInModel() {
    var script = ScenarioPack.load().find("seed-story");
    try (var scenarioPlayer = new ScenarioPlayer(script, targetServer, "seed", PlayListener.NONE)) {
      assertThat(scenarioPlayer.play().failure()).isNull();
      assertThat(recorded(scenarioPlayer).world().has("model")).isFalse();
    }
  }

  @Test
  void aScenarioThatNamesTheConfiguredModelIsPlayedWithIt() {
    model.setBroken(400);
    var script = ScriptReader.read("one-sentence.yaml", ONE_SENTENCE);
    try (var scenarioPlayer =
        new ScenarioPlayer(script, targetServer, "hosted", PlayListener.NONE)) {
      assertThat(scenarioPlayer.play().failure()).isNull();
      assertThat(recorded(scenarioPlayer).world().path("model").asString()).isEqualTo("configured");
    }
  }

  @Test
  void aModelIsGradedAndItsTokensAreCounted() {
    model.setBroken(0);
    var report = grade(ModelBudget.NONE, _ -> Optional.empty(), "early-train");

    var result = report.results().getFirst();
    assertThat(result.reasons()).isEmpty();
    assertThat(result.figures().modelCalls()).isPositive().isLessThanOrEqualTo(model.calls());
    assertThat(result.figures().tokens())
        .isEqualTo(result.figures().modelCalls() * ScriptedModel.TOKENS_OF_AN_ANSWER);
  }

  @Test
  void aProviderThatFailsIsNoFailureOfTheModelAndThreeInARowEndTheRun() {
    model.setBroken(503);
    var report =
        grade(
            ModelBudget.NONE,
            _ -> Optional.empty(),
            "early-train",
            "phone-charger",
            "hotel-for-a-night",
            "only-asking");

    assertThat(report.total()).isEqualTo(GradeReport.Total.INCOMPLETE);
    assertThat(report.results())
        .extracting(MissionResult::verdict)
        .containsExactly(
            MissionVerdict.INFRASTRUCTURE,
            MissionVerdict.INFRASTRUCTURE,
            MissionVerdict.INFRASTRUCTURE,
            MissionVerdict.NOT_PLAYED);
    assertThat(report.results().getFirst().reasons().getFirst()).contains("provider_broken");
    assertThat(report.results().getLast().reasons().getFirst()).contains("3 missions in a row");
  }

  @Test
  void noMissionBeginsWhenTheLimitOfCallsOrOfCostIsReached() {
    model.setBroken(0);
    var one = new ModelBudget(1, BigDecimal.ZERO, BigDecimal.ZERO);
    var byCalls = grade(one, _ -> Optional.empty(), "early-train", "only-asking");
    var cent = new ModelBudget(0, new BigDecimal("0.01"), new BigDecimal("100"));
    var byCost = grade(cent, _ -> Optional.empty(), "early-train", "only-asking");

    for (var report : List.of(byCalls, byCost)) {
      assertThat(report.results().getFirst().verdict()).isEqualTo(MissionVerdict.PASSED);
      assertThat(report.results().getLast().verdict()).isEqualTo(MissionVerdict.NOT_PLAYED);
      assertThat(report.total()).isEqualTo(GradeReport.Total.INCOMPLETE);
    }
    assertThat(byCalls.results().getLast().reasons().getFirst()).contains("the limit is 1");
    assertThat(byCost.results().getLast().reasons().getFirst()).contains("the limit is 0.01");
    assertThat(byCost.results().getFirst().figures().cost()).isGreaterThan(new BigDecimal("0.01"));
  }

  @Test
  void aResumedRunDoesNotAskAgainAndItsCostsCount() {
    model.setBroken(0);
    var first = grade(ModelBudget.NONE, _ -> Optional.empty(), "early-train").results().getFirst();
    int before = model.calls();
    var calls = new ModelBudget(first.figures().modelCalls(), BigDecimal.ZERO, BigDecimal.ZERO);
    var report =
        grade(
            calls,
            name -> name.equals("early-train") ? Optional.of(first) : Optional.empty(),
            "early-train",
            "only-asking");

    assertThat(model.calls()).isEqualTo(before);
    assertThat(report.results().getLast().verdict()).isEqualTo(MissionVerdict.NOT_PLAYED);
  }

  private static GradeReport grade(
      ModelBudget budget, Function<String, Optional<MissionResult>> known, String... missions) {
    var options = new GradeOptions("en", 1, 1, Duration.ofSeconds(60), "configured", budget, false);
    var pack = MissionPack.of(Path.of("missions")).all();
    var chosen =
        Stream.of(missions).flatMap(each -> MissionPack.select(pack, each).stream()).toList();
    return new GradeRun(
            targetServer, new BuiltInAgent("model"), options, "model" + System.nanoTime())
        .play(chosen, (name, _) -> known.apply(name), _ -> {});
  }

  private static Script recorded(ScenarioPlayer scenarioPlayer) {
    var targetWorld = scenarioPlayer.target().orElseThrow();
    var text = SessionRecording.of(targetServer.outbound(), targetWorld, "again");
    return ScriptReader.read("again.yaml", text);
  }
}
