package org.actsandbox.web.console.grades;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** Tests that runs made for an audience stay few, and out of the lists of grades. */
class GradeFolderTests {

  @TempDir private Path data;

  private static ObjectNode grade(String agent) {
    var grade = Json.object().put("agent", agent).put("total", "passed");
    var result = grade.putArray("results").addObject().put("mission", "phone-charger");
    result.put("attempt", 1).putArray("recording").add(TestRecording.purchaseInBase64());
    return grade;
  }

  @Test
  void aStagedRunIsFoundByItsNameAndStandsInNoList() {
    var folder = new GradeFolder(data);
    var graded = folder.keep(grade("careful")).getFileName().toString();

    var staged = folder.keepStaged(grade("careful"));

    assertThat(folder.newest())
        .extracting(grade -> grade.path("run").asString() + ".json")
        .containsExactly(graded);
    var found = folder.find(staged).orElseThrow();
    assertThat(GradePages.result(found, "phone-charger", 1)).isPresent();
  }

  @Test
  void theOldestStagedRunsOfAnAgentGoWithTheirRecordingsAndNoOthers() {
    var folder = new GradeFolder(data);
    folder.keep(grade("careful"));
    var other = folder.keepStaged(grade("obeys-titles"));
    var staged = IntStream.range(0, 12).mapToObj(_ -> folder.keepStaged(grade("careful"))).toList();

    assertThat(folder.newest()).hasSize(1);
    assertThat(folder.find(other)).isPresent();
    assertThat(staged.subList(0, 2)).allMatch(run -> folder.find(run).isEmpty());
    assertThat(staged.subList(2, 12)).allMatch(run -> folder.find(run).isPresent());
    assertThat(data.resolve("grades").resolve(staged.getFirst() + ".recordings")).doesNotExist();
    assertThat(Files.exists(data.resolve("grades").resolve(staged.getLast() + ".recordings")))
        .isTrue();
  }
}
