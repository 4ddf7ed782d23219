package org.actsandbox.agent.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.ConversationNarrator.StepState;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.rule.ActComponent;
import tools.jackson.databind.JsonNode;

/**
 * Buys one service: request, bill, own check, payment, proof, result (ACT scenario 4). Every step
 * is chosen from the stored state; what is sent was stored before.
 */
final class ServicePurchase {

  /** Ours: a seller that was paid gets as many chances to answer before the money is asked back. */
  static final int TRIES = 3;

  /** The request is not good any more, and surely not paid: a fresh one is. */
  private static final Set<String> STALE =
      Set.of("expired_request", "hold_expired", "bill_expired");

  private final AgentWorld world;
  private final SellerAgentClient sellerAgentClient;
  private final SubAccountClient subAccountClient;
  private final ServiceSelfCheck check;
  private final TaskNarrator teller;
  private final SellerFallback passing;
  private final ServiceDelivery serviceDelivery;

  ServicePurchase(
      AgentWorld world,
      SellerAgentClient sellerAgentClient,
      SubAccountClient subAccountClient,
      ServiceSelfCheck check,
      TaskNarrator teller) {
    this.world = world;
    this.sellerAgentClient = sellerAgentClient;
    this.subAccountClient = subAccountClient;
    this.check = check;
    this.teller = teller;
    this.passing = new SellerFallback(teller);
    this.serviceDelivery =
        new ServiceDelivery(sellerAgentClient, subAccountClient, teller, passing);
  }

  /** What one step of the work came to; all are normal. */
  sealed interface Outcome {

    /** Stored and gone on with. */
    record On(Task task) implements Outcome {}

    /** Nobody answers: later the same again. */
    record Later(Task task, Duration pause, String why) implements Outcome {}

    /** Something the principal can mend. */
    record Blocked(Task task, String code, Text why) implements Outcome {}

    /** The authority is over. */
    record Over(Task task, String code, Text why) implements Outcome {}
  }

  Outcome perform(Task task, TaskStep taskStep) {
    try {
      return switch (taskStep.state()) {
        case OPEN -> open(task, taskStep);
        case ASKED -> bill(task, taskStep);
        case BILLED -> pay(task, taskStep);
        case WAITING -> await(task, taskStep);
        case PAID -> serviceDelivery.collect(task, taskStep);
        case CLAIMED -> serviceDelivery.claim(task, taskStep);
        case DELIVERED, FAILED, SKIPPED ->
            throw new IllegalStateException(taskStep.key() + " is over");
      };
    } catch (NoAnswerException silent) {
      return later(task, taskStep, String.valueOf(silent.getMessage()));
    }
  }

  private Outcome later(Task task, TaskStep taskStep, String why) {
    if (taskStep.state() == TaskStep.State.ASKED && taskStep.tries() + 1 >= TRIES) {
      return new Outcome.On(
          passing.useNextSeller(
              task,
              taskStep,
              "unanswered",
              AgentPhrases.bilingual("task.unanswered", teller.merchant(taskStep))));
    }
    return new Outcome.Later(task.withStep(taskStep.tried()), pause(taskStep.tries()), why);
  }

  static Duration pause(int tries) {
    return tries == 0 ? Duration.ofSeconds(5) : Duration.ofMinutes(1);
  }

  private Outcome open(Task task, TaskStep taskStep) {
    var input =
        taskStep.hasSeller() ? ServiceInputs.input(task, taskStep) : Optional.<JsonNode>empty();
    if (input.isEmpty()) {
      var code = taskStep.hasSeller() ? "nothing_to_work_on" : "no_seller";
      var words = AgentPhrases.bilingual("task." + code, TaskNarrator.title(taskStep));
      teller.step(task, taskStep, StepState.SKIPPED, words);
      return new Outcome.On(task.withStep(taskStep.skipped(code, words)));
    }
    teller.step(
        task,
        taskStep,
        StepState.RUNNING,
        AgentPhrases.bilingual(
            "task.asking",
            TaskNarrator.title(taskStep),
            teller.merchant(taskStep),
            taskStep.seller().price()));
    teller.note(
        task,
        JournalNote.Kind.DECISION,
        ActComponent.CID_MER_CAT,
        "seller-chosen",
        Map.of(
            "step", taskStep.key(),
            "merchant", taskStep.seller().merchant(),
            "price", taskStep.seller().price(),
            "of", taskStep.sellers().size()));
    return new Outcome.On(
        task.withStep(taskStep.asked(sellerAgentClient.request(task, input.get()))));
  }

  private Outcome bill(Task task, TaskStep taskStep) {
    JsonNode needed;
    JsonNode bill;
    Money amount;
    try {
      needed = sellerAgentClient.bill(task, taskStep);
      bill = needed.path("protocol");
      amount = Money.of(bill.path("amount").asString(""), bill.path("currency").asString(""));
      sellerAgentClient.agreeOnMethod(task, taskStep, amount);
    } catch (ParticipantRefusal participantRefusal) {
      return unpaid(task, taskStep, participantRefusal);
    }
    return switch (check.check(
        task, taskStep, sellerAgentClient.platform(taskStep.seller()), amount)) {
      case ServiceSelfCheck.Verdict.Inside _ -> {
        var title = TaskNarrator.title(taskStep).in(world.principal().language());
        yield new Outcome.On(
            task.withStep(taskStep.billed(bill, subAccountClient.sign(task, needed, title))));
      }
      case ServiceSelfCheck.Verdict.Blocked(var code, var why) ->
          new Outcome.Blocked(task, code, why);
      case ServiceSelfCheck.Verdict.Over(var code, var why) -> new Outcome.Over(task, code, why);
      case ServiceSelfCheck.Verdict.Outside(var code, var why, var whatever) -> {
        var refused = task.withRefusedPayment(refusal(taskStep, amount, code, "agent"));
        yield whatever
            ? new Outcome.On(passing.skip(refused, taskStep, code, why))
            : new Outcome.On(passing.useNextSeller(refused, taskStep, code, why));
      }
    };
  }

