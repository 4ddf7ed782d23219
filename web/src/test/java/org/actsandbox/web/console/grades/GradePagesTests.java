package org.actsandbox.web.console.grades;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.web.console.browser.ConsoleServer;
import org.junit.jupiter.api.Test;

/** Tests what the pages of grades say of kept runs, and the files of a run. */
class GradePagesTests {

  private final ConsoleServer server = ConsoleServer.shared();
  private final GradeFolder folder = new GradeFolder(server.bean(SandboxSettings.class).data());
  private final HttpClient client = HttpClient.newHttpClient();

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(server.origin() + "/console/demo/grades" + path))
            .header("Accept", "*/*")
            .header("Cookie", server.cookie())
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Keeps a run with one mission and returns its name. */
  private String keep(String agent, String total, int passed, String lost) {
    var grade = Json.object().put("agent", agent).put("total", total);
    grade.putObject("counts").put("passed", passed);
    grade.putObject("figures").put("lost", lost);
    var result = grade.putArray("results").addObject().put("mission", "phone-charger");
    result.put("attempt", 1).put("verdict", passed > 0 ? "passed" : "failed").put("lost", lost);
    var story = result.put("wrong_at", 7).putArray("story").addObject();
    story.put("seq", 7).put("actor", agent).put("what", "POST /psp/payments 201 by " + agent);
    var file = folder.keep(grade).getFileName().toString();
    return file.replace(".json", "");
  }

  @Test
  void theBestRunsOfAgentsAreRankedAndInvalidOnesAreNot() throws Exception {
    keep("ranked-second", "failed", 1, "9.00");
    keep("ranked-first", "failed", 1, "8.00");
    keep("ranked-first", "failed", 0, "0.00");
    keep("ranked-never", "invalid", 5, "0.00");
    var page = get("").body();
    var best = page.substring(page.indexOf("id=\"best\""), page.indexOf("</table>"));

    assertThat(best).containsOnlyOnce(">ranked-first<").doesNotContain("ranked-never");
    assertThat(best.indexOf("ranked-first")).isLessThan(best.indexOf("ranked-second"));
  }

  @Test
  void anUploadedRunIsMarkedAndTakesNoOthersPlace() throws Exception {
    var own = keep("twice-known", "failed", 1, "9.00");
    var elsewhere =
        Json.object().put("format", 1).put("agent", "twice-known").put("total", "passed");
    var result = elsewhere.putArray("results").addObject().put("mission", "phone-charger");
    result.put("attempt", 1).put("verdict", "passed").put("lost", "0.00");
    var file = folder.keep(UploadedGrade.read(Json.bytes(elsewhere)));
    var uploaded = String.valueOf(file.getFileName()).replace(".json", "");
    var page = get("").body();
    var best = page.substring(page.indexOf("id=\"best\""), page.indexOf("</table>"));

    assertThat(best).contains("/" + own, "/" + uploaded);
    assertThat(get("/" + uploaded).body()).contains("not verified here", "remove-run");
    assertThat(get("/" + own).body()).doesNotContain("not verified here", "remove-run");
    assertThat(get("/" + own + "?with=" + uploaded).body()).contains("not verified here");
  }

  @Test
  void aRunIsAFileForProgramsAndOneForPeople() throws Exception {
    var run = keep("exported", "passed", 1, "0.00");

    var json = get("/" + run + "/files/json");
    assertThat(json.headers().firstValue("Content-Disposition").orElse("")).contains(run + ".json");
    assertThat(Json.parse(json.body()).path("agent").asString()).isEqualTo("exported");
    assertThat(get("/" + run + "/files/html").body())
        .contains("<html lang=\"en\"", "exported", "Money lost");
    assertThat(get("/" + run + "/files/exe").statusCode()).isEqualTo(404);
    assertThat(get("/..%2F..%2Fserver/files/json").statusCode()).isEqualTo(404);
  }

  @Test
  void missionsThatDidNotPassStandFirstAndALaterAttemptSaysSo() throws Exception {
    var grade = Json.object().put("agent", "ordered").put("total", "failed");
    grade.putObject("counts").put("passed", 2);
    var results = grade.putArray("results");
    for (int attempt = 1; attempt <= 2; attempt++) {
      for (var verdict : new String[] {"passed", attempt == 1 ? "passed" : "failed"}) {
        var mission = "of-ours-" + results.size();
        var result = results.addObject().put("mission", mission).put("attempt", attempt);
        result.put("verdict", verdict).put("lost", "0.00").putObject("title").put("en", mission);
      }
    }
    var run = folder.keep(grade).getFileName().toString().replace(".json", "");
    var page = get("/" + run).body();

    assertThat(page)
        .containsSubsequence(
            ">of-ours-3<", ">attempt 2<", ">of-ours-0<", ">of-ours-1<", ">of-ours-2<");
  }

  @Test
  void twoAgentsStandBesideEachOtherInAMission() throws Exception {
    var one = keep("left-agent", "failed", 0, "5.00");
    var other = keep("right-agent", "passed", 1, "0.00");

    assertThat(get("/" + one + "/phone-charger?with=" + other).body())
        .contains("by left-agent", "by right-agent");
    assertThat(get("/" + one + "/phone-charger").body()).doesNotContain("by right-agent");
  }

  @Test
  void aLinkShowsOneRunWithoutALoginUntilItEndsOrIsReplaced() throws Exception {
    var run = keep("shared-agent", "failed", 0, "5.00");
    keep("not-shared-agent", "failed", 0, "5.00");
    var now = Instant.now();
    var replaced = folder.link(run, now.plusSeconds(60)).orElseThrow();
    var link = folder.link(run, now.plusSeconds(60)).orElseThrow();

    var page = withoutLogin("/shared/grade/" + link.token());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body())
        .contains("shared-agent")
        .doesNotContain("not-shared-agent", "/console/demo/grades");
    assertThat(withoutLogin("/shared/grade/" + link.token() + "/files/html").body())
        .contains("shared-agent", "Money lost");
    assertThat(withoutLogin("/shared/grade/" + link.token() + "/files/exe").statusCode())
        .isEqualTo(404);
    assertThat(withoutLogin("/shared/grade/" + replaced.token()).statusCode()).isEqualTo(404);
    assertThat(withoutLogin("/shared/grade/" + "x".repeat(43)).statusCode()).isEqualTo(404);
    assertThat(folder.open(link.token(), now.plusSeconds(61))).isEmpty();
    assertThat(folder.link("..-no-run", now)).isEmpty();
    try (var files = Files.list(data().resolve("grades"))) {
      assertThat(files.filter(each -> each.toString().endsWith(".link")))
          .allSatisfy(each -> assertThat(Files.readString(each)).doesNotContain(link.token()));
    }
  }

  private HttpResponse<String> withoutLogin(String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(server.origin() + path)).header("Accept", "*/*").build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private Path data() {
    return server.bean(SandboxSettings.class).data();
  }
}
