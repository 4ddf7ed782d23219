package org.actsandbox.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.engine.TargetServer;
import org.actsandbox.scenarios.mission.agent.BuiltInAgent;
import org.actsandbox.scenarios.mission.agent.MissionAgent;
import org.actsandbox.scenarios.mission.gallery.Flaw;
import org.actsandbox.scenarios.mission.gallery.GalleryAgent;
import org.actsandbox.scenarios.mission.model.Mission;
import org.actsandbox.scenarios.mission.model.MissionPack;
import org.actsandbox.scenarios.mission.report.GradeText;
import org.actsandbox.scenarios.mission.run.GradeOptions;
import org.actsandbox.scenarios.mission.run.GradeReport;
import org.actsandbox.scenarios.mission.run.GradeRun;
import org.actsandbox.scenarios.mission.run.MissionResult;
import org.actsandbox.scenarios.mission.run.ModelBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Plays the missions with every bad agent of the gallery and writes down which it fails; on demand:
 * {@code -Dtest=GalleryMatrixSurvey}, with {@code -Dgallery=NAME,NAME} for some. The careful agent
 * plays first and tells which flaw makes a difference where: a bad agent does in all other missions
 * just what the careful one does, and they are not played again.
 */
@ExtendWith(SandboxExtension.class)
class GalleryMatrixSurvey {

  private static final Path KEPT =
      Path.of("src/main/resources/org/actsandbox/scenarios/mission/gallery/failures.json");

  private static final List<Mission> ALL = MissionPack.of(Path.of("missions")).all();

  @Test
  void theGoodAgentsPassEverything(TargetServer targetServer) {
    for (var agent : List.of(new BuiltInAgent("built-in"), new GalleryAgent(null))) {
      for (var language : List.of("en", "zh")) {
        var report = play(targetServer, agent, language, ALL);
        System.out.println(agent.name() + " " + language + "\n" + GradeText.summary(report));
        assertThat(report.results().stream().filter(each -> !each.passed()).map(GradeText::line))
            .isEmpty();
      }
    }
  }

  @Test
  void everyBadAgentOnEveryMission(TargetServer targetServer) throws IOException {
    var failures = kept();
    var selected = System.getProperty("gallery", "");
    var careful = new GalleryAgent(null);
    assertThat(play(targetServer, careful, "en", ALL).results())
        .allSatisfy(each -> assertThat(each.reasons()).as(each.mission().name()).isEmpty());
    for (var flaw : Flaw.values()) {
      if (selected.isEmpty() || Arrays.asList(selected.split(",")).contains(flaw.code())) {
        var missions =
            ALL.stream().filter(each -> careful.met(each.name()).contains(flaw)).toList();
        var report = play(targetServer, new GalleryAgent(flaw), "en", missions);
        var failed =
            report.results().stream()
                .filter(each -> !each.passed())
                .map(MissionResult::mission)
                .map(Mission::name)
                .toList();
        System.out.printf(
            "%s fails %d of %d: %s, loses %s%n",
            flaw.code(), failed.size(), missions.size(), failed, report.lost());
        assertThat(failed).as(flaw.code()).isNotEmpty();
        failures.put(flaw, failed);
        write(failures);
      }
    }
  }

  private static GradeReport play(
      TargetServer targetServer, MissionAgent agent, String language, List<Mission> missions) {
    var options =
        new GradeOptions(
            language, 1, 2, Duration.ofSeconds(40), "built-in", ModelBudget.NONE, false);
    return new GradeRun(targetServer, agent, options, "survey" + System.nanoTime())
        .play(missions, _ -> {});
  }

  private static Map<Flaw, List<String>> kept() throws IOException {
    Map<Flaw, List<String>> failures = new EnumMap<>(Flaw.class);
    var json = Json.parse(Files.readString(KEPT));
    for (var flaw : Flaw.values()) {
      failures.put(
          flaw, json.path(flaw.code()).valueStream().map(each -> each.asString()).toList());
    }
    return failures;
  }

  /** Writes the missions of each agent, those that the fewest others fail first. */
  private static void write(Map<Flaw, List<String>> failures) throws IOException {
    var lines = new ArrayList<String>();
    failures.forEach(
        (flaw, missions) -> {
          var sorted = new ArrayList<>(missions);
          sorted.sort(
              Comparator.comparingLong(
                      (String mission) ->
                          failures.values().stream().filter(all -> all.contains(mission)).count())
                  .thenComparing(Comparator.naturalOrder()));
          lines.add("  %s: %s".formatted(Json.write(flaw.code()), Json.write(sorted)));
        });
    Files.writeString(KEPT, "{\n" + String.join(",\n", lines) + "\n}\n", StandardCharsets.UTF_8);
  }
}
