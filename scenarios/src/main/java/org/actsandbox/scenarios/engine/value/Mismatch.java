package org.actsandbox.scenarios.engine.value;

/**
 * An expectation that did not hold.
 *
 * @param at where in what was observed, {@code offers[0].total}
 */
public record Mismatch(String at, String expected, String observed) {

  @Override
  public String toString() {
    return "%s: expected %s, observed %s".formatted(at, expected, observed);
  }
}