  /** Nothing was paid, so the next seller may be asked. */
  private Outcome unpaid(Task task, TaskStep taskStep, ParticipantRefusal participantRefusal) {
    if (STALE.contains(participantRefusal.code())) {
      return new Outcome.On(task.withStep(taskStep.again()));
    }
    if (participantRefusal.status() == 503 || participantRefusal.status() == 429) {
      return later(task, taskStep, participantRefusal.why());
    }
    var why =
        AgentPhrases.bilingual(
            "task.refused", teller.merchant(taskStep), participantRefusal.reason());
    var told = task;
    if (participantRefusal.status() == 402 || participantRefusal.status() == 0) {
      told =
          task.withRefusedPayment(
              new Task.RefusedPayment(
                  taskStep.seller().merchant(),
                  taskStep.seller().price(),
                  "CNY",
                  participantRefusal.code(),
                  "agent"));
    }
    return new Outcome.On(passing.useNextSeller(told, taskStep, participantRefusal.code(), why));
  }

  private Outcome pay(Task task, TaskStep taskStep) {
    JsonNode payment;
    try {
      payment = subAccountClient.pay(task, request(taskStep));
    } catch (ParticipantRefusal participantRefusal) {
      return notPaid(task, taskStep, participantRefusal);
    }
    return taken(task, taskStep, payment);
  }

  private Outcome taken(Task task, TaskStep taskStep, JsonNode payment) {
    var status = Json.read(payment.path("status"), PaymentStatus.class);
    return switch (status) {
      case PAID -> {
        var amount = payment.path("amount").asString("");
        teller.note(
            task,
            JournalNote.Kind.STATE,
            ActComponent.PSD_PAY_AUP,
            "service-paid",
            Map.of(
                "step", taskStep.key(),
                "trade_no", payment.path("trade_no").asString(""),
                "amount", amount));
        yield new Outcome.On(
            task.withPayment(bought(taskStep, payment, false, teller.choice(taskStep)))
                .withStep(taskStep.paid(payment, TaskStep.State.PAID)));
      }
      case WAITING_FOR_APPROVAL -> {
        if (taskStep.state() != TaskStep.State.WAITING) {
          needed(task, payment);
        }
        yield new Outcome.Later(
            task.withStep(taskStep.paid(payment, TaskStep.State.WAITING)),
            Duration.ofSeconds(5),
            "the principal is asked");
      }
      case DECLINED, TIMED_OUT, ABANDONED, FAILED, CLOSED -> {
        var why = AgentPhrases.bilingual("task.declined", TaskNarrator.title(taskStep));
        var refused =
            task.withRefusedPayment(
                refusal(taskStep, amount(payment), "payment_" + status.code(), "principal"));
        yield new Outcome.On(passing.skip(refused, taskStep, "payment_" + status.code(), why));
      }
    };
  }

  private void needed(Task task, JsonNode payment) {
    var needed = Json.object();
    for (var field :
        new String[] {"trade_no", "cashier_url", "payee", "amount", "currency", "expires_at"}) {
      needed.set(field, payment.path(field));
    }
    needed.set("order_no", payment.path("merchant_order_no"));
    teller.narrator(task).publish("payment_needed", needed);
  }

  private Outcome await(Task task, TaskStep taskStep) {
    var before = Objects.requireNonNull(taskStep.papers().paid());
    return taken(
        task,
        taskStep,
        subAccountClient.query(task, request(taskStep), before.path("trade_no").asString("")));
  }

  /** The payment service said no: no money moved. */
  private Outcome notPaid(Task task, TaskStep taskStep, ParticipantRefusal participantRefusal) {
    var code = participantRefusal.code();
    if (STALE.contains(code)) {
      // Asked by its id before anything else, so it was surely not paid under that id.
      return new Outcome.On(task.withStep(taskStep.again()));
    }
    if (participantRefusal.status() >= 500) {
      return later(task, taskStep, participantRefusal.why());
    }
    var why =
        AgentPhrases.bilingual(
            "task.not_paid", TaskNarrator.title(taskStep), participantRefusal.reason());
    var noted = task.withRefusedPayment(refusal(taskStep, amount(request(taskStep)), code, "psp"));
    return switch (code) {
      case "insufficient_balance",
          "sub_account_frozen",
          "sub_account_cancelled",
          "sub_account_key_invalid",
          "iac_suspended" ->
          new Outcome.Blocked(noted.withStep(taskStep.again()), code, why);
      case "iac_revoked", "iac_expired" -> new Outcome.Over(noted, code, why);
      default -> new Outcome.On(passing.useNextSeller(noted, taskStep, code, why));
    };
  }

  static JsonNode request(TaskStep taskStep) {
    return Objects.requireNonNull(taskStep.papers().payment());
  }

  private static Money amount(JsonNode of) {
    return Money.of(of.path("amount").asString(""), of.path("currency").asString(""));
  }

  private static Task.RefusedPayment refusal(
      TaskStep taskStep, Money amount, String code, String by) {
    return new Task.RefusedPayment(
        taskStep.seller().merchant(),
        amount.decimal(),
        amount.currency().getCurrencyCode(),
        code,
        by);
  }

  static Task.MadePayment bought(TaskStep taskStep, JsonNode payment, boolean givenBack, Text why) {
    return new Task.MadePayment(
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
