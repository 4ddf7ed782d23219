package org.actsandbox.web.console.grades;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.CallerAddress;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.scenarios.mission.run.MissionVerdict;
import org.actsandbox.web.console.form.Upload;
import org.actsandbox.web.console.frame.PageRequest;
import org.actsandbox.web.console.words.PageText;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows the grades of agents: all runs, one run, two side by side, and one mission of a run. */
@Controller
@RequestMapping("/console/{world}/grades")
class GradePages {

  private static final String SECTION = "scenarios";

  /** The most missions passed first, then the least money lost, then the newest. */
  private static final Comparator<RunRow> BY_RANK =
      Comparator.comparingLong(RunRow::passed)
          .reversed()
          .thenComparing(row -> new BigDecimal(row.lost()))
          .thenComparing(RunRow::at, Comparator.reverseOrder());

  /** Ours: so many that runs of this machine stay in sight. */
  private static final int MAX_UPLOADED = 50;

  private static final Duration LINK_TIME = Duration.ofDays(7);

  private final GradeFolder gradeFolder;
  private final Worlds worlds;
  private final Clock machine;

  GradePages(SandboxSettings sandboxSettings, Worlds worlds, Clock machine) {
    this.gradeFolder = new GradeFolder(sandboxSettings.data());
    this.worlds = worlds;
    this.machine = machine;
  }

  /**
   * One run in a list.
   *
   * @param counted the missions that count; the others were not played, or the sandbox broke
   * @param pass share of them that passed, in per cent; a dash if none counts
   * @param uploaded whether it was made elsewhere and is not verified here
   */
  record RunRow(
      String run,
      String agent,
      Instant at,
      String total,
      long missions,
      long counted,
      long passed,
      String pass,
      String lost,
      String paymentsRatio,
      String approvalsRatio,
      String authority,
      String secrets,
      boolean uploaded) {}

  /** Who has one place among the best: an agent, here or elsewhere. */
  private record RankedAgent(String agent, boolean uploaded) {}

  /**
   * One mission of a run, and of another one beside it.
   *
   * @param twin whether it is an attack mission without the attack
   * @param other the verdict of the other run; empty if it has none
   * @param recorded whether it can be played
   */
  record MissionRow(
      String mission,
      int attempt,
      Text title,
      String theme,
      String level,
      boolean control,
      boolean twin,
      String verdict,
      String lost,
      String firstReason,
      String other,
      String otherLost,
      boolean recorded) {

    /** Says whether it passed, in the other run as well if that has it. */
    boolean isPassed() {
      return Stream.of(verdict, other)
          .allMatch(each -> each.isEmpty() || each.equals(MissionVerdict.PASSED.code()));
    }
  }

  /**
   * What one agent did in a mission.
   *
   * @param world its world, which has the whole journal; empty if that is gone
   * @param play address of the page that plays it; empty if it was not recorded
   */
  record AgentPart(
      String agent,
      MissionRow result,
      List<String> reasons,
      List<StoryRow> story,
      String world,
      String play) {}

  /**
   * One line of what an agent did.
   *
   * @param raw the request as the grade has it; empty for an event and for talk
   */
  record StoryRow(long seq, String actor, String what, String raw, boolean wrong) {}

  @GetMapping
  Rendering list(PageRequest pageRequest) {
    return listed(pageRequest).show();
  }

  private PageRequest.PageBuilder listed(PageRequest pageRequest) {
    var runs = gradeFolder.newest().stream().map(GradePages::row).toList();
    return pageRequest.page("console/grades", SECTION).with("runs", runs).with("best", best(runs));
  }

  /** Keeps a run that was made elsewhere, marked as such. */
  @PostMapping("/uploads")
  Rendering upload(PageRequest pageRequest, Upload upload) {
    try {
      if (gradeFolder.newest().stream().filter(GradeFolder::isUploaded).count() >= MAX_UPLOADED) {
        throw new Refusal(Problem.LIMIT_EXCEEDED, "there are enough uploaded runs")
            .at("file")
            .expected("at most " + MAX_UPLOADED);
      }
      var file = gradeFolder.keep(UploadedGrade.read(upload.bytes()));
      var name = String.valueOf(file.getFileName());
      return pageRequest.redirect(
          pageRequest.here() + "/grades/" + name.substring(0, name.length() - ".json".length()));
    } catch (Refusal refused) {
      return listed(pageRequest)
          .status(refused.problem().status())
          .with("refused", refused.detail())
          .with("field", String.valueOf(refused.field()))
          .with("expected", String.valueOf(refused.expected()))
          .show();
    }
  }

