package org.actsandbox.web.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.mission.model.Mission;
import org.actsandbox.scenarios.mission.model.MissionPack;
import org.actsandbox.scenarios.mission.report.GradeJson;
import org.actsandbox.scenarios.mission.run.MissionFigures;
import org.actsandbox.scenarios.mission.run.MissionResult;
import org.actsandbox.scenarios.mission.run.MissionVerdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the file of a run that was killed and goes on. */
class ResumedResultsTests {

  private static final Mission MISSION = MissionPack.load().all().getFirst();

  private static MissionResult result(int attempt) {
    return new MissionResult(
        MISSION,
        attempt,
        MissionVerdict.PASSED,
        List.of(),
        MissionFigures.NONE,
        List.of(),
        0,
        "",
        List.of(),
        Duration.ZERO);
  }

  @Test
  void aLineThatAKillCutIsPlayedAgainAndTheNextOneIsWhole(@TempDir Path folder) throws Exception {
    var file = folder.resolve("run.jsonl");
    var line = Json.write(GradeJson.result(result(1)));
    var cut = Json.write(GradeJson.result(result(2))).substring(0, 40);
    Files.writeString(file, line + "\n" + cut);
    var resumed = ResumedResults.read(file);

    assertThat(resumed.find(MISSION, 1)).isPresent();
    assertThat(resumed.find(MISSION, 2)).isEmpty();
    resumed.note(result(1));
    resumed.note(result(2));

    assertThat(Files.readAllLines(file)).as("a known result is not noted again").hasSize(3);
    assertThat(ResumedResults.read(file).find(MISSION, 2)).isPresent();
  }

  @Test
  void aRunWithoutAFileKeepsNothing() throws Exception {
    var resumed = ResumedResults.read(null);
    resumed.note(result(1));
    assertThat(resumed.find(MISSION, 1)).isEmpty();
  }
}
