package org.actsandbox.merchants.service;

import java.time.Instant;
import java.util.Map;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;
import tools.jackson.databind.JsonNode;

/** Sells one line chart as SVG. */
record ChartService() implements PaidService {

  @Override
  public String id() {
    return "chart";
  }

  @Override
  public Text name() {
    return new Text("Chart", "图表");
  }

  @Override
  public Text about() {
    return new Text("A line chart as SVG.", "SVG 折线图。");
  }

  @Override
  public Text unit() {
    return new Text("per chart", "每张图");
  }

  @Override
  public Map<String, String> attributes() {
    return Map.of(
        "input",
        "{\"label\": \"Coffee\", \"unit\": \"USD/lb\", \"points\": [{\"at\": \"2026-11-25\","
            + " \"value\": \"2.85\"}]}",
        "output",
        "image/svg+xml");
  }

  @Override
  public void check(JsonNode input) {
    ChartSeries.read(input);
  }

  @Override
  public JsonNode perform(JsonNode input, Instant asOf) {
    return Json.object()
        .put("media_type", "image/svg+xml")
        .put("content", LineChartSvg.of(ChartSeries.read(input)));
  }
}