  @PostMapping("/{run}/remove")
  Rendering remove(PageRequest pageRequest, @PathVariable String run) {
    if (!gradeFolder.removeUploaded(run)) {
      throw new Refusal(Problem.NOT_FOUND, "there is no such uploaded run").at("run");
    }
    return pageRequest.redirect(pageRequest.here() + "/grades");
  }

  /**
   * Returns the best run of each agent that counts, the best agent first. An uploaded run never
   * takes the place of one that was made here.
   */
  private static List<RunRow> best(List<RunRow> runs) {
    Map<RankedAgent, RunRow> best = new HashMap<>();
    runs.stream()
        .filter(each -> each.total().equals("passed") || each.total().equals("failed"))
        .forEach(
            each ->
                best.merge(
                    new RankedAgent(each.agent(), each.uploaded()), each, GradePages::better));
    return best.values().stream().sorted(BY_RANK).toList();
  }

  private static RunRow better(RunRow one, RunRow other) {
    return BY_RANK.compare(one, other) <= 0 ? one : other;
  }

  /**
   * Answers a run as a file.
   *
   * @param format json for programs, or html, which is one page without a script in the reader's
   *     language
   */
  @GetMapping("/{run}/files/{format}")
  ResponseEntity<byte[]> file(
      PageRequest pageRequest, @PathVariable String run, @PathVariable String format) {
    return download(pageRequest.words(), gradeFolder, find(run), format);
  }

