package org.actsandbox.merchants.service;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.document.DocumentTemplate;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/** Sells a report of headings, paragraphs, tables of figures and charts as one HTML document. */
record ReportService() implements PaidService {

  private static final int MAX_SECTIONS = 12;
  private static final int MAX_SERIES = 4;
  private static final DocumentTemplate TEMPLATE =
      DocumentTemplate.of(ReportService.class, "report.html");

  private record Section(String heading, String text, List<ChartSeries> series) {}

  @Override
  public String id() {
    return "report";
  }

  @Override
  public Text name() {
    return new Text("Report", "报告");
  }

  @Override
  public Text about() {
    return new Text(
        "One HTML document with charts from the data you send; no script, no style.",
        "按所给数据生成含图表的单个 HTML 文档，无脚本无样式。");
  }

  @Override
  public Text unit() {
    return new Text("per report", "每份报告");
  }

  @Override
  public Map<String, String> attributes() {
    return Map.of(
        "input",
        "{\"title\": \"…\", \"language\": \"zh\", \"sections\": [{\"heading\": \"…\", \"text\":"
            + " \"…\", \"series\": [{\"label\": \"…\", \"unit\": \"…\", \"points\": [{\"at\":"
            + " \"…\", \"value\": \"2.85\"}]}]}]}",
        "output",
        "text/html");
  }

  @Override
  public void check(JsonNode input) {
    ServiceInputFields.check(
        input,
        Set.of("title", "language", "sections"),
        () -> ServiceInputFields.text(input, "title", 200),
        () -> ServiceInputFields.oneOf(input, "language", List.of("en", "zh")),
        () -> sections(input));
  }

  @Override
  public JsonNode perform(JsonNode input, Instant asOf) {
    var html =
        TEMPLATE.fill(
            Map.of(
                "lang",
                input.path("language").asString(),
                "title",
                LineChartSvg.printable(input.path("title").asString()),
                "sections",
                sections(input).stream().map(ReportService::values).toList(),
                "asOf",
                asOf.toString()));
    return Json.object().put("media_type", "text/html").put("content", html);
  }

  private static Map<String, Object> values(Section section) {
    return Map.of(
        "heading",
        LineChartSvg.printable(section.heading()),
        "lines",
        section
            .text()
            .lines()
            .filter(line -> !line.isBlank())
            .map(LineChartSvg::printable)
            .toList(),
        "charts",
        section.series().stream().map(LineChartSvg::values).toList());
  }

  private static List<Section> sections(JsonNode input) {
    return ServiceInputFields.list(input, "sections", MAX_SECTIONS).stream()
        .map(ReportService::section)
        .toList();
  }

  private static Section section(JsonNode json) {
    ServiceInputFields.checkNames(json, Set.of("heading", "text", "series"), "input.sections");
    return new Section(
        ServiceInputFields.text(json, "heading", 200),
        ServiceInputFields.textOrNone(json, "text", 4_000),
        json.has("series")
            ? ServiceInputFields.list(json, "series", MAX_SERIES).stream()
                .map(ChartSeries::read)
                .toList()
            : List.of());
  }
}
