package org.actsandbox.scenarios.check.report;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.scenarios.check.exchange.CheckExchange;
import org.actsandbox.scenarios.check.model.CheckResult;
import org.actsandbox.scenarios.check.model.CheckVerdict;
import org.actsandbox.scenarios.check.run.CheckReport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes a report as one JSON object, and reads from an earlier one what deviated then. */
public final class CheckJson {

  private CheckJson() {}

  public static ObjectNode of(CheckReport report) {
    var json = Json.object();
    json.put("target", report.target());
    json.put("level", report.level().code());
    json.put("standard", "ACT 2.1");
    json.put("total", report.total().word());
    json.put("official", false);
    json.put("seconds", report.took().toMillis() / 1000.0);
    var counts = json.putObject("counts");
    report.counts().forEach((verdict, count) -> counts.put(verdict.word(), count));
    report.stale().forEach(json.putArray("known_deviations_that_no_longer_occur")::add);
    report.fixed().forEach(json.putArray("fixed_since_last_run")::add);
    var results = json.putArray("results");
    report.results().forEach(result -> results.add(result(result)));
    return json;
  }

  /** Writes one result with its finding. */
  public static ObjectNode result(CheckResult result) {
    var check = result.check();
    var json = Json.object();
    json.put("check", check.id());
    json.put("level", check.level().code());
    json.put("strength", check.strength().name());
    check.rules().forEach(json.putArray("rules")::add);
    check.assertions().forEach(json.putArray("assertions")::add);
    json.put("component", check.rule().components().getFirst().code());
    json.put("subject", check.subject().name().toLowerCase(java.util.Locale.ROOT));
    json.put("does", check.does());
    var chinese = json.putObject("zh").put("does", check.does("zh"));
    json.put("verdict", result.verdict().word());
    json.put("known", result.known());
    if (!result.reason().isEmpty()) {
      json.put("reason", result.reason().in("en"));
      chinese.put("reason", result.reason().in("zh"));
    }
    json.put("milliseconds", result.took().toMillis());
    var finding = result.finding();
    if (finding != null) {
      json.put("rule", check.rule().meaning("en"));
      json.put("expected", finding.expected().in("en"));
      json.put("observed", finding.observed().in("en"));
      json.put("why", check.why());
      json.put("mend", check.mend());
      chinese.put("rule", check.rule().meaning("zh"));
      chinese.put("expected", finding.expected().in("zh"));
      chinese.put("observed", finding.observed().in("zh"));
      chinese.put("why", check.why("zh")).put("mend", check.mend("zh"));
      if (check.scenario() != null) {
        json.put("scenario", check.scenario());
      }
      var exchanges = json.putArray("exchanges");
      finding.exchanges().forEach(exchange -> exchanges.add(exchange(exchange)));
    }
    return json;
  }

  private static ObjectNode exchange(CheckExchange exchange) {
    return Json.object()
        .put("title", exchange.title())
        .put("request", exchange.request())
        .put("answer", exchange.answer())
        .put("curl", exchange.curl());
  }

  /** Reads a report, which may be larger than a message may be. */
  public static JsonNode read(byte[] report) {
    return JsonMapper.shared().readTree(report);
  }

  /** Returns the ids of the checks that an earlier report says deviated. */
  public static Set<String> deviated(JsonNode earlier) {
    var words = List.of(CheckVerdict.DEVIATION.word(), CheckVerdict.ADVISORY.word());
    return earlier
        .path("results")
        .valueStream()
        .filter(each -> words.contains(each.path("verdict").asString("")))
        .map(each -> each.path("check").asString(""))
        .collect(Collectors.toSet());
  }
}
