package org.actsandbox.web.console.figures;

import java.util.ArrayList;
import java.util.List;

/**
 * Draws amounts as horizontal bars, with a row of 34 pixels each. The value stands above the bar's
 * end of the row, so that it fits on a phone, too.
 *
 * @param code the code of the title in the bundles, {@code figures.<code>}
 */
public record BarChart(String code, List<Bar> bars) {

  private static final int ROW = 34;
  private static final double LONGEST_PERCENT = 100;

  /** Ours: more bars than these are a list and no picture. */
  static final int MOST_BARS = 12;

  /**
   * One bar.
   *
   * @param actor colour class of the participant; empty for none
   * @param shown the value as the reader sees it
   * @param percent the bar's length, in percent of the picture's width
   * @param y the upper edge of its row, in pixels
   */
  public record Bar(String label, String actor, String shown, double percent, int y) {

    public String width() {
      return "%.1f%%".formatted(percent);
    }
  }

  /** One value before it is drawn. */
  record Value(String label, String actor, String shown, double size) {}

  static BarChart of(String code, List<Value> values) {
    double longest = values.stream().mapToDouble(Value::size).max().orElse(0);
    var bars = new ArrayList<Bar>();
    for (var value : values.subList(0, Math.min(values.size(), MOST_BARS))) {
      double percent = longest > 0 ? Math.max(0.5, value.size() / longest * LONGEST_PERCENT) : 0.5;
      bars.add(new Bar(value.label(), value.actor(), value.shown(), percent, bars.size() * ROW));
    }
    return new BarChart(code, List.copyOf(bars));
  }

  public int height() {
    return bars.size() * ROW;
  }
}
