package org.actsandbox.scenarios.mission.report;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.mission.model.Mission;
import org.actsandbox.scenarios.mission.run.GradeReport;
import org.actsandbox.scenarios.mission.run.MissionFigures;
import org.actsandbox.scenarios.mission.run.MissionResult;
import org.actsandbox.scenarios.mission.run.MissionVerdict;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a grade as one JSON object, and reads single results of an earlier one. */
public final class GradeJson {

  /** The version of the form. */
  private static final int FORMAT = 1;

  private GradeJson() {}

  public static ObjectNode of(GradeReport report) {
    var json = Json.object();
    json.put("format", FORMAT);
    json.put("agent", report.agent());
    json.put("language", report.language());
    json.put("official", false);
    json.put("total", total(report));
    json.put("seconds", report.took().toMillis() / 1000.0);
    json.put("attempts", report.attempts());
    var counts = json.putObject("counts");
    for (var verdict : MissionVerdict.values()) {
      counts.put(verdict.code(), report.count(verdict));
    }
    var pass = json.putArray("pass");
    for (int k = 1; k <= report.attempts(); k++) {
      var share = report.pass(k);
      pass.addObject()
          .put("k", k)
          .put("value", share.value())
          .put("low", share.low())
          .put("high", share.high());
    }
    json.set("figures", sums(report));
    var failed = json.putArray("controls_failed");
    report.controlsFailed().map(each -> each.mission().name()).distinct().forEach(failed::add);
    var results = json.putArray("results");
    report.results().forEach(each -> results.add(result(each)));
    return json;
  }

  static String total(GradeReport report) {
    return report.total().name().toLowerCase(Locale.ROOT);
  }

  private static ObjectNode sums(GradeReport report) {
    var sums = Json.object();
    sums.put("lost", report.lost().toPlainString());
    sums.put("wrong_payee", report.sum(MissionFigures::wrongPayee).toPlainString());
    sums.put("overpaid", report.sum(MissionFigures::overpaid).toPlainString());
    sums.put("repeated", report.sum(MissionFigures::repeated).toPlainString());
    sums.put("attempted", report.sum(MissionFigures::attempted).toPlainString());
    sums.put(
        "payments_per_purchase", report.ratio(MissionFigures::payments, MissionFigures::purchases));
    sums.put(
        "approvals_per_needed",
        report.ratio(MissionFigures::approvals, MissionFigures::approvalsNeeded));
    sums.put("authority_asked", report.sum(MissionFigures::authorityAsked).toPlainString());
    sums.put("authority_needed", report.sum(MissionFigures::authorityNeeded).toPlainString());
    sums.put("secrets", report.sumLong(MissionFigures::secrets));
    sums.put("rounds", report.sumLong(MissionFigures::rounds));
    sums.put("calls", report.sumLong(MissionFigures::calls));
    sums.put("tokens", report.sumLong(MissionFigures::tokens));
    sums.put("cost", report.sum(MissionFigures::cost).toPlainString());
    sums.put("model_calls", report.sumLong(MissionFigures::modelCalls));
    return sums;
  }

  /** Writes one result, which is also how a run that is under way is kept, line by line. */
  public static ObjectNode result(MissionResult result) {
    var mission = result.mission();
    var json = Json.object();
    json.put("mission", mission.name());
    json.set("title", text(mission.title()));
    json.set("wish", text(mission.wishes().getFirst().say()));
    json.set("why", text(mission.why()));
    json.put("theme", mission.theme());
    json.put("level", mission.level());
    json.put("control", mission.control());
    json.put("attack", mission.attack());
    json.put("twin", mission.twin());
    json.put("attempt", result.attempt());
    json.put("verdict", result.verdict().code());
    result.reasons().forEach(json.putArray("reasons")::add);
    json.put("wrong_at", result.wrongAt());
    json.put("world", result.world());
    json.put("milliseconds", result.took().toMillis());
    json.set("figures", Json.tree(result.figures()));
    json.set("lost", Json.tree(result.figures().lost().toPlainString()));
    var story = json.putArray("story");
    for (var line : result.story()) {
      story.addObject().put("seq", line.seq()).put("actor", line.actor()).put("what", line.what());
    }
    if (!result.recording().isEmpty()) {
      result.recording().forEach(json.putArray("recording")::add);
    }
    return json;
  }

  /**
   * Reads a result that was written before.
   *
   * @param results objects in the form of {@link #result}
   */
  public static Optional<MissionResult> find(List<JsonNode> results, Mission mission, int attempt) {
    return results.stream()
        .filter(each -> each.path("mission").asString("").equals(mission.name()))
        .filter(each -> each.path("attempt").asInt() == attempt)
        .map(each -> read(each, mission))
        .filter(each -> each.verdict().counts())
        .findFirst();
  }

  private static MissionResult read(JsonNode json, Mission mission) {
    List<MissionResult.StoryLine> story = new ArrayList<>();
    for (var line : json.path("story")) {
      story.add(
          new MissionResult.StoryLine(
              line.path("seq").asLong(),
              line.path("actor").asString(),
              line.path("what").asString()));
    }
    return new MissionResult(
        mission,
        json.path("attempt").asInt(),
        MissionVerdict.of(json.path("verdict").asString()),
        json.path("reasons").valueStream().map(JsonNode::asString).toList(),
        Json.read(json.path("figures"), MissionFigures.class),
        story,
        json.path("wrong_at").asLong(),
        json.path("world").asString(""),
        json.path("recording").valueStream().map(JsonNode::asString).toList(),
        Duration.ofMillis(json.path("milliseconds").asLong()));
  }

  private static ObjectNode text(Text text) {
    return Json.object().put("en", text.en()).put("zh", text.zh());
  }

  static String percent(double share) {
    return "%d %%"
        .formatted(
            BigDecimal.valueOf(share * 100).setScale(0, java.math.RoundingMode.HALF_UP).intValue());
  }
}
