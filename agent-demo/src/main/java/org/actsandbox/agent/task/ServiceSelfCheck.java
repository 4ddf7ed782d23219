package org.actsandbox.agent.task;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.boundary.Boundary;
import org.actsandbox.protocol.delegation.boundary.BoundaryViolation;
import org.actsandbox.protocol.delegation.boundary.DelegationUsage;
import org.actsandbox.protocol.delegation.boundary.PaymentAttempt;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.rule.ActComponent;

/**
 * The agent's check of every payment before it asks for it (ACT CID-6, PSD-5): price as announced,
 * authority, sums by the payment service's own count.
 */
final class ServiceSelfCheck {

  private final AgentWorld world;
  private final DelegationServiceClient service;
  private final SubAccountClient subAccountClient;
  private final TaskNarrator teller;

  ServiceSelfCheck(
      AgentWorld world,
      DelegationServiceClient service,
      SubAccountClient subAccountClient,
      TaskNarrator teller) {
    this.world = world;
    this.service = service;
    this.subAccountClient = subAccountClient;
    this.teller = teller;
  }

  /** What may be done about a payment. */
  sealed interface Verdict {

    record Inside() implements Verdict {}

    /** The principal can mend it. */
    record Blocked(String code, Text why) implements Verdict {}

    /** Nothing can be paid any more. */
    record Over(String code, Text why) implements Verdict {}

    /**
     * @param whatever it would be so with any seller
     */
    record Outside(String code, Text why, boolean whatever) implements Verdict {}
  }

  Verdict check(Task task, TaskStep taskStep, Platform platform, Money amount) {
    var announced = Money.of(taskStep.seller().price(), amount.currency().getCurrencyCode());
    if (!world.principal().tolerance().allows(announced, amount)) {
      failed(
          task,
          taskStep,
          amount,
          new Failure(Boundary.PRICE_DEVIATION, announced.decimal(), amount.decimal()));
      return new Verdict.Outside(
          Boundary.PRICE_DEVIATION.problem().code(),
          AgentPhrases.bilingual(
              "task.dearer", teller.merchant(taskStep), announced.decimal(), amount.decimal()),
          false);
    }
    var iac = service.parseCredential(task.delegated());
    var state = service.currentState(iac);
    if (state.isEmpty()) {
      return new Verdict.Blocked(
          "delegation_state_unknown", AgentPhrases.bilingual("outside.state_unknown"));
    }
    var sums = subAccountClient.fetchSums(task);
    var broken =
        world
            .delegations()
            .boundaries()
            .violations(
                iac.payload(),
                new DelegationUsage(
                    state.get(), sums.spent(), sums.payments(), 0, List.of(), announced),
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
                    null))
            .stream()
            .findFirst();
    if (broken.isEmpty()) {
      passed(task, taskStep, amount);
      return new Verdict.Inside();
    }
    var boundaryViolation = broken.get();
    failed(
        task,
        taskStep,
        amount,
        new Failure(
            boundaryViolation.boundary(),
            boundaryViolation.expected(),
            boundaryViolation.observed()));
    return verdict(boundaryViolation);
  }

  /** How the authority stands, for a task that does nothing just now. */
  Optional<DelegationState> delegationState(Task task) {
    return service.currentState(service.parseCredential(task.delegated()));
  }

  private static Verdict verdict(BoundaryViolation boundaryViolation) {
    var code = boundaryViolation.boundary().problem().code();
    var why =
        AgentPhrases.bilingual(
            "outside." + boundaryViolation.boundary().name().toLowerCase(Locale.ROOT),
            boundaryViolation.expected(),
            boundaryViolation.observed());
    return switch (boundaryViolation.boundary()) {
      case SUSPENDED, NOT_BEGUN -> new Verdict.Blocked(code, why);
      case OVER, REVOKED, AGENT, PRINCIPAL, MODE -> new Verdict.Over(code, why);
      case METHOD, PLAN -> new Verdict.Outside(code, why, true);
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
          new Verdict.Outside(code, why, false);
    };
  }

  private void passed(Task task, TaskStep taskStep, Money amount) {
    teller.note(
        task,
        JournalNote.Kind.DECISION,
        ActComponent.PSD_PAY_AUP,
        "self-check-passed",
        Map.of("step", taskStep.key(), "amount", amount.decimal()));
  }

  private void failed(Task task, TaskStep taskStep, Money amount, Failure failure) {
    teller.note(
        task,
        JournalNote.Kind.DECISION,
        ActComponent.PSD_PAY_AUP,
        "self-check-failed",
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

  /** What the journal says of it. */
  private record Failure(Boundary boundary, String expected, String observed) {}
}
