package org.actsandbox.agent.task;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.delegation.DelegationService;
import org.actsandbox.agent.text.Phrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.DelegationMode;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.delegation.boundary.Attempt;
import org.actsandbox.protocol.delegation.boundary.Boundary;
import org.actsandbox.protocol.delegation.boundary.Outside;
import org.actsandbox.protocol.delegation.boundary.Standing;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.rule.ActComponent;

/**
 * The agent's check of every payment before it asks for it (ACT CID-6, PSD-5): price as announced,
 * authority, sums by the payment service's own count.
 */
final class OwnCheck {

  private final AgentWorld world;
  private final DelegationService service;
  private final Purse purse;
  private final TaskTeller teller;

  OwnCheck(AgentWorld world, DelegationService service, Purse purse, TaskTeller teller) {
    this.world = world;
    this.service = service;
    this.purse = purse;
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

  Verdict of(Task task, Step step, Platform platform, Money amount) {
    var announced = Money.of(step.seller().price(), amount.currency().getCurrencyCode());
    if (!world.principal().tolerance().allows(announced, amount)) {
      failed(
          task,
          step,
          amount,
          new Failure(Boundary.PRICE_DEVIATION, announced.decimal(), amount.decimal()));
      return new Verdict.Outside(
          Boundary.PRICE_DEVIATION.problem().code(),
          Phrases.both("task.dearer", teller.merchant(step), announced.decimal(), amount.decimal()),
          false);
    }
    var iac = service.read(task.delegated());
    var state = service.state(iac);
    if (state.isEmpty()) {
      return new Verdict.Blocked("delegation_state_unknown", Phrases.both("outside.state_unknown"));
    }
    var sums = purse.sums(task);
    var broken =
        world
            .delegations()
            .boundaries()
            .outside(
                iac.payload(),
                new Standing(state.get(), sums.spent(), sums.payments(), 0, List.of(), announced),
                new Attempt(
                    world.now(),
                    world.agent(),
                    world.delegations().principal(),
                    DelegationMode.BOUNDED,
                    amount,
                    Purse.METHOD,
                    platform.did(),
                    platform.kind().code(),
                    world.now(),
                    null))
            .stream()
            .findFirst();
    if (broken.isEmpty()) {
      passed(task, step, amount);
      return new Verdict.Inside();
    }
    var outside = broken.get();
    failed(
        task,
        step,
        amount,
        new Failure(outside.boundary(), outside.expected(), outside.observed()));
    return verdict(outside);
  }

  /** How the authority stands, for a task that does nothing just now. */
  Optional<DelegationState> state(Task task) {
    return service.state(service.read(task.delegated()));
  }

  private static Verdict verdict(Outside outside) {
    var code = outside.boundary().problem().code();
    var why =
        Phrases.both(
            "outside." + outside.boundary().name().toLowerCase(Locale.ROOT),
            outside.expected(),
            outside.observed());
    return switch (outside.boundary()) {
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

  private void passed(Task task, Step step, Money amount) {
    teller.note(
        task,
        JournalNote.Kind.DECISION,
        ActComponent.PSD_PAY_AUP,
        "self-check-passed",
        Map.of("step", step.key(), "amount", amount.decimal()));
  }

  private void failed(Task task, Step step, Money amount, Failure failure) {
    teller.note(
        task,
        JournalNote.Kind.DECISION,
        ActComponent.PSD_PAY_AUP,
        "self-check-failed",
        Map.of(
            "step", step.key(),
            "merchant", step.seller().merchant(),
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
