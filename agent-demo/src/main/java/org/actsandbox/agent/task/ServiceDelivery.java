package org.actsandbox.agent.task;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.actsandbox.agent.conversation.ConversationNarrator.StepState;
import org.actsandbox.agent.payment.PaidResourceClient;
import org.actsandbox.agent.payment.PaymentClient;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;
import tools.jackson.databind.JsonNode;

/**
 * Fetches the result of a paid service. It tries several times, because an outage does not mean
 * that the seller refuses; then it asks for the money back, and the step moves to its next seller.
 */
final class ServiceDelivery {

  /**
   * The codes with which a seller says that the money goes back by itself, or went back already.
   */
  private static final Set<String> REFUND_CODES =
      Set.of("fulfilment_failed", "paid_too_late", "proof_revoked");

  private final SellerAgentRequests sellerAgentRequests;
  private final PaidResourceClient paidResourceClient;
  private final PaymentClient paymentClient;
  private final TaskNarrator taskNarrator;
  private final SellerFallback sellerFallback;

  ServiceDelivery(
      SellerAgentRequests sellerAgentRequests,
      PaidResourceClient paidResourceClient,
      PaymentClient paymentClient,
      TaskNarrator taskNarrator,
      SellerFallback sellerFallback) {
    this.sellerAgentRequests = sellerAgentRequests;
    this.paidResourceClient = paidResourceClient;
    this.paymentClient = paymentClient;
    this.taskNarrator = taskNarrator;
    this.sellerFallback = sellerFallback;
  }

  ServicePurchase.Outcome collect(Task task, TaskStep taskStep) {
    var paid = Objects.requireNonNull(taskStep.papers().paid());
    JsonNode result;
    try {
      var payment = paid.path("proof").isObject() ? paid : queryPayment(task, taskStep, paid);
      var resource = sellerAgentRequests.resource(task, taskStep);
      var answer = paidResourceClient.collect(resource, payment.path("proof"));
      result = SellerAgentRequests.result(resource.platform(), taskStep, answer);
    } catch (ParticipantRefusal participantRefusal) {
      return retryOrClaim(task, taskStep, participantRefusal.code(), participantRefusal.reason());
    } catch (NoAnswerException silent) {
      return retryOrClaim(
          task,
          taskStep,
          "unanswered",
          AgentPhrases.bilingual("task.unanswered", taskNarrator.merchant(taskStep)));
    }
    taskNarrator.step(
        task,
        taskStep,
        StepState.DONE,
        AgentPhrases.bilingual(
            "task.delivered",
            TaskNarrator.title(taskStep),
            taskNarrator.merchant(taskStep),
            paid.path("amount").asString("")));
    return new ServicePurchase.Outcome.Advanced(task.withStep(taskStep.delivered(result)));
  }

  private JsonNode queryPayment(Task task, TaskStep taskStep, JsonNode paid) {
    return paymentClient.query(
        taskStep.paymentRequest(task.intentId()), paid.path("trade_no").asString(""));
  }

  /**
   * Tries again later at first, because an outage does not mean that the seller refuses; then it
   * claims the money.
   */
  private ServicePurchase.Outcome retryOrClaim(
      Task task, TaskStep taskStep, String code, Text reason) {
    if (!REFUND_CODES.contains(code) && taskStep.tries() + 1 < ServicePurchase.TRIES) {
      return new ServicePurchase.Outcome.Delayed(
          task.withStep(taskStep.withTry()), ServicePurchase.pause(taskStep.tries()), reason.en());
    }
    var why = AgentPhrases.bilingual("task.undelivered", taskNarrator.merchant(taskStep), reason);
    return new ServicePurchase.Outcome.Advanced(task.withStep(taskStep.claimed(code, why)));
  }

  ServicePurchase.Outcome claim(Task task, TaskStep taskStep) {
    var paid = Objects.requireNonNull(taskStep.papers().paid());
    var why = Objects.requireNonNull(taskStep.why());
    boolean goesBack = REFUND_CODES.contains(String.valueOf(taskStep.code()));
    if (!goesBack) {
      try {
        paidResourceClient.cancel(
            sellerAgentRequests.platform(taskStep.seller()),
            task.intentId(),
            paid.path("merchant_order_no").asString(""));
        goesBack = true;
      } catch (ParticipantRefusal participantRefusal) {
        if (participantRefusal.status() >= 500 && taskStep.tries() + 1 < ServicePurchase.TRIES) {
          return new ServicePurchase.Outcome.Delayed(
              task.withStep(taskStep.withTry()),
              ServicePurchase.pause(taskStep.tries()),
              participantRefusal.why());
        }
        var known = queryPayment(task, taskStep, paid);
        goesBack = !known.path("refunded").asString("").isEmpty();
        why =
            AgentPhrases.bilingual(
                "task.claim_refused", taskNarrator.merchant(taskStep), participantRefusal.reason());
      }
    }
    taskNarrator.note(
        task,
        JournalNote.Kind.DECISION,
        ActComponent.PSD_PAY_AUP,
        goesBack ? JournalEvent.MONEY_GOES_BACK : JournalEvent.MONEY_NOT_GIVEN_BACK,
        Map.of("step", taskStep.key(), "trade_no", paid.path("trade_no").asString("")));
    return new ServicePurchase.Outcome.Advanced(
        sellerFallback.useNextSeller(
            task.withPayment(
                ServicePurchase.madePayment(
                    taskStep, paid, goesBack, taskNarrator.choiceReason(taskStep))),
            taskStep,
            String.valueOf(taskStep.code()),
            why));
  }
}
