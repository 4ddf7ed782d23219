package org.actsandbox.agent.task;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.actsandbox.agent.task.TaskStep.Kind;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.UntrustedText;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the input of each service from the results of the services before it. */
final class ServiceInputs {

  private static final int MAX_NAME = 60;
  private static final int MAX_POINTS = 60;

  private ServiceInputs() {}

  /** Returns the input; it is empty when there are no results to work on. */
  static Optional<JsonNode> input(Task task, TaskStep taskStep) {
    return switch (taskStep.kind()) {
      case QUOTES ->
          Optional.of(
              Json.object().put("symbol", taskStep.subject()).put("days", task.brief().days()));
      case TRANSLATE ->
          quotes(task).isEmpty()
              ? Optional.empty()
              : Optional.of(
                  Json.object()
                      .put("text", summary(task))
                      .put("from", "en")
                      .put("to", taskStep.subject()));
      case REPORT -> quotes(task).isEmpty() ? Optional.empty() : Optional.of(report(task));
    };
  }

  /** Writes in English what the agent itself says about the figures. */
  static String summary(Task task) {
    var sentences = new ArrayList<String>();
    for (var quote : quotes(task)) {
      sentences.add(
          "%s closed at %s dollars per %s."
              .formatted(name(quote, "en"), figure(quote, "last"), text(quote.path("unit"), "en")));
      sentences.add(changeSentence(quote, task.brief().days()));
      sentences.add(
          "The highest close was %s and the lowest was %s."
              .formatted(figure(quote, "high"), figure(quote, "low")));
    }
    comparisonSentence(quotes(task)).ifPresent(sentences::add);
    return String.join(" ", sentences);
  }

  /** Returns the summary in the requested language, or in English when it was not translated. */
  static String translatedSummary(Task task) {
    return task.result(Kind.TRANSLATE)
        .map(result -> UntrustedText.sanitize(result.path("text").asString(""), 4_000))
        .filter(text -> !text.isBlank())
        .orElseGet(() -> summary(task));
  }

  private static String changeSentence(JsonNode quote, int days) {
    var change = change(quote);
    return switch (change.signum()) {
      case 0 -> "Over %d days it did not change.".formatted(days);
      case 1 -> "Over %d days it rose %s percent.".formatted(days, change.toPlainString());
      default ->
          "Over %d days it fell %s percent.".formatted(days, change.negate().toPlainString());
    };
  }

  private static Optional<String> comparisonSentence(List<JsonNode> quotes) {
    if (quotes.size() < 2) {
      return Optional.empty();
    }
    var byChange = Comparator.comparing(ServiceInputs::change);
    var best = quotes.stream().max(byChange).orElseThrow();
    var worst = quotes.stream().min(byChange).orElseThrow();
    return Optional.of(
        "In this period %s did %s %s."
            .formatted(
                name(best, "en").toLowerCase(Locale.ROOT),
                change(best).compareTo(change(worst)) == 0 ? "as well as" : "better than",
                name(worst, "en").toLowerCase(Locale.ROOT)));
  }

  private static ObjectNode report(Task task) {
    var lang = task.brief().summary();
    boolean chinese = lang.equals("zh");
    var names =
        quotes(task).stream()
            .map(quote -> name(quote, lang))
            .collect(Collectors.joining(chinese ? "、" : ", "));
    var report = Json.object();
    report.put("title", AgentPhrases.phrase(lang, "task.report.title", names));
    report.put("language", lang);
    var sections = report.putArray("sections");
    sections
        .addObject()
        .put("heading", AgentPhrases.phrase(lang, "task.report.summary"))
        .put("text", translatedSummary(task));
    for (var quote : quotes(task)) {
      var section = sections.addObject().put("heading", name(quote, lang));
      var series = section.putArray("series").addObject();
      series.put("label", name(quote, lang));
      series.put("unit", (chinese ? "美元/" : "USD/") + text(quote.path("unit"), lang));
      var points = series.putArray("points");
      sampled(quote.path("history").valueStream().toList())
          .forEach(
              each ->
                  points
                      .addObject()
                      .put("at", each.path("date").asString(""))
                      .put("value", figure(each, "close")));
    }
    return report;
  }

  /**
   * Reduces the points to at most {@link #MAX_POINTS} and keeps the last one; more would not
   * improve a chart.
   */
  private static List<JsonNode> sampled(List<JsonNode> points) {
    int step = Math.max(1, Math.ceilDiv(points.size(), MAX_POINTS));
    return IntStream.range(0, points.size())
        .filter(i -> (points.size() - 1 - i) % step == 0)
        .mapToObj(points::get)
        .toList();
  }

  static List<JsonNode> quotes(Task task) {
    return task.steps().stream()
        .filter(taskStep -> taskStep.kind() == Kind.QUOTES && taskStep.result() != null)
        .map(taskStep -> Objects.requireNonNull(taskStep.result()))
        .toList();
  }

  private static BigDecimal change(JsonNode quote) {
    return new BigDecimal(figure(quote, "change_percent"));
  }

  /** Reads a figure. A seller's words are data: a text that is not a figure counts as 0. */
  private static String figure(JsonNode quote, String field) {
    var figure = quote.path(field).asString("");
    return figure.matches("-?[0-9]{1,12}(\\.[0-9]{1,6})?") ? figure : "0";
  }

  private static String name(JsonNode quote, String lang) {
    return text(quote.path("name"), lang);
  }

  private static String text(JsonNode text, String lang) {
    return UntrustedText.sanitize(
        text.path(lang.startsWith("zh") ? "zh" : "en").asString(""), MAX_NAME);
  }
}
