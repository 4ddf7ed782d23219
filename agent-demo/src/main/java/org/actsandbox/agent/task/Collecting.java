package org.actsandbox.agent.task;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.actsandbox.agent.conversation.Narrator;
import org.actsandbox.agent.text.Phrases;
import org.actsandbox.agent.wire.Refused;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.Unanswered;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;
import tools.jackson.databind.JsonNode;

/**
 * Fetches what was paid for. Patience first, for an outage says nothing; then the money is asked
 * back, and somebody else is asked.
 */
final class Collecting {

  /** The seller says that the money goes back by itself, or went already. */
  private static final Set<String> GIVEN_BACK =
      Set.of("fulfilment_failed", "paid_too_late", "proof_revoked");

  private final Services services;
  private final Purse purse;
  private final TaskTeller teller;
  private final PassingOver passing;

  Collecting(Services services, Purse purse, TaskTeller teller, PassingOver passing) {
    this.services = services;
    this.purse = purse;
    this.teller = teller;
    this.passing = passing;
  }

  Performing.Outcome collect(Task task, Step step) {
    var paid = Objects.requireNonNull(step.papers().paid());
    JsonNode result;
    try {
      var payment =
          paid.path("proof").isObject()
              ? paid
              : purse.query(task, Performing.request(step), paid.path("trade_no").asString(""));
      result = services.collect(task, step, payment.path("proof"));
    } catch (Refused refused) {
      return undelivered(task, step, refused.code(), refused.words());
    } catch (Unanswered silent) {
      return undelivered(
          task, step, "unanswered", Phrases.both("task.unanswered", teller.merchant(step)));
    }
    teller.step(
        task,
        step,
        Narrator.Step.DONE,
        Phrases.both(
            "task.delivered",
            TaskTeller.title(step),
            teller.merchant(step),
            paid.path("amount").asString("")));
    return new Performing.Outcome.On(task.step(step.delivered(result)));
  }

  /** Patience first: an outage says nothing. Then the money is asked back. */
  private Performing.Outcome undelivered(Task task, Step step, String code, Text said) {
    if (!GIVEN_BACK.contains(code) && step.tries() + 1 < Performing.TRIES) {
      return new Performing.Outcome.Later(
          task.step(step.tried()), Performing.pause(step.tries()), said.en());
    }
    var why = Phrases.both("task.undelivered", teller.merchant(step), said);
    return new Performing.Outcome.On(task.step(step.claimed(code, why)));
  }

  Performing.Outcome claim(Task task, Step step) {
    var paid = Objects.requireNonNull(step.papers().paid());
    var why = Objects.requireNonNull(step.why());
    boolean back = GIVEN_BACK.contains(String.valueOf(step.code()));
    if (!back) {
      try {
        services.cancel(task, step, paid.path("merchant_order_no").asString(""));
        back = true;
      } catch (Refused refused) {
        if (refused.status() >= 500 && step.tries() + 1 < Performing.TRIES) {
          return new Performing.Outcome.Later(
              task.step(step.tried()), Performing.pause(step.tries()), refused.why());
        }
        var known = purse.query(task, Performing.request(step), paid.path("trade_no").asString(""));
        back = !known.path("refunded").asString("").isEmpty();
        why = Phrases.both("task.claim_refused", teller.merchant(step), refused.words());
      }
    }
    teller.note(
        task,
        JournalNote.Kind.DECISION,
        ActComponent.PSD_PAY_AUP,
        back ? "money-goes-back" : "money-not-given-back",
        Map.of("step", step.key(), "trade_no", paid.path("trade_no").asString("")));
    return new Performing.Outcome.On(
        passing.next(
            task.bought(Performing.bought(step, paid, back, teller.choice(step))),
            step,
            String.valueOf(step.code()),
            why));
  }
}
