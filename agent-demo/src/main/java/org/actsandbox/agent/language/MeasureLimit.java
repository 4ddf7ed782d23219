package org.actsandbox.agent.language;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A measure that goods must reach or not exceed, such as "at least 25l". No merchant can be asked
 * for it, so the agent compares the measures of the offers itself.
 */
public record MeasureLimit(boolean least, BigDecimal number, String unit) {

  /** Begins the feature of a lower limit. */
  public static final String AT_LEAST = "at least ";

  /** Begins the feature of an upper limit. */
  public static final String AT_MOST = "at most ";

  private static final Pattern LIMIT =
      Pattern.compile("at (least|most) (\\d+(?:\\.\\d+)?) ?([a-z]+)");

  /** Reads a feature; it is empty for a feature without a limit. */
  public static Optional<MeasureLimit> of(String feature) {
    var limit = LIMIT.matcher(feature);
    return limit.matches()
        ? Optional.of(
            new MeasureLimit(
                limit.group(1).equals("least"), new BigDecimal(limit.group(2)), limit.group(3)))
        : Optional.empty();
  }

  /** Returns the measure as a feature that merchants know. */
  public String asFeature() {
    return number.toPlainString() + (unit.equals("inch") ? " " : "") + unit;
  }

  /** Tells whether a description keeps the limit; empty when it has no measure of this unit. */
  public Optional<Boolean> isKeptBy(String description) {
    var measure =
        Pattern.compile("(\\d+(?:\\.\\d+)?)[ -]?" + unit + "(?![a-z])")
            .matcher(description.toLowerCase(Locale.ROOT));
    boolean found = false;
    while (measure.find()) {
      int compared = new BigDecimal(measure.group(1)).compareTo(number);
      if (least ? compared >= 0 : compared <= 0) {
        return Optional.of(true);
      }
      found = true;
    }
    return found ? Optional.of(false) : Optional.empty();
  }
}
