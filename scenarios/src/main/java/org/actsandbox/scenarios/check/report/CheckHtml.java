package org.actsandbox.scenarios.check.report;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.actsandbox.protocol.document.DocumentTemplate;
import org.actsandbox.scenarios.check.exchange.CheckExchange;
import org.actsandbox.scenarios.check.model.CheckResult;
import org.actsandbox.scenarios.check.run.CheckReport;
import org.actsandbox.scenarios.check.run.CheckTotal;

/** Writes a report as one HTML page that loads nothing from elsewhere and has no script. */
public final class CheckHtml {

  private static final DocumentTemplate TEMPLATE =
      DocumentTemplate.of(CheckHtml.class, "check-merchant.html");

  private CheckHtml() {}

  /** Writes the report in English. */
  public static String of(CheckReport report) {
    return of(report, "en");
  }

  /**
   * Writes the report.
   *
   * @param lang en | zh; what the merchant said stays as its bytes have it
   */
  public static String of(CheckReport report, String lang) {
    var words = CheckHtmlWords.in(lang);
    var values = new HashMap<String, Object>();
    values.put("lang", lang);
    values.put("words", words.labels());
    values.put("target", report.target());
    values.put("level", report.level().code());
    values.put("total", words.total(report.total()));
    values.put("good", report.total() == CheckTotal.CONFORMS);
    values.put(
        "counts",
        report.counts().entrySet().stream()
            .map(each -> each.getValue() + " " + words.verdict(each.getKey()))
            .collect(Collectors.joining(lang.equals("zh") ? "，" : ", ")));
    values.put("seconds", "%.1f".formatted(report.took().toMillis() / 1000.0));
    values.put("fixed", String.join(", ", report.fixed()));
    values.put("stale", String.join(", ", report.stale()));
    values.put("findings", report.findings().stream().map(each -> finding(each, lang)).toList());
    values.put("rows", report.results().stream().map(each -> row(each, lang)).toList());
    return TEMPLATE.fill(values);
  }

  private static Map<String, Object> row(CheckResult result, String lang) {
    var check = result.check();
    return Map.of(
        "id", check.id(),
        "verdict", CheckHtmlWords.in(lang).verdict(result),
        "kind", result.verdict().name().toLowerCase(java.util.Locale.ROOT),
        "strength", check.strength().name(),
        "rules", String.join(", ", check.rules()),
        "does", check.does(lang),
        "reason", result.reason().in(lang));
  }

  private static Map<String, Object> finding(CheckResult result, String lang) {
    var finding = java.util.Objects.requireNonNull(result.finding());
    var values = new HashMap<>(row(result, lang));
    var check = result.check();
    values.put("rule", check.rule().meaning(lang));
    values.put("component", check.rule().components().getFirst().code());
    values.put("document", check.rule().document() + " " + check.rule().section());
    values.put("expected", finding.expected().in(lang));
    values.put("observed", finding.observed().in(lang));
    values.put("why", check.why(lang));
    values.put("mend", check.mend(lang));
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
