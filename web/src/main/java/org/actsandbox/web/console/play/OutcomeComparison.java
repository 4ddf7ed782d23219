package org.actsandbox.web.console.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares two outcomes of a scenario side by side.
 *
 * @param rows orders, payments, money, refusals and messages, each with both sides; empty while one
 *     of them has no end state
 */
public record OutcomeComparison(
    ScenarioRun.Part.View left, ScenarioRun.Part.View right, List<Row> rows) {

  /**
   * Holds both sides of one compared thing.
   *
   * @param name name of the compared thing, as in the bundles
   */
  public record Row(String name, List<EndState.Line> left, List<EndState.Line> right) {

    public boolean differs() {
      return !left.equals(right);
    }
  }

  static OutcomeComparison of(ScenarioRun.Part.View left, ScenarioRun.Part.View right) {
    return new OutcomeComparison(left, right, rows(left.ending(), right.ending()));
  }

  private static List<Row> rows(@Nullable EndState left, @Nullable EndState right) {
    if (left == null || right == null) {
      return List.of();
    }
    var rows = new ArrayList<Row>();
    rows.add(new Row("orders", left.orders(), right.orders()));
    rows.add(new Row("payments", left.payments(), right.payments()));
    rows.add(new Row("money", left.money(), right.money()));
    rows.add(new Row("refusals", codes(left), codes(right)));
    rows.add(new Row("messages", count(left), count(right)));
    return List.copyOf(rows);
  }

  private static List<EndState.Line> codes(EndState state) {
    return state.refusals().stream().map(code -> new EndState.Line(code, "", "", "")).toList();
  }

  private static List<EndState.Line> count(EndState state) {
    return List.of(new EndState.Line(String.valueOf(state.messages()), "", "", ""));
  }

  /** Tells whether the two outcomes differ in any way. */
  public boolean differs() {
    return rows.stream().anyMatch(Row::differs) || !Objects.equals(left.state(), right.state());
  }
}