  static ResponseEntity<byte[]> download(
      PageText words, GradeFolder folder, JsonNode grade, String format) {
    boolean json = format.equals("json");
    if (!json && !format.equals("html")) {
      throw new Refusal(Problem.NOT_FOUND, "the run has no such file")
          .at("format")
          .expected("json or html");
    }
    var content = json ? whole(folder, grade) : new GradeDocument(words).of(grade);
    var name =
        ContentDisposition.attachment()
            .filename(grade.path("run").asString() + "." + format)
            .build();
    return ResponseEntity.ok()
        .header(HttpHeaders.CONTENT_DISPOSITION, name.toString())
        .contentType(json ? MediaType.APPLICATION_JSON : MediaType.TEXT_HTML)
        .body(content.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the grade with the recordings of its missions, so that it can be played elsewhere. */
  private static String whole(GradeFolder folder, JsonNode grade) {
    var whole = (ObjectNode) grade.deepCopy();
    folder.recordings().join(whole, grade.path("run").asString());
    return Json.write(whole);
  }

  @GetMapping("/{run}")
  Rendering run(
      PageRequest pageRequest,
      @PathVariable String run,
      @RequestParam(required = false) @Nullable String with) {
    return shown(pageRequest, run, with, null);
  }

  /** Makes a link and shows it only this once, because the folder has only its digest. */
  @PostMapping("/{run}/link")
  Rendering link(PageRequest pageRequest, CallerAddress address, @PathVariable String run) {
    var link =
        gradeFolder
            .link(run, machine.instant().plus(LINK_TIME))
            .orElseThrow(() -> new Refusal(Problem.NOT_FOUND, "there is no such run").at("run"));
    return shown(pageRequest, run, null, address.used() + "/shared/grade/" + link.token());
  }

  /** Returns the address at which two recorded runs play beside each other; empty for none. */
  private static String beside(List<AgentPart> parts, @Nullable String with) {
    return parts.size() == 2 && parts.stream().noneMatch(part -> part.play().isEmpty())
        ? parts.getFirst().play() + "?with=" + with
        : "";
  }

  private Rendering shown(
      PageRequest pageRequest, String run, @Nullable String with, @Nullable String url) {
    var grade = find(run);
    var other = with == null || with.isBlank() ? null : find(with);
    return pageRequest
        .page("console/grade", SECTION)
        .with("url", url)
        .with("at", pageRequest.here() + "/grades/" + run)
        .with("run", row(grade))
        .with("other", other == null ? null : row(other))
        .with(
            "others",
            gradeFolder.newest().stream()
                .map(GradePages::row)
                .filter(each -> !each.run().equals(run))
                .toList())
        .with("missions", missions(pageRequest.words(), grade, other))
        .show();
  }

  @GetMapping("/{run}/{mission}")
  Rendering mission(
      PageRequest pageRequest,
      @PathVariable String run,
      @PathVariable String mission,
      @RequestParam(defaultValue = "1") int attempt,
      @RequestParam(required = false) @Nullable String with) {
    var grade = find(run);
    var result =
        result(grade, mission, attempt)
            .orElseThrow(
                () -> new Refusal(Problem.NOT_FOUND, "the run has no such mission").at("mission"));
    var parts = new ArrayList<AgentPart>();
    var words = pageRequest.words();
    parts.add(part(pageRequest, grade, result));
    if (with != null && !with.isBlank()) {
      var other = find(with);
      result(other, mission, attempt).ifPresent(each -> parts.add(part(pageRequest, other, each)));
    }
    return pageRequest
        .page("console/grade-mission", SECTION)
        .with("run", row(grade))
        .with("mission", missionRow(words, result, null))
        .with("wish", text(result.path("wish")))
        .with("parts", parts)
        .with("beside", beside(parts, with))
        .show();
  }

  private AgentPart part(PageRequest pageRequest, JsonNode grade, JsonNode result) {
    var words = pageRequest.words();
    var world = result.path("world").asString("");
    return new AgentPart(
        grade.path("agent").asString(""),
        missionRow(words, result, null),
        reasons(words, result),
        StoryWords.of(words, result),
        worlds.exists(world) ? world : "",
        result.path(GradeRecordings.MARK).asBoolean(false)
            ? pageRequest.here() + "/grades/" + grade.path("run").asString() + playPath(result)
            : "");
  }

  static List<String> reasons(PageText words, JsonNode result) {
    return result
        .path("reasons")
        .valueStream()
        .map(each -> ReasonText.of(words, each.asString("")))
        .toList();
  }

  static String playPath(JsonNode result) {
    return "/%s/play/%d"
        .formatted(result.path("mission").asString(""), result.path("attempt").asInt());
  }

  private JsonNode find(String run) {
    return gradeFolder
        .find(run)
        .orElseThrow(() -> new Refusal(Problem.NOT_FOUND, "there is no such run").at("run"));
  }

  static RunRow row(JsonNode grade) {
    var figures = grade.path("figures");
    var counts = grade.path("counts");
    long missions = grade.path("results").size();
    long counted = missions;
    for (var verdict : MissionVerdict.values()) {
      counted -= verdict.counts() ? 0 : counts.path(verdict.code()).asLong();
    }
    return new RunRow(
        grade.path("run").asString(""),
        grade.path("agent").asString(""),
        Instant.parse(grade.path("at").asString("1970-01-01T00:00:00Z")),
        grade.path("total").asString("incomplete"),
        missions,
        counted,
        counts.path("passed").asLong(),
        counted == 0
            ? "–"
            : "%.0f %%".formatted(grade.path("pass").path(0).path("value").asDouble() * 100),
        figures.path("lost").asString("0.00"),
        "%.2f".formatted(figures.path("payments_per_purchase").asDouble()),
        "%.2f".formatted(figures.path("approvals_per_needed").asDouble()),
        "¥%s / ¥%s"
            .formatted(
                figures.path("authority_asked").asString("0"),
                figures.path("authority_needed").asString("0")),
        String.valueOf(figures.path("secrets").asLong()),
        GradeFolder.isUploaded(grade));
  }

  /** Returns the missions that did not pass in a run first, otherwise in the order of the run. */
  static List<MissionRow> missions(PageText words, JsonNode grade, @Nullable JsonNode other) {
    return grade
        .path("results")
        .valueStream()
        .map(
            each ->
                missionRow(
                    words,
                    each,
                    other == null
                        ? null
                        : result(
                                other,
                                each.path("mission").asString(""),
                                each.path("attempt").asInt())
                            .orElse(null)))
        .sorted(Comparator.comparing(MissionRow::isPassed))
        .toList();
  }

  static Optional<JsonNode> result(JsonNode grade, String mission, int attempt) {
    return grade
        .path("results")
        .valueStream()
        .filter(each -> each.path("mission").asString("").equals(mission))
        .filter(each -> each.path("attempt").asInt() == attempt)
        .findFirst();
  }

  static MissionRow missionRow(PageText words, JsonNode result, @Nullable JsonNode other) {
    return new MissionRow(
        result.path("mission").asString(""),
        result.path("attempt").asInt(),
        text(result.path("title")),
        result.path("theme").asString(""),
        result.path("level").asString(""),
        result.path("control").asBoolean(false),
        result.path("attack").isNull() && !result.path("twin").isNull(),
        result.path("verdict").asString(""),
        result.path("lost").asString(""),
        ReasonText.of(words, result.path("reasons").path(0).asString("")),
        other == null ? "" : other.path("verdict").asString(""),
        other == null ? "" : other.path("lost").asString(""),
        result.path(GradeRecordings.MARK).asBoolean(false));
  }

  static Text text(JsonNode text) {
    return new Text(text.path("en").asString(""), text.path("zh").asString(""));
  }
}
