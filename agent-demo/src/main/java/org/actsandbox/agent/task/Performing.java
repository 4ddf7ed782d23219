package org.actsandbox.agent.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.Narrator;
import org.actsandbox.agent.text.Phrases;
import org.actsandbox.agent.wire.Refused;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.http.Unanswered;
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
final class Performing {

  /** Ours: a seller that was paid gets as many chances to answer before the money is asked back. */
  static final int TRIES = 3;

  /** The request is not good any more, and surely not paid: a fresh one is. */
  private static final Set<String> STALE =
      Set.of("expired_request", "hold_expired", "bill_expired");

  private final AgentWorld world;
  private final Services services;
  private final Purse purse;
  private final OwnCheck check;
  private final TaskTeller teller;
  private final PassingOver passing;
  private final Collecting collecting;

  Performing(AgentWorld world, Services services, Purse purse, OwnCheck check, TaskTeller teller) {
    this.world = world;
    this.services = services;
    this.purse = purse;
    this.check = check;
    this.teller = teller;
    this.passing = new PassingOver(teller);
    this.collecting = new Collecting(services, purse, teller, passing);
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

  Outcome perform(Task task, Step step) {
    try {
      return switch (step.state()) {
        case OPEN -> open(task, step);
        case ASKED -> bill(task, step);
        case BILLED -> pay(task, step);
        case WAITING -> await(task, step);
        case PAID -> collecting.collect(task, step);
        case CLAIMED -> collecting.claim(task, step);
        case DELIVERED, FAILED, SKIPPED -> throw new IllegalStateException(step.key() + " is over");
      };
    } catch (Unanswered silent) {
      return later(task, step, String.valueOf(silent.getMessage()));
    }
  }

  private Outcome later(Task task, Step step, String why) {
    if (step.state() == Step.State.ASKED && step.tries() + 1 >= TRIES) {
      return new Outcome.On(
          passing.next(
              task, step, "unanswered", Phrases.both("task.unanswered", teller.merchant(step))));
    }
    return new Outcome.Later(task.step(step.tried()), pause(step.tries()), why);
  }

  static Duration pause(int tries) {
    return tries == 0 ? Duration.ofSeconds(5) : Duration.ofMinutes(1);
  }

  private Outcome open(Task task, Step step) {
    var input = step.hasSeller() ? Composer.input(task, step) : Optional.<JsonNode>empty();
    if (input.isEmpty()) {
      var code = step.hasSeller() ? "nothing_to_work_on" : "no_seller";
      var words = Phrases.both("task." + code, TaskTeller.title(step));
      teller.step(task, step, Narrator.Step.SKIPPED, words);
      return new Outcome.On(task.step(step.skipped(code, words)));
    }
    teller.step(
        task,
        step,
        Narrator.Step.RUNNING,
        Phrases.both(
            "task.asking", TaskTeller.title(step), teller.merchant(step), step.seller().price()));
    teller.note(
        task,
        JournalNote.Kind.DECISION,
        ActComponent.CID_MER_CAT,
        "seller-chosen",
        Map.of(
            "step", step.key(),
            "merchant", step.seller().merchant(),
            "price", step.seller().price(),
            "of", step.sellers().size()));
    return new Outcome.On(task.step(step.asked(services.request(task, input.get()))));
  }

  private Outcome bill(Task task, Step step) {
    JsonNode bill;
    Money amount;
    try {
      bill = services.bill(task, step);
      amount = Money.of(bill.path("amount").asString(""), bill.path("currency").asString(""));
      services.agreeOnMethod(task, step, amount);
    } catch (Refused refused) {
      return unpaid(task, step, refused);
    }
    return switch (check.of(task, step, services.platform(step.seller()), amount)) {
      case OwnCheck.Verdict.Inside _ -> {
        var title = TaskTeller.title(step).in(world.principal().language());
        yield new Outcome.On(task.step(step.billed(bill, purse.sign(task, bill, title))));
      }
      case OwnCheck.Verdict.Blocked(var code, var why) -> new Outcome.Blocked(task, code, why);
      case OwnCheck.Verdict.Over(var code, var why) -> new Outcome.Over(task, code, why);
      case OwnCheck.Verdict.Outside(var code, var why, var whatever) -> {
        var refused = task.refused(refusal(step, amount, code, "agent"));
        yield whatever
            ? new Outcome.On(passing.skip(refused, step, code, why))
            : new Outcome.On(passing.next(refused, step, code, why));
      }
    };
  }

  /** Nothing was paid, so the next seller may be asked. */
  private Outcome unpaid(Task task, Step step, Refused refused) {
    if (STALE.contains(refused.code())) {
      return new Outcome.On(task.step(step.again()));
    }
    if (refused.status() == 503 || refused.status() == 429) {
      return later(task, step, refused.why());
    }
    var why = Phrases.both("task.refused", teller.merchant(step), refused.words());
    var told = task;
    if (refused.status() == 402 || refused.status() == 0) {
      told =
          task.refused(
              new Task.RefusedPayment(
                  step.seller().merchant(), step.seller().price(), "CNY", refused.code(), "agent"));
    }
    return new Outcome.On(passing.next(told, step, refused.code(), why));
  }

  private Outcome pay(Task task, Step step) {
    JsonNode payment;
    try {
      payment = purse.pay(task, request(step));
    } catch (Refused refused) {
      return notPaid(task, step, refused);
    }
    return taken(task, step, payment);
  }

  private Outcome taken(Task task, Step step, JsonNode payment) {
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
                "step", step.key(),
                "trade_no", payment.path("trade_no").asString(""),
                "amount", amount));
        yield new Outcome.On(
            task.bought(bought(step, payment, false, teller.choice(step)))
                .step(step.paid(payment, Step.State.PAID)));
      }
      case WAITING_FOR_APPROVAL -> {
        if (step.state() != Step.State.WAITING) {
          needed(task, payment);
        }
        yield new Outcome.Later(
            task.step(step.paid(payment, Step.State.WAITING)),
            Duration.ofSeconds(5),
            "the principal is asked");
      }
      case DECLINED, TIMED_OUT, ABANDONED, FAILED, CLOSED -> {
        var why = Phrases.both("task.declined", TaskTeller.title(step));
        var refused =
            task.refused(refusal(step, amount(payment), "payment_" + status.code(), "principal"));
        yield new Outcome.On(passing.skip(refused, step, "payment_" + status.code(), why));
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
    teller.narrator(task).tell("payment_needed", needed);
  }

  private Outcome await(Task task, Step step) {
    var before = Objects.requireNonNull(step.papers().paid());
    return taken(
        task, step, purse.query(task, request(step), before.path("trade_no").asString("")));
  }

  /** The payment service said no: no money moved. */
  private Outcome notPaid(Task task, Step step, Refused refused) {
    var code = refused.code();
    if (STALE.contains(code)) {
      // Asked by its id before anything else, so it was surely not paid under that id.
      return new Outcome.On(task.step(step.again()));
    }
    if (refused.status() >= 500) {
      return later(task, step, refused.why());
    }
    var why = Phrases.both("task.not_paid", TaskTeller.title(step), refused.words());
    var noted = task.refused(refusal(step, amount(request(step)), code, "psp"));
    return switch (code) {
      case "insufficient_balance",
          "sub_account_frozen",
          "sub_account_cancelled",
          "sub_account_key_invalid",
          "iac_suspended" ->
          new Outcome.Blocked(noted.step(step.again()), code, why);
      case "iac_revoked", "iac_expired" -> new Outcome.Over(noted, code, why);
      default -> new Outcome.On(passing.next(noted, step, code, why));
    };
  }

  static JsonNode request(Step step) {
    return Objects.requireNonNull(step.papers().payment());
  }

  private static Money amount(JsonNode of) {
    return Money.of(of.path("amount").asString(""), of.path("currency").asString(""));
  }

  private static Task.RefusedPayment refusal(Step step, Money amount, String code, String by) {
    return new Task.RefusedPayment(
        step.seller().merchant(), amount.decimal(), amount.currency().getCurrencyCode(), code, by);
  }

  static Task.Bought bought(Step step, JsonNode payment, boolean givenBack, Text why) {
    return new Task.Bought(
        step.key(),
        step.seller().merchant(),
        step.seller().service(),
        payment.path("merchant_order_no").asString(""),
        payment.path("trade_no").asString(""),
        payment.path("amount").asString(""),
        payment.path("currency").asString(""),
        Instant.parse(payment.path("created_at").asString("")),
        givenBack,
        why);
  }
}
