package org.actsandbox.agent.language;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A measure that goods must reach or not exceed, such as "at least 25l". No merchant can be asked
 * for it, so the agent compares the measures of the offers itself.
 */
public record MeasureLimit(Bound bound, BigDecimal number, String unit) {

  /** Says on which side of the limit the measure of the goods has to be. */
  public enum Bound {
    AT_LEAST("at least "),
    AT_MOST("at most "),
    OVER("over "),
    UNDER("under ");

    /** Begins the feature of such a limit. */
    public final String words;

    Bound(String words) {
      this.words = words;
    }

    private boolean isKept(int compared) {
      return switch (this) {
        case AT_LEAST -> compared >= 0;
        case AT_MOST -> compared <= 0;
        case OVER -> compared > 0;
        case UNDER -> compared < 0;
      };
    }
  }

  private static final Pattern LIMIT =
      Pattern.compile("(at least|at most|over|under) (\\d+(?:\\.\\d+)?) ?([a-z]+)");

  /** Reads a feature; it is empty for a feature without a limit. */
  public static Optional<MeasureLimit> of(String feature) {
    var limit = LIMIT.matcher(feature);
    return limit.matches()
        ? Optional.of(
            new MeasureLimit(
                Bound.valueOf(limit.group(1).replace(' ', '_').toUpperCase(Locale.ROOT)),
                new BigDecimal(limit.group(2)),
                limit.group(3)))
        : Optional.empty();
  }

  private static final Pattern EXACT = Pattern.compile("(\\d+(?:\\.\\d+)?) ?([a-z]+)");

  /** The units of one quantity, each with its size in the smallest one. */
  private static final Map<String, Map<String, Integer>> QUANTITIES =
      Map.of(
          "volume", Map.of("ml", 1, "l", 1000),
          "length", Map.of("cm", 1, "m", 100),
          "weight", Map.of("g", 1, "kg", 1000),
          "charge", Map.of("mah", 1),
          "memory", Map.of("gb", 1, "tb", 1024));

  /**
   * Tells whether a description has measures of the same quantity as a feature such as "500ml", and
   * all of them are others.
   */
  public static boolean contradicts(String feature, String description) {
    var wished = EXACT.matcher(feature);
    if (!wished.matches()) {
      return false;
    }
    return QUANTITIES.values().stream()
        .filter(units -> units.containsKey(wished.group(2)))
        .anyMatch(
            units -> {
              var sizes = sizes(description, units);
              return !sizes.isEmpty()
                  && sizes.stream().noneMatch(size -> size.compareTo(size(wished, units)) == 0);
            });
  }

  private static List<BigDecimal> sizes(String description, Map<String, Integer> units) {
    return Pattern.compile(
            "(\\d+(?:\\.\\d+)?)[ -]?(" + String.join("|", units.keySet()) + ")(?![a-z])")
        .matcher(description.toLowerCase(Locale.ROOT))
        .results()
        .map(measure -> size(measure, units))
        .toList();
  }

  private static BigDecimal size(MatchResult measure, Map<String, Integer> units) {
    return new BigDecimal(measure.group(1))
        .multiply(BigDecimal.valueOf(Objects.requireNonNull(units.get(measure.group(2)))));
  }

  /** The measures that goods usually have: a merchant shows the variant that is asked for. */
  private static final Map<String, List<String>> USUAL =
      Map.of(
          "ml", List.of("200", "250", "300", "350", "500", "750", "1000"),
          "l", List.of("1", "1.5", "1.7", "2", "3"),
          "g", List.of("50", "100", "250", "500"),
          "m", List.of("0.5", "1", "1.5", "2", "3", "5"));

  /** Ours: so many usual measures within a limit are asked for. */
  private static final int MAX_USUAL = 2;

  /** Returns measures that keep the limit, as features that merchants know, the nearest first. */
  public List<String> asFeatures() {
    var within =
        USUAL.getOrDefault(unit, List.of()).stream()
            .map(BigDecimal::new)
            .filter(usual -> usual.compareTo(number) != 0 && bound.isKept(usual.compareTo(number)))
            .sorted(Comparator.comparing(usual -> usual.subtract(number).abs()))
            .limit(MAX_USUAL);
    var own = Stream.of(number).filter(_ -> bound.isKept(0));
    return Stream.concat(own, within)
        .map(each -> each.toPlainString() + (unit.equals("inch") ? " " : "") + unit)
        .toList();
  }

  /** Tells whether a description keeps the limit; empty when it has no measure of this unit. */
  public Optional<Boolean> isKeptBy(String description) {
    var measures = sizes(description, Map.of(unit, 1));
    return measures.isEmpty()
        ? Optional.empty()
        : Optional.of(measures.stream().anyMatch(m -> bound.isKept(m.compareTo(number))));
  }
}
