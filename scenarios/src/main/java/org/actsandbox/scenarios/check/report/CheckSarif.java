package org.actsandbox.scenarios.check.report;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.model.CheckResult;
import org.actsandbox.scenarios.check.model.CheckVerdict;
import org.actsandbox.scenarios.check.run.CheckReport;
import tools.jackson.databind.node.ObjectNode;

/** Writes the findings as SARIF 2.1.0, which code hosts show beside the code. */
public final class CheckSarif {

  private CheckSarif() {}

  public static ObjectNode of(CheckReport report) {
    var sarif = Json.object();
    sarif.put("$schema", "https://json.schemastore.org/sarif-2.1.0.json").put("version", "2.1.0");
    var run = sarif.putArray("runs").addObject();
    var driver = run.putObject("tool").putObject("driver");
    driver.put("name", "ACT Sandbox check-merchant").put("version", "0.1.0");
    var rules = driver.putArray("rules");
    var results = run.putArray("results");
    report
        .findings()
        .forEach(
            result -> {
              rules.add(rule(result));
              results.add(result(report, result));
            });
    return sarif;
  }

  private static ObjectNode rule(CheckResult result) {
    var check = result.check();
    var rule = Json.object().put("id", check.id());
    rule.putObject("shortDescription").put("text", check.does());
    rule.putObject("fullDescription").put("text", check.rule().meaning("en"));
    rule.putObject("help").put("text", check.why() + " " + check.mend());
    check.rules().forEach(rule.putObject("properties").putArray("tags")::add);
    return rule;
  }

  private static ObjectNode result(CheckReport report, CheckResult result) {
    var json = Json.object().put("ruleId", result.check().id());
    json.put(
        "level",
        result.known() ? "note" : result.verdict() == CheckVerdict.ADVISORY ? "warning" : "error");
    json.putObject("message").put("text", CheckText.line(result));
    json.putArray("locations")
        .addObject()
        .putObject("physicalLocation")
        .putObject("artifactLocation")
        .put("uri", place(report.target()));
    return json;
  }

  /**
   * Returns the address as a relative one, with its host as the first folder: a code host refuses a
   * whole file with a place of another scheme than that of its checkout.
   */
  private static String place(String target) {
    return Arrays.stream(target.replaceFirst("^[a-z]+://", "").split("/", -1))
        .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }
}
