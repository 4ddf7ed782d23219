package org.actsandbox.agent.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.conversation.ConversationNarrator.StepState;
import org.actsandbox.agent.payment.PaidResourceClient;
import org.actsandbox.agent.payment.PaidResourceClient.CheckedBill;
import org.actsandbox.agent.payment.PaymentClient;
import org.actsandbox.agent.seller.BuyerCredentials;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.rule.ActComponent;
import tools.jackson.databind.JsonNode;

/**
 * Buys one service of a task: request, bill, own check, payment, proof, result (ACT scenario 4).
 * Every step is chosen from the stored state, and every message is stored before it is sent.
 */
final class ServicePurchase {

  /**
   * Ours: the number of attempts for a seller; a paid seller that fails them all is asked for the
   * money back.
   */
  static final int TRIES = 3;

  /**
   * The codes of a request that is out of date and surely not paid: a fresh request replaces it.
   */
  private static final Set<String> STALE =
      Set.of("expired_request", "hold_expired", "bill_expired");

  private final AgentWorld world;
  private final SellerAgentRequests sellerAgentRequests;
  private final PaidResourceClient paidResourceClient;
  private final PaymentClient paymentClient;
  private final SubAccountClient subAccountClient;
  private final ServiceSelfCheck serviceSelfCheck;
  private final TaskNarrator taskNarrator;
  private final SellerFallback sellerFallback;
  private final ServiceDelivery serviceDelivery;

  ServicePurchase(
      AgentWorld world,
      BuyerCredentials buyerCredentials,
      PaidResourceClient paidResourceClient,
      PaymentClient paymentClient,
      SubAccountClient subAccountClient,
      ServiceSelfCheck serviceSelfCheck,
      TaskNarrator taskNarrator) {
    this.world = world;
    this.sellerAgentRequests = new SellerAgentRequests(world, buyerCredentials);
    this.paidResourceClient = paidResourceClient;
    this.paymentClient = paymentClient;
    this.subAccountClient = subAccountClient;
    this.serviceSelfCheck = serviceSelfCheck;
    this.taskNarrator = taskNarrator;
    this.sellerFallback = new SellerFallback(taskNarrator);
    this.serviceDelivery =
        new ServiceDelivery(
            sellerAgentRequests, paidResourceClient, paymentClient, taskNarrator, sellerFallback);
  }

  /** The result of one step; all are normal. */
  sealed interface Outcome {

    /** The step went on; the task is stored and continues. */
    record Advanced(Task task) implements Outcome {}

    /** A participant does not answer: the same step is repeated later. */
    record Delayed(Task task, Duration pause, String why) implements Outcome {}

    /** An obstacle stands in the way that the principal can remove. */
    record Blocked(Task task, String code, Text why) implements Outcome {}

    /** The authority has ended. */
    record AuthorityEnded(Task task, String code, Text why) implements Outcome {}
  }

  Outcome perform(Task task, TaskStep taskStep) {
    try {
      return switch (taskStep.state()) {
        case OPEN -> requestService(task, taskStep);
        case ASKED -> checkBill(task, taskStep);
        case BILLED -> pay(task, taskStep);
        case WAITING -> queryPayment(task, taskStep);
        case PAID -> serviceDelivery.collect(task, taskStep);
        case CLAIMED -> serviceDelivery.claim(task, taskStep);
        case DELIVERED, FAILED, SKIPPED ->
            throw new IllegalStateException(taskStep.key() + " is over");
      };
    } catch (NoAnswerException silent) {
      return delay(task, taskStep, String.valueOf(silent.getMessage()));
    }
  }

  private Outcome delay(Task task, TaskStep taskStep, String why) {
    if (taskStep.state() == TaskStep.State.ASKED && taskStep.tries() + 1 >= TRIES) {
      return new Outcome.Advanced(
          sellerFallback.useNextSeller(
              task,
              taskStep,
              "unanswered",
              AgentPhrases.bilingual("task.unanswered", taskNarrator.merchant(taskStep))));
    }
    return new Outcome.Delayed(task.withStep(taskStep.withTry()), pause(taskStep.tries()), why);
  }

  static Duration pause(int tries) {
    return tries == 0 ? Duration.ofSeconds(5) : Duration.ofMinutes(1);
  }

