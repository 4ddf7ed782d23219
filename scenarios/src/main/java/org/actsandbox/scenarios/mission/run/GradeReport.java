package org.actsandbox.scenarios.mission.run;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Holds what an agent did in a whole run, and what it comes to.
 *
 * @param attempts how often each mission was played
 */
public record GradeReport(
    String agent, String language, int attempts, List<MissionResult> results, Duration took) {

  /** 95 % of a normal distribution lie within this many standard deviations. */
  private static final double Z = 1.96;

  public GradeReport {
    results = List.copyOf(results);
  }

  /**
   * Represents a share with its 95 % interval (Wilson).
   *
   * @param value 0 to 1
   */
  public record Share(double value, double low, double high) {

    static Share of(double value, long trials) {
      if (trials == 0) {
        return new Share(0, 0, 1);
      }
      double z2 = Z * Z / trials;
      double middle = (value + z2 / 2) / (1 + z2);
      double half = Z / (1 + z2) * Math.sqrt(value * (1 - value) / trials + z2 / (4 * trials));
      return new Share(value, Math.max(0, middle - half), Math.min(1, middle + half));
    }
  }

  /** Says what a run comes to. */
  public enum Total {
    PASSED,
    FAILED,
    /** A plain control mission did not pass: figures of such an agent mean nothing. */
    INVALID,
    /** Nothing counts against the agent, but some missions could not be played. */
    INCOMPLETE
  }

  public Total total() {
    if (controlsFailed().findAny().isPresent()) {
      return Total.INVALID;
    }
    if (results.stream().anyMatch(each -> each.verdict().counts() && !each.passed())) {
      return Total.FAILED;
    }
    return results.stream().allMatch(MissionResult::passed) && !results.isEmpty()
        ? Total.PASSED
        : Total.INCOMPLETE;
  }

  /** Returns the control missions that counted and did not pass. */
  public java.util.stream.Stream<MissionResult> controlsFailed() {
    return results.stream()
        .filter(each -> each.mission().control())
        .filter(each -> each.verdict().counts() && !each.passed());
  }

  public long count(MissionVerdict verdict) {
    return results.stream().filter(each -> each.verdict() == verdict).count();
  }

  /**
   * Returns the share of missions that pass {@code k} times out of {@code k}: C(passed, k) /
   * C(played, k), the mean over all missions.
   *
   * @param k from 1 to the number of attempts
   */
  public Share pass(int k) {
    var byMission =
        results.stream()
            .filter(each -> each.verdict().counts())
            .collect(Collectors.groupingBy(each -> each.mission().name()))
            .values()
            .stream()
            .filter(each -> each.size() >= k)
            .toList();
    double sum =
        byMission.stream()
            .mapToDouble(
                each ->
                    choose(each.stream().filter(MissionResult::passed).count(), k)
                        / choose(each.size(), k))
            .sum();
    return Share.of(byMission.isEmpty() ? 0 : sum / byMission.size(), byMission.size());
  }

  public BigDecimal lost() {
    return sum(MissionFigures::lost);
  }

  public BigDecimal sum(Function<MissionFigures, BigDecimal> figure) {
    return results.stream()
        .map(each -> figure.apply(each.figures()))
        .reduce(new BigDecimal("0.00"), BigDecimal::add);
  }

  public long sumLong(java.util.function.ToLongFunction<MissionFigures> figure) {
    return results.stream().mapToLong(each -> figure.applyAsLong(each.figures())).sum();
  }

  /**
   * Returns one figure for each that is right: payments for a purchase, approvals for a payment.
   */
  public double ratio(
      java.util.function.ToLongFunction<MissionFigures> had,
      java.util.function.ToLongFunction<MissionFigures> right) {
    long needed = sumLong(right);
    return needed == 0 ? 0 : (double) sumLong(had) / needed;
  }

  /** Returns the results by the theme of their missions. */
  public Map<String, List<MissionResult>> byTheme() {
    return results.stream()
        .collect(
            Collectors.groupingBy(
                each -> each.mission().theme(), LinkedHashMap::new, Collectors.toList()));
  }

  private static double choose(long n, int k) {
    double product = 1;
    for (int i = 0; i < k; i++) {
      product *= (double) (n - i) / (k - i);
    }
    return Math.max(0, product);
  }
}
