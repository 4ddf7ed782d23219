package org.actsandbox.agent.task;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.delegation.AuthorityCheck;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.boundary.Boundary;
import org.actsandbox.protocol.delegation.boundary.BoundaryViolation;
import org.actsandbox.protocol.delegation.boundary.DelegationUsage;
import org.actsandbox.protocol.delegation.boundary.PaymentAttempt;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.rule.ActComponent;

/**
 * Checks every service payment before the agent requests it (ACT CID-6, PSD-5): the announced
 * price, the authority, and the sums that the payment service counted.
 */
final class ServiceSelfCheck {

  private final AgentWorld world;
  private final AuthorityCheck authorityCheck;
  private final SubAccountClient subAccountClient;
  private final TaskNarrator taskNarrator;

  ServiceSelfCheck(
      AgentWorld world,
      AuthorityCheck authorityCheck,
      SubAccountClient subAccountClient,
      TaskNarrator taskNarrator) {
    this.world = world;
    this.authorityCheck = authorityCheck;
    this.subAccountClient = subAccountClient;
    this.taskNarrator = taskNarrator;
  }

  /** The result of the check of a payment. */
  sealed interface Verdict {

    record Allowed() implements Verdict {}

    /** The principal can remove the obstacle. */
    record Blocked(String code, Text why) implements Verdict {}

    /** The authority has ended; nothing can be paid any more. */
    record AuthorityEnded(String code, Text why) implements Verdict {}

    /**
     * The payment passes a boundary.
     *
     * @param anySeller whether a payment to any other seller would pass it as well
     */
    record Refused(String code, Text why, boolean anySeller) implements Verdict {}
  }

  Verdict check(Task task, TaskStep taskStep, Platform platform, Money amount) {
    var announced = Money.of(taskStep.seller().price(), amount.currency().getCurrencyCode());
    if (!world.principal().tolerance().allows(announced, amount)) {
      noteFailed(
          task,
          taskStep,
          amount,
          new Failure(Boundary.PRICE_DEVIATION, announced.decimal(), amount.decimal()));
      return new Verdict.Refused(
          Boundary.PRICE_DEVIATION.problem().code(),
          AgentPhrases.bilingual(
              "task.dearer",
              taskNarrator.merchant(taskStep),
              announced.decimal(),
              amount.decimal()),
          false);
    }
    var violations =
        authorityCheck.violations(
            task.requiredAuthority(),
            (_, state) -> usage(task, state, announced),
            new PaymentAttempt(
                world.now(),
                world.agent(),
                world.delegations().principal(),
                DelegationMode.BOUNDED,
                amount,
                SubAccountClient.METHOD,
                platform.did(),
                platform.kind().code(),
                world.now(),
                null));
    if (violations.isEmpty()) {
      return new Verdict.Blocked(
          "delegation_state_unknown", AgentPhrases.bilingual("outside.state_unknown"));
    }
    if (violations.get().isEmpty()) {
      notePassed(task, taskStep, amount);
      return new Verdict.Allowed();
    }
    var first = violations.get().getFirst();
    noteFailed(
        task, taskStep, amount, new Failure(first.boundary(), first.expected(), first.observed()));
    return verdict(first);
  }

  /** Counts what the payment service knows of the payments under the authority (PSD-7). */
  private DelegationUsage usage(Task task, DelegationState state, Money announced) {
    var sums = subAccountClient.fetchSums(task);
    return new DelegationUsage(state, sums.spent(), sums.payments(), 0, List.of(), announced);
  }

  /** Returns the current state of the authority; it is for a task that waits. */
  Optional<DelegationState> delegationState(Task task) {
    return authorityCheck.state(task.requiredAuthority());
  }

  private static Verdict verdict(BoundaryViolation boundaryViolation) {
    var code = AuthorityCheck.code(boundaryViolation);
    var why = AuthorityCheck.reason(boundaryViolation);
    return switch (boundaryViolation.boundary()) {
      case SUSPENDED, NOT_BEGUN -> new Verdict.Blocked(code, why);
      case OVER, REVOKED, AGENT, PRINCIPAL, MODE -> new Verdict.AuthorityEnded(code, why);
      case METHOD, PLAN -> new Verdict.Refused(code, why, true);
      case CUMULATIVE_AMOUNT,
          CURRENCY,
          SINGLE_AMOUNT,
          PRICE_DEVIATION,
          MERCHANT,
          CATEGORY,
          GOODS_STATED,
          TARGET,
          TARGET_TIMES,
          FULFILMENT_TIME,
          RETRIES ->
          new Verdict.Refused(code, why, false);
    };
  }

  private void notePassed(Task task, TaskStep taskStep, Money amount) {
    taskNarrator.note(
        task,
        JournalNote.Kind.DECISION,
        ActComponent.PSD_PAY_AUP,
        JournalEvent.SELF_CHECK_PASSED,
        Map.of("step", taskStep.key(), "amount", amount.decimal()));
  }

  private void noteFailed(Task task, TaskStep taskStep, Money amount, Failure failure) {
    taskNarrator.note(
        task,
        JournalNote.Kind.DECISION,
        ActComponent.PSD_PAY_AUP,
        JournalEvent.SELF_CHECK_FAILED,
        Map.of(
            "step", taskStep.key(),
            "merchant", taskStep.seller().merchant(),
            "amount", amount.decimal(),
            "currency", amount.currency().getCurrencyCode(),
            "code", failure.boundary().problem().code(),
            "boundary", failure.boundary().name(),
            "expected", failure.expected(),
            "observed", failure.observed()));
  }

  /** Holds what the journal says about a failed check. */
  private record Failure(Boundary boundary, String expected, String observed) {}
}
