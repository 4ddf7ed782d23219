package org.actsandbox.agent.task;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.actsandbox.agent.conversation.ConversationNarrator.StepState;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;
import tools.jackson.databind.JsonNode;

/**
 * Fetches what was paid for. Patience first, for an outage says nothing; then the money is asked
 * back, and somebody else is asked.
 */
final class ServiceDelivery {

  /** The seller says that the money goes back by itself, or went already. */
  private static final Set<String> GIVEN_BACK =
      Set.of("fulfilment_failed", "paid_too_late", "proof_revoked");

  private final SellerAgentClient sellerAgentClient;
  private final SubAccountClient subAccountClient;
  private final TaskNarrator teller;
  private final SellerFallback passing;

  ServiceDelivery(
      SellerAgentClient sellerAgentClient,
      SubAccountClient subAccountClient,
      TaskNarrator teller,
      SellerFallback passing) {
    this.sellerAgentClient = sellerAgentClient;
    this.subAccountClient = subAccountClient;
    this.teller = teller;
    this.passing = passing;
  }

  ServicePurchase.Outcome collect(Task task, TaskStep taskStep) {
    var paid = Objects.requireNonNull(taskStep.papers().paid());
    JsonNode result;
    try {
      var payment =
          paid.path("proof").isObject()
              ? paid
              : subAccountClient.query(
                  task, ServicePurchase.request(taskStep), paid.path("trade_no").asString(""));
      result = sellerAgentClient.collect(task, taskStep, payment.path("proof"));
    } catch (ParticipantRefusal participantRefusal) {
      return undelivered(task, taskStep, participantRefusal.code(), participantRefusal.reason());
    } catch (NoAnswerException silent) {
      return undelivered(
          task,
          taskStep,
          "unanswered",
          AgentPhrases.bilingual("task.unanswered", teller.merchant(taskStep)));
    }
    teller.step(
        task,
        taskStep,
        StepState.DONE,
        AgentPhrases.bilingual(
            "task.delivered",
            TaskNarrator.title(taskStep),
            teller.merchant(taskStep),
            paid.path("amount").asString("")));
    return new ServicePurchase.Outcome.On(task.withStep(taskStep.delivered(result)));
  }

  /** Patience first: an outage says nothing. Then the money is asked back. */
  private ServicePurchase.Outcome undelivered(
      Task task, TaskStep taskStep, String code, Text said) {
    if (!GIVEN_BACK.contains(code) && taskStep.tries() + 1 < ServicePurchase.TRIES) {
      return new ServicePurchase.Outcome.Later(
          task.withStep(taskStep.tried()), ServicePurchase.pause(taskStep.tries()), said.en());
    }
    var why = AgentPhrases.bilingual("task.undelivered", teller.merchant(taskStep), said);
    return new ServicePurchase.Outcome.On(task.withStep(taskStep.claimed(code, why)));
  }

  ServicePurchase.Outcome claim(Task task, TaskStep taskStep) {
    var paid = Objects.requireNonNull(taskStep.papers().paid());
    var why = Objects.requireNonNull(taskStep.why());
    boolean back = GIVEN_BACK.contains(String.valueOf(taskStep.code()));
    if (!back) {
      try {
        sellerAgentClient.cancel(task, taskStep, paid.path("merchant_order_no").asString(""));
        back = true;
      } catch (ParticipantRefusal participantRefusal) {
        if (participantRefusal.status() >= 500 && taskStep.tries() + 1 < ServicePurchase.TRIES) {
          return new ServicePurchase.Outcome.Later(
              task.withStep(taskStep.tried()),
              ServicePurchase.pause(taskStep.tries()),
              participantRefusal.why());
        }
        var known =
            subAccountClient.query(
                task, ServicePurchase.request(taskStep), paid.path("trade_no").asString(""));
        back = !known.path("refunded").asString("").isEmpty();
        why =
            AgentPhrases.bilingual(
                "task.claim_refused", teller.merchant(taskStep), participantRefusal.reason());
      }
    }
    teller.note(
        task,
        JournalNote.Kind.DECISION,
        ActComponent.PSD_PAY_AUP,
        back ? "money-goes-back" : "money-not-given-back",
        Map.of("step", taskStep.key(), "trade_no", paid.path("trade_no").asString("")));
    return new ServicePurchase.Outcome.On(
        passing.useNextSeller(
            task.withPayment(ServicePurchase.bought(taskStep, paid, back, teller.choice(taskStep))),
            taskStep,
            String.valueOf(taskStep.code()),
            why));
  }
}
