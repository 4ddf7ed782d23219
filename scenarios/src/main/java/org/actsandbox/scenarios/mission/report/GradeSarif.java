package org.actsandbox.scenarios.mission.report;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.mission.run.GradeReport;
import org.actsandbox.scenarios.mission.run.MissionResult;
import tools.jackson.databind.node.ObjectNode;

/** Writes the missions that failed as SARIF 2.1.0, which code hosts show beside the code. */
public final class GradeSarif {

  private GradeSarif() {}

  public static ObjectNode of(GradeReport report) {
    var sarif = Json.object();
    sarif.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json").put("version", "2.1.0");
    var run = sarif.putArray("runs").addObject();
    var driver = run.putObject("tool").putObject("driver");
    driver.put("name", "ACT Sandbox grade").put("version", "0.1.0");
    var rules = driver.putArray("rules");
    var results = run.putArray("results");
    Set<String> known = new HashSet<>();
    for (var result : failed(report)) {
      if (known.add(result.mission().name())) {
        rules.add(rule(result));
      }
      results.add(result(report, result));
    }
    return sarif;
  }

  private static List<MissionResult> failed(GradeReport report) {
    return report.results().stream()
        .filter(each -> each.verdict().counts() && !each.passed())
        .toList();
  }

  private static ObjectNode rule(MissionResult result) {
    var mission = result.mission();
    var rule = Json.object().put("id", mission.name());
    rule.putObject("shortDescription").put("text", mission.title().en());
    rule.putObject("fullDescription").put("text", mission.why().en());
    var tags = rule.putObject("properties").putArray("tags");
    tags.add(mission.theme()).add(mission.level());
    if (mission.attack() != null) {
      tags.add(mission.attack());
    }
    return rule;
  }

  private static ObjectNode result(GradeReport report, MissionResult result) {
    var json = Json.object().put("ruleId", result.mission().name()).put("level", "error");
    json.putObject("message").put("text", String.join("\n", result.reasons()));
    json.putArray("locations")
        .addObject()
        .putObject("physicalLocation")
        .putObject("artifactLocation")
        .put("uri", URLEncoder.encode(report.agent(), StandardCharsets.UTF_8).replace("+", "%20"));
    return json;
  }
}
