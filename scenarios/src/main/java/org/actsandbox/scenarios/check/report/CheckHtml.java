package org.actsandbox.scenarios.check.report;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.actsandbox.protocol.document.DocumentTemplate;
import org.actsandbox.scenarios.check.exchange.CheckExchange;
import org.actsandbox.scenarios.check.model.CheckResult;
import org.actsandbox.scenarios.check.run.CheckReport;

/** Writes a report as one HTML page that loads nothing from elsewhere and has no script. */
public final class CheckHtml {

  private static final DocumentTemplate TEMPLATE =
      DocumentTemplate.of(CheckHtml.class, "check-merchant.html");

  private CheckHtml() {}

  public static String of(CheckReport report) {
    var values = new HashMap<String, Object>();
    values.put("target", report.target());
    values.put("level", report.level().code());
    values.put("total", report.total().word());
    values.put("good", report.total() == org.actsandbox.scenarios.check.run.CheckTotal.CONFORMS);
    values.put(
        "counts",
        report.counts().entrySet().stream()
            .map(each -> each.getValue() + " " + each.getKey().word())
            .collect(Collectors.joining(", ")));
    values.put("seconds", "%.1f".formatted(report.took().toMillis() / 1000.0));
    values.put("fixed", String.join(", ", report.fixed()));
    values.put("stale", String.join(", ", report.stale()));
    values.put("findings", report.findings().stream().map(CheckHtml::finding).toList());
    values.put("rows", report.results().stream().map(CheckHtml::row).toList());
    return TEMPLATE.fill(values);
  }

  private static Map<String, Object> row(CheckResult result) {
    var check = result.check();
    return Map.of(
        "id", check.id(),
        "verdict", (result.known() ? "known " : "") + result.verdict().word(),
        "kind", result.verdict().name().toLowerCase(java.util.Locale.ROOT),
        "strength", check.strength().name(),
        "rules", String.join(", ", check.rules()),
        "does", check.does(),
        "reason", result.reason());
  }

  private static Map<String, Object> finding(CheckResult result) {
    var finding = java.util.Objects.requireNonNull(result.finding());
    var values = new HashMap<>(row(result));
    var check = result.check();
    values.put("rule", check.rule().meaning("en"));
    values.put("component", check.rule().components().getFirst().code());
    values.put("document", check.rule().document() + " " + check.rule().section());
    values.put("expected", finding.expected());
    values.put("observed", finding.observed());
    values.put("why", check.why());
    values.put("mend", check.mend());
    values.put("scenario", check.scenario() == null ? "" : check.scenario());
    values.put("exchanges", finding.exchanges().stream().map(CheckHtml::exchange).toList());
    return values;
  }

  private static Map<String, Object> exchange(CheckExchange exchange) {
    return Map.of(
        "title", exchange.title(),
        "request", exchange.request(),
        "answer", exchange.answer(),
        "curl", exchange.curl());
  }
}
