package org.actsandbox.merchants.service;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Represents one line of a chart. */
record ChartSeries(String label, String unit, List<Point> points) {

  static final int MAX_POINTS = 400;

  /**
   * Represents a point of the line.
   *
   * @param at the label on the axis, such as a date
   */
  record Point(String at, BigDecimal value) {}

  /**
   * Reads a series from the input of a service.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field}
   */
  static ChartSeries read(JsonNode json) {
    ServiceInputFields.checkNames(json, Set.of("label", "unit", "points"), "input.series");
    return new ChartSeries(
        ServiceInputFields.text(json, "label", 80),
        ServiceInputFields.textOrNone(json, "unit", 40),
        ServiceInputFields.list(json, "points", MAX_POINTS).stream()
            .map(ChartSeries::point)
            .toList());
  }

  private static Point point(JsonNode json) {
    ServiceInputFields.checkNames(json, Set.of("at", "value"), "input.series.points");
    var value = ServiceInputFields.text(json, "value", 20);
    if (!value.matches("-?[0-9]{1,12}(\\.[0-9]{1,6})?")) {
      throw ServiceInputFields.refusal(
          "series.points.value", "a decimal string", json.path("value"));
    }
    return new Point(ServiceInputFields.text(json, "at", 32), new BigDecimal(value));
  }
}