  private Outcome requestService(Task task, TaskStep taskStep) {
    var input =
        taskStep.hasSeller() ? ServiceInputs.input(task, taskStep) : Optional.<JsonNode>empty();
    if (input.isEmpty()) {
      var code = taskStep.hasSeller() ? "nothing_to_work_on" : "no_seller";
      var words = AgentPhrases.bilingual("task." + code, TaskNarrator.title(taskStep));
      taskNarrator.step(task, taskStep, StepState.SKIPPED, words);
      return new Outcome.Advanced(task.withStep(taskStep.skipped(code, words)));
    }
    taskNarrator.step(
        task,
        taskStep,
        StepState.RUNNING,
        AgentPhrases.bilingual(
            "task.asking",
            TaskNarrator.title(taskStep),
            taskNarrator.merchant(taskStep),
            taskStep.seller().price()));
    taskNarrator.note(
        task,
        JournalNote.Kind.DECISION,
        ActComponent.CID_MER_CAT,
        JournalEvent.SELLER_CHOSEN,
        Map.of(
            "step", taskStep.key(),
            "merchant", taskStep.seller().merchant(),
            "price", taskStep.seller().price(),
            "of", taskStep.sellers().size()));
    return new Outcome.Advanced(
        task.withStep(taskStep.asked(sellerAgentRequests.request(task, taskStep, input.get()))));
  }

  private Outcome checkBill(Task task, TaskStep taskStep) {
    CheckedBill bill;
    Platform platform;
    try {
      var resource = sellerAgentRequests.resource(task, taskStep);
      platform = resource.platform();
      bill = paidResourceClient.fetchBill(resource);
      paidResourceClient.agreeOnMethod(resource, bill.amount());
    } catch (ParticipantRefusal participantRefusal) {
      return handleBillRefusal(task, taskStep, participantRefusal);
    }
    return switch (serviceSelfCheck.check(task, taskStep, platform, bill.amount())) {
      case ServiceSelfCheck.Verdict.Allowed _ -> {
        var title = TaskNarrator.title(taskStep).in(world.principal().language());
        yield new Outcome.Advanced(
            task.withStep(
                taskStep.billed(
                    bill.needed().path("protocol"),
                    subAccountClient.sign(task, bill.needed(), title))));
      }
      case ServiceSelfCheck.Verdict.Blocked(var code, var why) ->
          new Outcome.Blocked(task, code, why);
      case ServiceSelfCheck.Verdict.AuthorityEnded(var code, var why) ->
          new Outcome.AuthorityEnded(task, code, why);
      case ServiceSelfCheck.Verdict.Refused(var code, var why, var anySeller) -> {
        var refused = task.withRefusedPayment(refusal(taskStep, bill.amount(), code, "agent"));
        yield anySeller
            ? new Outcome.Advanced(sellerFallback.skip(refused, taskStep, code, why))
            : new Outcome.Advanced(sellerFallback.useNextSeller(refused, taskStep, code, why));
      }
    };
  }

  /** Handles a refused bill: nothing was paid, so the step may ask its next seller. */
  private Outcome handleBillRefusal(
      Task task, TaskStep taskStep, ParticipantRefusal participantRefusal) {
    if (STALE.contains(participantRefusal.code())) {
      return new Outcome.Advanced(task.withStep(taskStep.reset()));
    }
    if (participantRefusal.status() == 503 || participantRefusal.status() == 429) {
      return delay(task, taskStep, participantRefusal.why());
    }
    var why =
        AgentPhrases.bilingual(
            "task.refused", taskNarrator.merchant(taskStep), participantRefusal.reason());
    var updated = task;
    if (participantRefusal.status() == 402 || participantRefusal.status() == 0) {
      updated =
          task.withRefusedPayment(
              new TaskView.Refusal(
                  taskStep.seller().merchant(),
                  taskStep.seller().price(),
                  "CNY",
                  participantRefusal.code(),
                  "agent"));
    }
    return new Outcome.Advanced(
        sellerFallback.useNextSeller(updated, taskStep, participantRefusal.code(), why));
  }

  private Outcome pay(Task task, TaskStep taskStep) {
    JsonNode payment;
    try {
      payment = paymentClient.pay(taskStep.paymentRequest(task.intentId()));
    } catch (ParticipantRefusal participantRefusal) {
      return handlePaymentRefusal(task, taskStep, participantRefusal);
    }
    return applyPayment(task, taskStep, payment);
  }

