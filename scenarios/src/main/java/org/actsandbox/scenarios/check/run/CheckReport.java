package org.actsandbox.scenarios.check.run;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.actsandbox.scenarios.check.model.CheckLevel;
import org.actsandbox.scenarios.check.model.CheckResult;
import org.actsandbox.scenarios.check.model.CheckVerdict;

/**
 * The results of a run.
 *
 * @param target address of the merchant
 * @param stale ids of known deviations that no longer occur
 * @param fixed ids of checks that deviated in the last run and pass in this one
 */
public record CheckReport(
    String target,
    CheckLevel level,
    List<CheckResult> results,
    List<String> stale,
    List<String> fixed,
    Duration took) {

  public CheckReport {
    results = List.copyOf(results);
    stale = List.copyOf(stale);
    fixed = List.copyOf(fixed);
  }

  public CheckTotal total() {
    if (results.stream().anyMatch(each -> each.verdict() == CheckVerdict.HARNESS_ERROR)) {
      return CheckTotal.HARNESS_ERROR;
    }
    boolean deviates =
        results.stream()
            .anyMatch(each -> each.verdict() == CheckVerdict.DEVIATION && !each.known());
    if (deviates || !stale.isEmpty()) {
      return CheckTotal.DEVIATES;
    }
    return results.isEmpty() || results.stream().anyMatch(CheckResult::leavesMustUnproven)
        ? CheckTotal.INCOMPLETE
        : CheckTotal.CONFORMS;
  }

  /** Returns how many results there are of each verdict, those that occur. */
  public Map<CheckVerdict, Long> counts() {
    var counts = new EnumMap<CheckVerdict, Long>(CheckVerdict.class);
    results.forEach(each -> counts.merge(each.verdict(), 1L, Long::sum));
    return counts;
  }

  /** Returns the results with a finding, deviations first. */
  public List<CheckResult> findings() {
    return results.stream()
        .filter(each -> each.finding() != null)
        .sorted(java.util.Comparator.comparing(CheckResult::verdict))
        .toList();
  }
}
