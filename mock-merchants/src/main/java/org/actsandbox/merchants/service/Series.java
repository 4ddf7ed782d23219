package org.actsandbox.merchants.service;

import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A line of a chart. */
record Series(String label, String unit, List<Point> points) {

  static final int MOST_POINTS = 400;

  /**
   * @param at as the axis shows it, such as a date
   */
  record Point(String at, BigDecimal value) {}

  /**
   * @throws org.actsandbox.protocol.refusal.Refusal {@code invalid_field}
   */
  static Series read(JsonNode json) {
    return new Series(
        Fields.text(json, "label", 80),
        Fields.textOrNone(json, "unit", 40),
        Fields.list(json, "points", MOST_POINTS).stream().map(Series::point).toList());
  }

  private static Point point(JsonNode json) {
    var value = Fields.text(json, "value", 20);
    if (!value.matches("-?[0-9]{1,12}(\\.[0-9]{1,6})?")) {
      throw Fields.wrong("series.points.value", "a decimal string", json.path("value"));
    }
    return new Point(Fields.text(json, "at", 32), new BigDecimal(value));
  }
}