  private Outcome applyPayment(Task task, TaskStep taskStep, JsonNode payment) {
    var status = PaymentClient.status(payment);
    return switch (status) {
      case PAID -> {
        var amount = payment.path("amount").asString("");
        taskNarrator.note(
            task,
            JournalNote.Kind.STATE,
            ActComponent.PSD_PAY_AUP,
            JournalEvent.SERVICE_PAID,
            Map.of(
                "step", taskStep.key(),
                "trade_no", payment.path("trade_no").asString(""),
                "amount", amount));
        yield new Outcome.Advanced(
            task.withPayment(
                    madePayment(taskStep, payment, false, taskNarrator.choiceReason(taskStep)))
                .withStep(taskStep.paid(payment, TaskStep.State.PAID)));
      }
      case WAITING_FOR_APPROVAL -> {
        if (taskStep.state() != TaskStep.State.WAITING) {
          publishPaymentNeeded(task, payment);
        }
        yield new Outcome.Delayed(
            task.withStep(taskStep.paid(payment, TaskStep.State.WAITING)),
            Duration.ofSeconds(5),
            "the principal is asked");
      }
      case DECLINED, TIMED_OUT, ABANDONED, FAILED, CLOSED -> {
        var why = AgentPhrases.bilingual("task.declined", TaskNarrator.title(taskStep));
        var refused =
            task.withRefusedPayment(
                refusal(
                    taskStep,
                    PaymentClient.amount(payment),
                    "payment_" + status.code(),
                    "principal"));
        yield new Outcome.Advanced(
            sellerFallback.skip(refused, taskStep, "payment_" + status.code(), why));
      }
    };
  }

  private void publishPaymentNeeded(Task task, JsonNode payment) {
    var paymentNeeded = Json.object();
    for (var field :
        new String[] {"trade_no", "cashier_url", "payee", "amount", "currency", "expires_at"}) {
      paymentNeeded.set(field, payment.path(field));
    }
    paymentNeeded.set("order_no", payment.path("merchant_order_no"));
    taskNarrator.narrator(task).publish(ConversationEventType.PAYMENT_NEEDED, paymentNeeded);
  }

  private Outcome queryPayment(Task task, TaskStep taskStep) {
    var before = Objects.requireNonNull(taskStep.papers().paid());
    return applyPayment(
        task,
        taskStep,
        paymentClient.query(
            taskStep.paymentRequest(task.intentId()), before.path("trade_no").asString("")));
  }

  /** Handles a refusal of the payment service: no money moved. */
  private Outcome handlePaymentRefusal(
      Task task, TaskStep taskStep, ParticipantRefusal participantRefusal) {
    var code = participantRefusal.code();
    if (STALE.contains(code)) {
      // The service looks the request up by its id first, so it was surely not paid under that id.
      return new Outcome.Advanced(task.withStep(taskStep.reset()));
    }
    if (participantRefusal.status() >= 500) {
      return delay(task, taskStep, participantRefusal.why());
    }
    var why =
        AgentPhrases.bilingual(
            "task.not_paid", TaskNarrator.title(taskStep), participantRefusal.reason());
    var noted =
        task.withRefusedPayment(
            refusal(
                taskStep,
                PaymentClient.amount(taskStep.paymentRequest(task.intentId()).message()),
                code,
                "psp"));
    return switch (code) {
      case "insufficient_balance",
          "sub_account_frozen",
          "sub_account_cancelled",
          "sub_account_key_invalid",
          "iac_suspended" ->
          new Outcome.Blocked(noted.withStep(taskStep.reset()), code, why);
      case "iac_revoked", "iac_expired" -> new Outcome.AuthorityEnded(noted, code, why);
      default -> new Outcome.Advanced(sellerFallback.useNextSeller(noted, taskStep, code, why));
    };
  }

  private static TaskView.Refusal refusal(TaskStep taskStep, Money amount, String code, String by) {
    return new TaskView.Refusal(
        taskStep.seller().merchant(),
        amount.decimal(),
        amount.currency().getCurrencyCode(),
        code,
        by);
  }

  static TaskView.Item madePayment(
      TaskStep taskStep, JsonNode payment, boolean givenBack, Text why) {
    return new TaskView.Item(
        taskStep.key(),
        taskStep.seller().merchant(),
        taskStep.seller().service(),
        payment.path("merchant_order_no").asString(""),
        payment.path("trade_no").asString(""),
        payment.path("amount").asString(""),
        payment.path("currency").asString(""),
        Instant.parse(payment.path("created_at").asString("")),
        givenBack,
        why);
  }
}
