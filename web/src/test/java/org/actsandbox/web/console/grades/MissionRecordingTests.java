package org.actsandbox.web.console.grades;

import static org.actsandbox.web.console.grades.TestRecording.LAST;
import static org.actsandbox.web.console.grades.TestRecording.exchange;
import static org.actsandbox.web.console.grades.TestRecording.purchase;
import static org.actsandbox.web.console.grades.TestRecording.zipped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.web.console.browser.ConsoleServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** Tests that graded missions are played from their recordings, and what is no recording. */
class MissionRecordingTests {

  private final ConsoleServer server = ConsoleServer.shared();
  private final HttpClient client = HttpClient.newHttpClient();

  private static ObjectNode grade(String agent, byte[] recording) {
    var grade = Json.object().put("format", 1).put("agent", agent).put("total", "failed");
    grade.putObject("counts").put("failed", 1);
    grade.putObject("figures").put("lost", "5.00");
    var result = grade.putArray("results").addObject().put("mission", "phone-charger");
    result.putObject("title").put("en", "A charger").put("zh", "充电器");
    result.put("attempt", 1).put("verdict", "failed").put("lost", "5.00").put("wrong_at", 11);
    result.putArray("reasons").add("paid twice");
    result.putArray("recording").add(Base64.getEncoder().encodeToString(recording));
    return grade;
  }

  private String keep(ObjectNode grade) {
    var folder = new GradeFolder(server.bean(SandboxSettings.class).data());
    return String.valueOf(folder.keep(grade).getFileName()).replace(".json", "");
  }

  private HttpResponse<String> get(String path, boolean loggedIn) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server.origin() + path)).header("Accept", "*/*");
    if (loggedIn) {
      request.header("Cookie", server.cookie());
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void aMissionIsPlayedWithoutItsWorldAndShowsWhereItFirstWentWrong() throws Exception {
    var at = "/console/demo/grades/" + keep(grade("played", purchase())) + "/phone-charger";
    var page = get(at + "/play/1", true);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("data-replay=\"play\"", "entry-7", "entry-11", "¥5.00 lost")
        .doesNotContain("entry-3\"", "entry-9\"");
    assertThat(page.body().split("class=\"wrong-here", -1)).hasSize(2);
    assertThat(page.body().indexOf("entry-11")).isLessThan(page.body().indexOf("wrong-here"));
    assertThat(get(at + "/play/1/11", true).body()).contains("/psp/payments");
    assertThat(get(at + "/play/1/12", true).statusCode()).isEqualTo(404);
    assertThat(get(at + "/play/2", true).statusCode()).isEqualTo(404);
    assertThat(get(at + "/play/1", false).body()).doesNotContain("entry-11");
    assertThat(get(at, true).body()).contains("/phone-charger/play/1\"");
  }

  @Test
  void twoAgentsArePlayedBesideEachOtherAndTheFirstDifferenceIsMarked() throws Exception {
    var one = keep(grade("left", purchase()));
    var other =
        keep(
            grade(
                "right",
                zipped(
                    exchange(
                        5, "did:act:a", "did:act:luma-mart", "/merchants/luma-mart/intents", 200),
                    LAST.replace("did:act:shopper", "did:act:a"))));
    var page = get("/console/demo/grades/" + one + "/phone-charger/play/1?with=" + other, true);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).containsOnlyOnce("id=\"first-difference\"");
    assertThat(page.body().indexOf("entry-right-5"))
        .as("the same message stands before the first difference")
        .isBetween(0, page.body().indexOf("id=\"first-difference\""));
    assertThat(page.body().indexOf("entry-left-11"))
        .isGreaterThan(page.body().indexOf("id=\"first-difference\""));
  }

  @Test
  void aFileThatIsGivenAwayIsPlayedWhereItIsLoaded(@TempDir Path elsewhere) throws Exception {
    var run = keep(grade("travelled", purchase()));
    var given = get("/console/demo/grades/" + run + "/files/json", true).body();
    var there = new GradeFolder(elsewhere);
    var file = there.keep(UploadedGrade.read(given.getBytes(StandardCharsets.UTF_8)));
    var name = String.valueOf(file.getFileName()).replace(".json", "");
    var loaded = there.find(name).orElseThrow();

    assertThat(PlayedMission.find(there, loaded, "phone-charger", 1)).isPresent();
    assertThat(Files.readString(file)).as("lists do not read recordings").doesNotContain("H4sI");
    assertThat(there.removeUploaded(name)).isTrue();
    try (var left = Files.list(elsewhere.resolve("grades"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void aSharedRunIsPlayedByItsLinkAndLeadsNowhereElse() throws Exception {
    var folder = new GradeFolder(server.bean(SandboxSettings.class).data());
    var run = keep(grade("shared-played", purchase()));
    var link = folder.link(run, Instant.now().plusSeconds(60)).orElseThrow();
    var at = "/shared/grade/" + link.token();

    assertThat(get(at, false).body()).contains(at + "/phone-charger/play/1");
    var page = get(at + "/phone-charger/play/1", false);
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("entry-11").doesNotContain("/console/demo");
    assertThat(get(at + "/phone-charger/play/1/11", false).body()).contains("/psp/payments");
    assertThat(get("/shared/grade/" + "x".repeat(43) + "/phone-charger/play/1", false).statusCode())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"seq\":1}",
        "[]",
        "null",
        "{\"seq\":1,\"at\":\"never\"}",
        "{\"seq\":1,\"at\":\"2026-11-25T01:00:00Z\",\"recorded_at\":\"2026-11-25T01:00:00Z\","
            + "\"actor\":\"a\",\"kind\":\"EXCHANGE\",\"component\":\"\",\"event\":\"e\",\"ids\":{},"
            + "\"data\":{\"method\":\"GET\",\"status\":200}}"
      })
  void whatIsNoJournalIsNoRecording(String line) throws Exception {
    assertThat(MissionRecording.read(zipped(line, LAST))).isEmpty();
    var grade = grade("refused", zipped(line, LAST));
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> UploadedGrade.read(Json.bytes(grade)))
        .satisfies(refused -> assertThat(refused.field()).isEqualTo("results[0].recording"));
  }

  @Test
  void aRecordingHasItsLimits() throws Exception {
    var same = exchange(7, "did:act:shopper", "did:act:luma-mart", "/x", 200);
    assertThat(MissionRecording.read(zipped(same, same, LAST))).as("numbers rise").isEmpty();
    assertThat(MissionRecording.read(zipped(" ".repeat(9 * 1024 * 1024), LAST)))
        .as("a little file that expands")
        .isEmpty();
    assertThat(MissionRecording.read("no gzip".getBytes(StandardCharsets.UTF_8))).isEmpty();
    assertThat(MissionRecording.read(zipped(LAST.replace("http://", "::")))).isEmpty();
    assertThat(MissionRecording.read(zipped(same, LAST))).isPresent();
    assertThat(MissionRecording.bytes(Json.tree(List.of("!no base64!")))).isEmpty();
  }
}
