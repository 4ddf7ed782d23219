package org.actsandbox.web.console.grades;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Tests what of a grade that was made elsewhere is taken over, and what is refused. */
class UploadedGradeTests {

  private static ObjectNode grade(int missions) {
    var grade = Json.object().put("format", 1).put("agent", "other-agent").put("total", "failed");
    grade.putObject("counts").put("passed", 9_999);
    grade.putArray("pass").addObject().put("value", 1.0);
    grade.putObject("figures").put("lost", "0.00").put("payments_per_purchase", 1.5);
    var results = grade.putArray("results");
    for (int at = 0; at < missions; at++) {
      var result = results.addObject().put("mission", "mission-" + at).put("attempt", 1);
      result.putObject("title").put("en", "Title").put("zh", "标题");
      result.put("verdict", at == 0 ? "failed" : "passed").put("lost", at == 0 ? "5.00" : "0.00");
      result.put("world", "demo").put("wrong_at", 7);
      result.putArray("reasons").add("paid twice");
      var line = result.putArray("story").addObject();
      line.put("seq", 7).put("actor", "shopper").put("what", "POST /psp/payments 201");
    }
    return grade;
  }

  private static ObjectNode read(ObjectNode grade) {
    return UploadedGrade.read(Json.bytes(grade));
  }

  @Test
  void sumsAreCountedAgainAndTheWorldOfTheOtherMachineIsLeftOut() {
    var given = grade(4).put("run", "../../demo").put("at", "never");
    given.put("official", true);
    var read = read(given);

    assertThat(GradeFolder.isUploaded(read)).isTrue();
    assertThat(read.at("/counts/passed").asInt()).isEqualTo(3);
    assertThat(read.at("/pass/0/value").asDouble()).isEqualTo(0.75);
    assertThat(read.at("/figures/lost").asString()).isEqualTo("5.00");
    assertThat(read.at("/results/0/world").isMissingNode()).isTrue();
    assertThat(read.toString()).doesNotContain("official", "../../demo", "never");
    assertThat(read.at("/results/0/story/0/what").asString()).isEqualTo("POST /psp/payments 201");
  }

  @Test
  void textsAreCutAndHiddenCharactersLeftOut() {
    var given = grade(1).put("agent", "a\u202e\u0000" + "x".repeat(500));
    ((ObjectNode) given.at("/results/0/title")).put("en", "<script>" + "y".repeat(5_000));
    var read = read(given);

    assertThat(read.path("agent").asString()).hasSize(80).doesNotContain("\u202e", "\u0000");
    assertThat(read.at("/results/0/title/en").asString()).hasSize(500);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /results/0/verdict | "won"           | results[0].verdict
          /results/0/lost    | "-5.00"         | results[0].lost
          /results/0/lost    | "1e9"           | results[0].lost
          /results/0/mission | "../../etc"     | results[0].mission
          /results/0/mission | "a?with=b"      | results[0].mission
          /total             | "certified"     | total
          /total             | "passed"        | total
          /format            | 2               | format
          /results           | []              | results
          /results           | {"a": 1}        | results
          """)
  void aFieldThatIsNoneOfAGradeIsNamed(String pointer, String value, String field) {
    var given = grade(2);
    int end = pointer.lastIndexOf('/');
    ((ObjectNode) given.at(pointer.substring(0, end)))
        .set(pointer.substring(end + 1), Json.parse(value));

    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> read(given))
        .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field));
  }

  @ParameterizedTest
  @CsvSource({"''", "no json", "[]", "<html></html>", "'{\"a\":1,\"a\":'"})
  void aFileThatIsNoGradeIsRefused(String content) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> UploadedGrade.read(content.getBytes(StandardCharsets.UTF_8)))
        .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("file"));
  }

  @Test
  void aDeepOneAndOneOfManyMegabytesAreRefused() {
    var deep = "[".repeat(100_000) + "]".repeat(100_000);
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> UploadedGrade.read(deep.getBytes(StandardCharsets.UTF_8)));
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> UploadedGrade.read(new byte[GradeFile.MAX_CHARS + 1]));
  }

  @Test
  void aLongGradeOfThisMachineIsFoundAgain(@TempDir Path data) {
    var folder = new GradeFolder(data);
    var written = grade(1_500);
    assertThat(Json.write(written).length()).as("longer than a message").isGreaterThan(256 * 1024);
    var file = folder.keep(written);
    var run = String.valueOf(file.getFileName()).replace(".json", "");

    assertThat(folder.find(run)).isPresent();
    assertThat(folder.removeUploaded(run)).as("it is of this machine").isFalse();
    var uploaded = folder.keep(read(grade(2)));
    var name = String.valueOf(uploaded.getFileName()).replace(".json", "");
    assertThat(folder.removeUploaded(name)).isTrue();
    assertThat(folder.find(name)).isEmpty();
    assertThat(folder.removeUploaded("../../etc/passwd")).isFalse();
  }
}
