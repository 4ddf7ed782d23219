package org.actsandbox.merchants.service;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.actsandbox.protocol.document.DocumentTemplate;

/**
 * Draws a series as SVG: computes the coordinates, which the template {@code chart.html} places.
 */
final class LineChartSvg {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 220;
  private static final int LEFT = 72;
  private static final int TOP = 36;
  private static final int RIGHT = WIDTH - 16;
  private static final int BOTTOM = HEIGHT - 36;

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");
  private static final DocumentTemplate TEMPLATE =
      DocumentTemplate.of(LineChartSvg.class, "chart.html");

  private LineChartSvg() {}

  /** Returns the series as one SVG element. */
  static String of(ChartSeries series) {
    return TEMPLATE.fill("chart", Map.of("c", values(series)));
  }

  /** Returns the values for the template's fragment {@code chart}. */
  static Map<String, Object> values(ChartSeries series) {
    var points = series.points();
    var order = Comparator.<BigDecimal>naturalOrder();
    var low = points.stream().map(ChartSeries.Point::value).min(order).orElseThrow();
    var high = points.stream().map(ChartSeries.Point::value).max(order).orElseThrow();
    var line =
        IntStream.range(0, points.size())
            .mapToObj(
                i -> "%s,%s".formatted(x(i, points.size()), y(points.get(i).value(), low, high)))
            .collect(Collectors.joining(" "));
    return Map.ofEntries(
        Map.entry("width", WIDTH),
        Map.entry("height", HEIGHT),
        Map.entry("left", LEFT),
        Map.entry("right", RIGHT),
        Map.entry("top", TOP),
        Map.entry("bottom", BOTTOM),
        Map.entry(
            "title",
            printable(series.label() + (series.unit().isEmpty() ? "" : ", " + series.unit()))),
        Map.entry("high", high.toPlainString()),
        Map.entry("low", low.toPlainString()),
        Map.entry("first", printable(points.getFirst().at())),
        Map.entry("last", printable(points.getLast().at())),
        Map.entry("line", line));
  }

  /** Removes control characters, which XML does not allow, not even as references. */
  static String printable(String text) {
    return CONTROL.matcher(text).replaceAll("");
  }

  private static String x(int i, int count) {
    double share = count == 1 ? 0.5 : (double) i / (count - 1);
    return coordinate(LEFT + share * (RIGHT - LEFT));
  }

  private static String y(BigDecimal value, BigDecimal low, BigDecimal high) {
    double range = high.subtract(low).doubleValue();
    double share = range == 0 ? 0.5 : value.subtract(low).doubleValue() / range;
    return coordinate(BOTTOM - share * (BOTTOM - TOP));
  }

  private static String coordinate(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
