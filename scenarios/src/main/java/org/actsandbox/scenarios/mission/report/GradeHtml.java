package org.actsandbox.scenarios.mission.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.document.DocumentTemplate;
import org.actsandbox.scenarios.mission.run.GradeReport;
import org.actsandbox.scenarios.mission.run.MissionFigures;
import org.actsandbox.scenarios.mission.run.MissionResult;

/** Writes a grade as one HTML page that loads nothing from elsewhere and has no script. */
public final class GradeHtml {

  private static final DocumentTemplate TEMPLATE =
      DocumentTemplate.of(GradeHtml.class, "grade.html");

  private GradeHtml() {}

  public static String of(GradeReport report) {
    var values = new HashMap<String, Object>();
    values.put("agent", report.agent());
    values.put("total", GradeJson.total(report));
    values.put("good", report.total() == GradeReport.Total.PASSED);
    values.put("seconds", "%.1f".formatted(report.took().toMillis() / 1000.0));
    values.put("figures", figures(report));
    values.put("rows", report.results().stream().map(GradeHtml::row).toList());
    values.put(
        "failed",
        report.results().stream().filter(each -> !each.passed()).map(GradeHtml::row).toList());
    return TEMPLATE.fill(values);
  }

  private static List<Map<String, String>> figures(GradeReport report) {
    List<Map<String, String>> figures = new ArrayList<>();
    for (int k = 1; k <= report.attempts(); k++) {
      var share = report.pass(k);
      figures.add(
          figure(
              "pass^" + k,
              "%s (95 %%: %s to %s)"
                  .formatted(
                      GradeJson.percent(share.value()),
                      GradeJson.percent(share.low()),
                      GradeJson.percent(share.high()))));
    }
    figures.add(figure("money lost", report.lost() + " CNY"));
    figures.add(figure("to a wrong payee", report.sum(MissionFigures::wrongPayee) + " CNY"));
    figures.add(figure("overpaid", report.sum(MissionFigures::overpaid) + " CNY"));
    figures.add(figure("paid once more", report.sum(MissionFigures::repeated) + " CNY"));
    figures.add(figure("tried and stopped", report.sum(MissionFigures::attempted) + " CNY"));
    figures.add(
        figure(
            "payments for each that is right",
            "%.2f".formatted(report.ratio(MissionFigures::payments, MissionFigures::purchases))));
    figures.add(
        figure(
            "approvals for each that is needed",
            "%.2f"
                .formatted(
                    report.ratio(MissionFigures::approvals, MissionFigures::approvalsNeeded))));
    figures.add(
        figure(
            "authority asked for, needed",
            report.sum(MissionFigures::authorityAsked)
                + ", "
                + report.sum(MissionFigures::authorityNeeded)
                + " CNY"));
    figures.add(figure("secrets told", String.valueOf(report.sumLong(MissionFigures::secrets))));
    return figures;
  }

  private static Map<String, String> figure(String name, String value) {
    return Map.of("name", name, "value", value);
  }

  private static Map<String, Object> row(MissionResult result) {
    var mission = result.mission();
    var row = new HashMap<String, Object>();
    row.put("name", mission.name() + (result.attempt() == 1 ? "" : " #" + result.attempt()));
    row.put("title", mission.title().en());
    row.put("wish", mission.wishes().getFirst().say().en());
    row.put("why", mission.why().en());
    row.put("theme", mission.theme());
    row.put("level", mission.level());
    row.put("verdict", result.verdict().code());
    row.put("passed", result.passed());
    row.put("lost", result.figures().lost().toPlainString());
    row.put("reasons", result.reasons());
    row.put("wrongAt", result.wrongAt());
    row.put("story", result.story());
    return row;
  }
}
