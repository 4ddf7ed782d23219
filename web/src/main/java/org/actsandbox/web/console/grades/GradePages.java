package org.actsandbox.web.console.grades;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.sandbox.SandboxSettings;
import org.actsandbox.sandbox.world.Worlds;
import org.actsandbox.web.console.frame.PageRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.reactive.result.view.Rendering;
import tools.jackson.databind.JsonNode;

/** Shows the grades of agents: all runs, one run, two side by side, and one mission of a run. */
@Controller
@RequestMapping("/console/{world}/grades")
class GradePages {

  private static final String SECTION = "scenarios";

  private final GradeFolder gradeFolder;
  private final Worlds worlds;

  GradePages(SandboxSettings sandboxSettings, Worlds worlds) {
    this.gradeFolder = new GradeFolder(sandboxSettings.data());
    this.worlds = worlds;
  }

  /**
   * One run in a list.
   *
   * @param pass share of missions that passed, in per cent
   */
  record RunRow(
      String run,
      String agent,
      Instant at,
      String total,
      long missions,
      long passed,
      String pass,
      String lost,
      String paymentsRatio,
      String approvalsRatio,
      String authority,
      String secrets) {}

  /**
   * One mission of a run, and of another one beside it.
   *
   * @param twin whether it is an attack mission without the attack
   * @param other the verdict of the other run; empty if it has none
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
      String otherLost) {}

  /** One line of what an agent did. */
  record StoryRow(long seq, String actor, String what, boolean wrong) {}

  @GetMapping
  Rendering list(PageRequest pageRequest) {
    return pageRequest
        .page("console/grades", SECTION)
        .with("runs", gradeFolder.newest().stream().map(GradePages::row).toList())
        .show();
  }

  @GetMapping("/{run}")
  Rendering run(
      PageRequest pageRequest,
      @PathVariable String run,
      @RequestParam(required = false) @Nullable String with) {
    var grade = find(run);
    var other = with == null || with.isBlank() ? null : find(with);
    return pageRequest
        .page("console/grade", SECTION)
        .with("run", row(grade))
        .with("other", other == null ? null : row(other))
        .with(
            "others",
            gradeFolder.newest().stream()
                .map(GradePages::row)
                .filter(each -> !each.run().equals(run))
                .toList())
        .with("missions", missions(grade, other))
        .show();
  }

  @GetMapping("/{run}/{mission}")
  Rendering mission(
      PageRequest pageRequest,
      @PathVariable String run,
      @PathVariable String mission,
      @RequestParam(defaultValue = "1") int attempt) {
    var grade = find(run);
    var result =
        result(grade, mission, attempt)
            .orElseThrow(
                () -> new Refusal(Problem.NOT_FOUND, "the run has no such mission").at("mission"));
    long wrongAt = result.path("wrong_at").asLong();
    var story =
        result
            .path("story")
            .valueStream()
            .map(
                line ->
                    new StoryRow(
                        line.path("seq").asLong(),
                        line.path("actor").asString(""),
                        line.path("what").asString(""),
                        line.path("seq").asLong() == wrongAt))
            .toList();
    var world = result.path("world").asString("");
    return pageRequest
        .page("console/grade-mission", SECTION)
        .with("run", row(grade))
        .with("mission", missionRow(result, null))
        .with("wish", text(result.path("wish")))
        .with(
            "reasons", result.path("reasons").valueStream().map(each -> each.asString("")).toList())
        .with("story", story)
        .with("worldOfRun", worlds.find(world).isPresent() ? world : "")
        .show();
  }

  private JsonNode find(String run) {
    return gradeFolder
        .find(run)
        .orElseThrow(() -> new Refusal(Problem.NOT_FOUND, "there is no such run").at("run"));
  }

  private static RunRow row(JsonNode grade) {
    var figures = grade.path("figures");
    var counts = grade.path("counts");
    return new RunRow(
        grade.path("run").asString(""),
        grade.path("agent").asString(""),
        Instant.parse(grade.path("at").asString("1970-01-01T00:00:00Z")),
        grade.path("total").asString(""),
        grade.path("results").size(),
        counts.path("passed").asLong(),
        "%.0f %%".formatted(grade.path("pass").path(0).path("value").asDouble() * 100),
        figures.path("lost").asString(""),
        "%.2f".formatted(figures.path("payments_per_purchase").asDouble()),
        "%.2f".formatted(figures.path("approvals_per_needed").asDouble()),
        figures.path("authority_asked").asString("")
            + " / "
            + figures.path("authority_needed").asString(""),
        String.valueOf(figures.path("secrets").asLong()));
  }

  private static List<MissionRow> missions(JsonNode grade, @Nullable JsonNode other) {
    return grade
        .path("results")
        .valueStream()
        .map(
            each ->
                missionRow(
                    each,
                    other == null
                        ? null
                        : result(
                                other,
                                each.path("mission").asString(""),
                                each.path("attempt").asInt())
                            .orElse(null)))
        .toList();
  }

  private static Optional<JsonNode> result(JsonNode grade, String mission, int attempt) {
    return grade
        .path("results")
        .valueStream()
        .filter(each -> each.path("mission").asString("").equals(mission))
        .filter(each -> each.path("attempt").asInt() == attempt)
        .findFirst();
  }

  private static MissionRow missionRow(JsonNode result, @Nullable JsonNode other) {
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
        result.path("reasons").path(0).asString(""),
        other == null ? "" : other.path("verdict").asString(""),
        other == null ? "" : other.path("lost").asString(""));
  }

  private static Text text(JsonNode text) {
    return new Text(text.path("en").asString(""), text.path("zh").asString(""));
  }
}
