package org.actsandbox.scenarios.check.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.actsandbox.client.UnexpectedReply;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.rule.RuleLevel;
import org.actsandbox.scenarios.check.exchange.MerchantSilent;
import org.actsandbox.scenarios.check.model.CheckContext;
import org.actsandbox.scenarios.check.model.CheckEnd;
import org.actsandbox.scenarios.check.model.CheckFinding;
import org.actsandbox.scenarios.check.model.CheckResult;
import org.actsandbox.scenarios.check.model.CheckSentence;
import org.actsandbox.scenarios.check.model.CheckVerdict;
import org.actsandbox.scenarios.check.model.MerchantCheck;
import org.actsandbox.scenarios.check.suite.RunObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/**
 * Plays checks one after the other and comes to a verdict on each. A check whose ground is broken
 * is not tested, so one root cause is one finding.
 */
public final class CheckRun {

  private static final Logger LOG = LoggerFactory.getLogger(CheckRun.class);
  private static final String BECAUSE = "because of {0}: {1}";

  private final CheckContext context;
  private final List<MerchantCheck> checks;
  private final Set<String> proven;
  private final Duration limit;
  private final Map<String, CheckResult> results = new HashMap<>();

  /**
   * Prepares a run.
   *
   * @param proven ids of the checks that at least one defective stand-in is known to fail
   * @param limit real time after which no further check begins
   */
  public CheckRun(
      CheckContext context, List<MerchantCheck> checks, Set<String> proven, Duration limit) {
    this.context = context;
    this.checks = List.copyOf(checks);
    this.proven = Set.copyOf(proven);
    this.limit = limit;
  }

  /**
   * Plays the checks.
   *
   * @param listener is told each result as it comes
   */
  public List<CheckResult> play(Consumer<CheckResult> listener) {
    RunObserver.begin(context);
    long end = System.nanoTime() + limit.toNanos();
    var played = new ArrayList<CheckResult>();
    for (var check : checks) {
      var result = result(check, end);
      if (result.verdict() == CheckVerdict.PASS && !proven.contains(check.id())) {
        result = result.asUnproven();
      }
      results.put(check.id(), result);
      played.add(result);
      listener.accept(result);
    }
    restock();
    return played;
  }

  private void restock() {
    try {
      context.stock().restockAll();
    } catch (CheckEnd | MerchantSilent gone) {
      // The results stand; a merchant that is gone by now has no stock to give back to.
      LOG.debug("stock is not given back", gone);
    }
  }

  private CheckResult result(MerchantCheck check, long end) {
    for (var need : check.needs()) {
      var needed = results.get(need);
      if (needed != null && needed.verdict() == CheckVerdict.NOT_APPLICABLE) {
        return ended(
            check,
            CheckVerdict.NOT_APPLICABLE,
            CheckSentence.of("{0} does not apply: {1}", need, needed.reason()));
      }
      if (needed != null && isBroken(needed)) {
        return ended(check, CheckVerdict.NOT_TESTED, because(need, needed));
      }
    }
    if (context.isStopped()) {
      return ended(check, CheckVerdict.NOT_TESTED, CheckSentence.of(CheckContext.STOPPED));
    }
    if (System.nanoTime() - end > 0) {
      return ended(
          check,
          CheckVerdict.NOT_TESTED,
          CheckSentence.of("the time of {0} s is over", limit.toSeconds()));
    }
    long began = System.nanoTime();
    var verdict = played(check);
    return new CheckResult(
        check,
        verdict.verdict(),
        verdict.reason(),
        verdict.finding(),
        false,
        Duration.ofNanos(System.nanoTime() - began));
  }

  private CheckResult played(MerchantCheck check) {
    try {
      context.stock().restock();
      context.begin(check.id());
      check.body().accept(context);
      return ended(check, CheckVerdict.PASS, CheckSentence.NOTHING);
    } catch (CheckEnd end) {
      return of(check, end);
    } catch (MerchantSilent silent) {
      return found(check, CheckSentence.of("an answer"), CheckSentence.of(silent));
    } catch (JacksonException misshapen) {
      return found(
          check,
          CheckSentence.of("messages of the form that the standard names"),
          CheckSentence.said(misshapen.getOriginalMessage()));
    } catch (UnexpectedReply | NoAnswerException world) {
      return broken(
          check, CheckSentence.of("the sandbox's world: {0}", String.valueOf(world.getMessage())));
    } catch (RuntimeException bug) {
      return broken(
          check, CheckSentence.said(bug.getClass().getSimpleName() + ": " + bug.getMessage()));
    } finally {
      context.world().clearFaults();
    }
  }

  private CheckResult of(MerchantCheck check, CheckEnd end) {
    return switch (end.kind()) {
      case NOT_APPLICABLE -> ended(check, CheckVerdict.NOT_APPLICABLE, end.observed());
      case NOT_TESTED -> ended(check, CheckVerdict.NOT_TESTED, end.observed());
      case INCONCLUSIVE -> ended(check, CheckVerdict.INCONCLUSIVE, end.observed());
      case DEVIATES -> {
        var step = end.step();
        yield step == null || step.equals(check.id())
            ? found(check, end.expected(), end.observed())
            : inStep(check, step, end);
      }
    };
  }

  /** A step that failed is the finding of the check that is about it. */
  private CheckResult inStep(MerchantCheck check, String step, CheckEnd end) {
    var owner = results.get(step);
    if (owner != null && isBroken(owner)) {
      return ended(check, CheckVerdict.NOT_TESTED, because(step, owner));
    }
    return ended(
        check,
        CheckVerdict.INCONCLUSIVE,
        CheckSentence.of(
            owner == null
                ? "the step {0} failed: {1}"
                : "the step {0} passed before and fails here: {1}",
            step,
            end.sentence()));
  }

  private static boolean isBroken(CheckResult result) {
    return switch (result.verdict()) {
      case PASS, NOT_APPLICABLE -> false;
      case INCONCLUSIVE -> result.finding() != null || !result.reason().is(CheckResult.UNPROVEN);
      case DEVIATION, ADVISORY, NOT_TESTED, HARNESS_ERROR -> true;
    };
  }

  /** Names the check where the root cause is, which may be a need of the need. */
  private static CheckSentence because(String need, CheckResult needed) {
    return needed.reason().is(BECAUSE)
        ? needed.reason()
        : CheckSentence.of(BECAUSE, need, word(needed));
  }

  private static CheckSentence word(CheckResult result) {
    return result.reason().isEmpty() ? CheckSentence.of(result.verdict().word()) : result.reason();
  }

  private CheckResult found(MerchantCheck check, CheckSentence expected, CheckSentence observed) {
    return new CheckResult(
        check,
        check.strength() == RuleLevel.MUST ? CheckVerdict.DEVIATION : CheckVerdict.ADVISORY,
        CheckSentence.NOTHING,
        new CheckFinding(expected, observed, context.client().exchanges()),
        false,
        Duration.ZERO);
  }

  private CheckResult broken(MerchantCheck check, CheckSentence what) {
    return new CheckResult(
        check,
        CheckVerdict.HARNESS_ERROR,
        what,
        new CheckFinding(
            CheckSentence.of("a check that comes to its end"), what, context.client().exchanges()),
        false,
        Duration.ZERO);
  }

  private static CheckResult ended(
      MerchantCheck check, CheckVerdict verdict, CheckSentence reason) {
    return new CheckResult(check, verdict, reason, null, false, Duration.ZERO);
  }
}
