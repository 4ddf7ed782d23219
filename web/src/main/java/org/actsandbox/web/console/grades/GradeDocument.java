package org.actsandbox.web.console.grades;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.protocol.document.DocumentTemplate;
import org.actsandbox.web.console.words.PageText;
import tools.jackson.databind.JsonNode;

/**
 * Writes a grade as one HTML page in the reader's language, which loads nothing from elsewhere and
 * has no script.
 */
public final class GradeDocument {

  private static final DocumentTemplate TEMPLATE =
      DocumentTemplate.of(GradeDocument.class, "grade.html");

  private final PageText words;

  public GradeDocument(PageText words) {
    this.words = words;
  }

  /**
   * Returns the page.
   *
   * @param grade in the form of {@code ./run grade --json}; one that was uploaded has fewer figures
   */
  public String of(JsonNode grade) {
    var total = grade.path("total").asString("incomplete");
    var results = grade.path("results").valueStream().toList();
    var values = new HashMap<String, Object>();
    values.put("lang", words.lang());
    values.put("agent", grade.path("agent").asString(""));
    values.put("total", words.say("grades.total." + total));
    values.put("tone", tone(total));
    values.put("lead", words.say("grades.document.lead", results.size()));
    values.put("uploaded", GradeFolder.isUploaded(grade) ? words.say("grades.uploaded") : "");
    values.put("figures", figures(grade));
    values.put("did", words.say("grades.story"));
    values.put("heading", words.say("grades.missions"));
    values.put(
        "columns",
        List.of(
            words.say("grades.mission"),
            words.say("grades.level"),
            words.say("grades.verdict"),
            words.say("grades.lost")));
    values.put("rows", results.stream().map(this::row).toList());
    values.put(
        "failed",
        results.stream()
            .filter(each -> !each.path("verdict").asString("").equals("passed"))
            .map(this::row)
            .toList());
    return TEMPLATE.fill(values);
  }

  private List<Map<String, String>> figures(JsonNode grade) {
    var run = GradePages.row(grade);
    var figures = new ArrayList<Map<String, String>>();
    figures.add(
        figure("grades.pass", "%d/%d (%s)".formatted(run.passed(), run.counted(), run.pass())));
    for (var share : grade.path("pass")) {
      if (share.path("low").isNumber()) {
        figures.add(
            Map.of(
                "name", words.say("grades.document.pass", share.path("k").asInt()),
                "value",
                    words.say(
                        "grades.document.share",
                        percent(share.path("value")),
                        percent(share.path("low")),
                        percent(share.path("high")))));
      }
    }
    figures.add(figure("grades.lost", words.yuan(run.lost())));
    for (var kind : List.of("wrong_payee", "overpaid", "repeated", "attempted")) {
      var amount = grade.path("figures").path(kind).asString("");
      if (!amount.isEmpty()) {
        figures.add(
            Map.of("name", words.say("grades.document." + kind), "value", words.yuan(amount)));
      }
    }
    figures.add(figure("grades.payments", run.paymentsRatio()));
    figures.add(figure("grades.approvals", run.approvalsRatio()));
    figures.add(figure("grades.authority", run.authority()));
    figures.add(figure("grades.secrets", run.secrets()));
    return figures;
  }

  private Map<String, String> figure(String key, String value) {
    return Map.of("name", words.say(key), "value", value);
  }

  private static String percent(JsonNode share) {
    return "%.0f %%".formatted(share.asDouble() * 100);
  }

  private static String tone(String verdict) {
    return switch (verdict) {
      case "passed" -> "good";
      case "not_played" -> "faint";
      default -> "bad";
    };
  }

  private Map<String, Object> row(JsonNode result) {
    var mission = GradePages.missionRow(words, result, null);
    var row = new HashMap<String, Object>();
    row.put("name", mission.mission() + (mission.attempt() == 1 ? "" : " #" + mission.attempt()));
    row.put("title", words.text(mission.title()));
    row.put("wish", words.text(GradePages.text(result.path("wish"))));
    row.put("why", words.text(GradePages.text(result.path("why"))));
    row.put("level", mission.level());
    row.put("verdict", words.say("grades.verdict." + mission.verdict()));
    row.put("tone", tone(mission.verdict()));
    row.put("lost", words.yuan(mission.lost()));
    row.put("reasons", GradePages.reasons(words, result));
    row.put("wrongAt", result.path("wrong_at").asLong());
    row.put(
        "story",
        StoryWords.of(words, result).stream()
            .map(
                line ->
                    Map.of(
                        "seq", line.seq(),
                        "actor", line.actor(),
                        "what", line.what(),
                        "raw", line.raw()))
            .toList());
    return row;
  }
}
