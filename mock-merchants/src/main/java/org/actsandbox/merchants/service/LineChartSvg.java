package org.actsandbox.merchants.service;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Draws a series as SVG; attributes only, so that it shows under any content security policy. */
final class LineChartSvg {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 220;
  private static final int LEFT = 72;
  private static final int TOP = 36;
  private static final int BOTTOM = 36;

  private LineChartSvg() {}

  static String of(ChartSeries chartSeries) {
    var points = chartSeries.points();
    var order = Comparator.<BigDecimal>naturalOrder();
    var low = points.stream().map(ChartSeries.Point::value).min(order).orElseThrow();
    var high = points.stream().map(ChartSeries.Point::value).max(order).orElseThrow();
    var line =
        IntStream.range(0, points.size())
            .mapToObj(
                i -> "%s,%s".formatted(x(i, points.size()), y(points.get(i).value(), low, high)))
            .collect(Collectors.joining(" "));
    var title =
        MarkupEscape.escape(chartSeries.label() + (chartSeries.unit().isEmpty() ? "" : ", " + chartSeries.unit()));
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" font-family="sans-serif" font-size="12" fill="#33383f">
    <title>%s</title>
    <text x="%d" y="20" font-size="14">%s</text>
    <line x1="%d" y1="%d" x2="%d" y2="%d" stroke="#c9ced6"/>
    <line x1="%d" y1="%d" x2="%d" y2="%d" stroke="#c9ced6"/>
    <text x="%d" y="%d" text-anchor="end">%s</text>
    <text x="%d" y="%d" text-anchor="end">%s</text>
    <text x="%d" y="%d">%s</text>
    <text x="%d" y="%d" text-anchor="end">%s</text>
    <polyline points="%s" fill="none" stroke="#1f6feb" stroke-width="2"/>
    </svg>
    """
        .formatted(
            WIDTH,
            HEIGHT,
            WIDTH,
            HEIGHT,
            title,
            LEFT,
            title,
            LEFT,
            TOP,
            WIDTH - 16,
            TOP,
            LEFT,
            HEIGHT - BOTTOM,
            WIDTH - 16,
            HEIGHT - BOTTOM,
            LEFT - 8,
            TOP + 4,
            high.toPlainString(),
            LEFT - 8,
            HEIGHT - BOTTOM + 4,
            low.toPlainString(),
            LEFT,
            HEIGHT - 14,
            MarkupEscape.escape(points.getFirst().at()),
            WIDTH - 16,
            HEIGHT - 14,
            MarkupEscape.escape(points.getLast().at()),
            line)
        .strip();
  }

  private static String x(int i, int count) {
    double share = count == 1 ? 0.5 : (double) i / (count - 1);
    return coordinate(LEFT + share * (WIDTH - 16 - LEFT));
  }

  private static String y(BigDecimal value, BigDecimal low, BigDecimal high) {
    double range = high.subtract(low).doubleValue();
    double share = range == 0 ? 0.5 : value.subtract(low).doubleValue() / range;
    return coordinate(HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP));
  }

  private static String coordinate(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
