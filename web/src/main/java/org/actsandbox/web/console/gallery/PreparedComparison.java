package org.actsandbox.web.console.gallery;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import org.actsandbox.scenarios.script.Script;

/**
 * Lists the comparisons of two runs that a person can show at once. Its words are in the bundle
 * {@code stage}.
 */
@SuppressWarnings("ImmutableEnumChecker") // the function has no state
enum PreparedComparison {
  /** An honest merchant, and merchants whose price in search is not that of the cart. */
  BAIT("seed-story", ScenarioChange::ofStandIn, "bait-price"),
  /** An agent with a tolerance, and one that accepts every rise. */
  RISE("rise-beyond-tolerance-paused", ScenarioChange::ofStandIn, "any-rise-tolerated"),
  /**
   * Compares a payment service that knows its request numbers with one that does not, after the
   * same lost answer.
   */
  TWICE("lost-answer-after-debit", ScenarioChange::ofStandIn, "repeated-approval-debits-again"),
  /** A purchase, and the same purchase while the seat is sold to another buyer. */
  SOLD("seed-story", ScenarioChange::ofFault, "sold_out");

  private final String scenario;
  private final BiFunction<Script, String, ScenarioChange> change;
  private final String value;

  PreparedComparison(
      String scenario, BiFunction<Script, String, ScenarioChange> change, String value) {
    this.scenario = scenario;
    this.change = change;
    this.value = value;
  }

  public String scenario() {
    return scenario;
  }

  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  ScenarioChange in(Script script) {
    return change.apply(script, value);
  }

  /** Returns the comparisons that run a scenario. */
  static List<PreparedComparison> of(String scenario) {
    return Arrays.stream(values()).filter(each -> each.scenario.equals(scenario)).toList();
  }

  static Optional<PreparedComparison> find(String code) {
    return Arrays.stream(values()).filter(each -> each.code().equals(code)).findFirst();
  }
}
