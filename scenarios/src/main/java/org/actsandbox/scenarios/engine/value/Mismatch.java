package org.actsandbox.scenarios.engine.value;

/**
 * Represents an expectation that was not met.
 *
 * @param at the path of the observed value, such as {@code offers[0].total}
 */
public record Mismatch(String at, String expected, String observed) {

  @Override
  public String toString() {
    return "%s: expected %s, observed %s".formatted(at, expected, observed);
  }
}
