package org.actsandbox.agent.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.delegation.DelegatedAuthority;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;

/** Takes a task from the principal's decision to its bill. */
final class TaskRunner {

  private static final Duration SHORTEST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Ours: how long a step may be under way before somebody else may think it lost. */
  static final Duration LEASE = Duration.ofMinutes(2);

  private final AgentWorld world;
  private final Tasks tasks;
  private final DelegationServiceClient service;
  private final TaskRunner.Collaborators collaborators;
  private final TaskNarrator teller;
  private final TaskWarnings taskWarnings;
  private final TaskCompletion taskCompletion;

  /** What work is done with. */
  record Collaborators(
      SubAccountClient purse, ServiceSelfCheck check, ServicePurchase performing) {}

  TaskRunner(
      AgentWorld world,
      Tasks tasks,
      DelegationServiceClient service,
      TaskRunner.Collaborators collaborators,
      TaskNarrator teller) {
    this.world = world;
    this.tasks = tasks;
    this.service = service;
    this.collaborators = collaborators;
    this.teller = teller;
    this.taskWarnings = new TaskWarnings(world, teller);
    this.taskCompletion = new TaskCompletion(service, collaborators.check(), teller);
  }

  /** Until it has to wait, is over, or the process ends; what was done is stored. */
  void run(Task begun, BooleanSupplier closed) {
    var task = begun.withProgress(begun.progress().due(null));
    while (!closed.getAsBoolean() && !task.state().isFinal() && waitsForNothing(task)) {
      var warned = taskWarnings.warnOfTime(task);
      try {
        task = stored(move(warned));
      } catch (ParticipantRefusal | NoAnswerException failed) {
        task = stored(later(warned, String.valueOf(failed.getMessage())));
      } catch (Refusal refused) {
        task = stored(later(warned, refused.detail()));
      }
    }
  }

  /** While it goes on, its row falls due only if this process should be lost. */
  private Task stored(Task moved) {
    if (moved.state().isFinal() || !waitsForNothing(moved)) {
      return tasks.save(moved);
    }
    var leased = tasks.save(moved.withProgress(moved.progress().due(world.now().plus(LEASE))));
    return leased.withProgress(leased.progress().due(null));
  }

  private static boolean waitsForNothing(Task task) {
    return task.progress().dueAt() == null;
  }

  private Task move(Task task) {
    return switch (task.state()) {
      case ASKED -> heed(task);
      case FUNDING -> fund(task);
      case WORKING -> work(task);
      case PAUSED -> paused(task);
      case DONE, PARTIAL, ENDED -> throw new IllegalStateException(task.taskId() + " is over");
    };
  }

  private Task later(Task task, String why) {
    teller.note(
        task,
        JournalNote.Kind.DECISION,
        ActComponent.PSD_PAY_AUP,
        "task-delayed",
        Map.of("task_id", task.taskId(), "why", why));
    return task.withProgress(task.progress().due(next(task, SOON)));
  }

  /** How did the principal decide? */
  private Task heed(Task task) {
    var intent = service.fetchIntent(task.authority().intentId());
    return switch (intent.path("status").asString("")) {
      case "authorized" -> {
        var iac =
            service.fetchCredential(
                intent.path("delegation_id").asString(""), task.authority().intentId());
        var authority =
            new Task.Authority(
                task.authority().intentId(),
                task.authority().confirmUrl(),
                new DelegatedAuthority(iac.payload().delegationId(), iac.compact()),
                null);
        var funding = task.withAuthority(authority).move(TaskState.FUNDING, task.progress());
        teller.noteStateChange(funding);
        yield funding;
      }
      case "declined" -> end(task, "declined", AgentPhrases.bilingual("task.declined_all"));
      case "lapsed" -> end(task, "lapsed", AgentPhrases.bilingual("task.lapsed"));
      default -> {
        var expires = Instant.parse(intent.path("expires_at").asString(""));
        var at = world.now().plus(LONGEST);
        boolean last = expires.isAfter(world.now()) && expires.isBefore(at);
        yield task.withProgress(task.progress().looked(last ? expires : at));
      }
    };
  }

  /** Nobody has an authority for it, so there is nothing to give back. */
  private Task end(Task task, String code, Text why) {
    var ended = task.move(TaskState.ENDED, task.progress().because(code, why));
    teller.noteStateChange(ended);
    teller.tell(ended, why);
    return ended;
  }

  private Task fund(Task task) {
    if (isOver(task)) {
      return taskCompletion.finish(
          over(task, "iac_expired", AgentPhrases.bilingual("task.time_over")));
    }
    var account = collaborators.purse().findFundedAccount(task);
    if (account.isPresent()) {
      var authority = task.authority();
      var working =
          task.withAuthority(
                  new Task.Authority(
                      authority.intentId(),
                      authority.confirmUrl(),
                      authority.delegated(),
                      account.get()))
              .move(TaskState.WORKING, task.progress().because(null, null));
      teller.noteStateChange(working);
      teller.tell(working, "task.begun", account.get());
      return working;
    }
    if (task.progress().code() == null) {
      askForMoney(task);
      var why = AgentPhrases.bilingual("task.fund", String.valueOf(task.brief().most()));
      teller.tell(task, why);
      return task.withProgress(
          task.progress().because("sub_account_needed", why).due(next(task, SHORTEST)));
    }
    return task.withProgress(task.progress().looked(next(task, pause(task))));
  }

  private void askForMoney(Task task) {
    var event = teller.event(task);
    event.put("agent_id", world.agent().value());
    event.put("amount", String.valueOf(task.brief().most())).put("currency", "CNY");
    teller.narrator(task).publish("sub_account_request", event);
  }

  private Task work(Task task) {
    var taskStep = task.current();
    if (taskStep.isEmpty()) {
      return taskCompletion.finish(task);
    }
    if (isOver(task) && !taskStep.get().isPaidFor()) {
      return over(task, "iac_expired", AgentPhrases.bilingual("task.time_over"));
    }
    return switch (collaborators.performing().perform(task, taskStep.get())) {
      case ServicePurchase.Outcome.On(var went) -> taskWarnings.warnOfBudget(went);
      case ServicePurchase.Outcome.Later(var went, var pause, var why) -> {
        teller.note(
            went,
            JournalNote.Kind.DECISION,
            ActComponent.PSD_PAY_AUP,
            "task-delayed",
            Map.of("step", taskStep.get().key(), "why", why));
        yield went.withProgress(went.progress().due(next(went, pause)));
      }
      case ServicePurchase.Outcome.Blocked(var went, var code, var why) -> pause(went, code, why);
      case ServicePurchase.Outcome.Over(var went, var code, var why) -> over(went, code, why);
    };
  }

  private Task pause(Task task, String code, Text why) {
    var paused = task.move(TaskState.PAUSED, task.progress().because(code, why));
    paused = paused.withProgress(paused.progress().due(next(paused, SHORTEST)));
    teller.noteStateChange(paused);
    teller.tell(paused, "task.paused", why);
    return paused;
  }

  /** Is what stood in the way gone? */
  private Task paused(Task task) {
    if (isOver(task)) {
      return taskCompletion.finish(
          over(task, "iac_expired", AgentPhrases.bilingual("task.time_over")));
    }
    var state = collaborators.check().delegationState(task);
    if (state.filter(DelegationState::isFinal).isPresent()) {
      return taskCompletion.finish(
          over(task, "iac_revoked", AgentPhrases.bilingual("task.revoked")));
    }
    var account = collaborators.purse().account(task);
    var status = account.path("status").asString("");
    if (status.equals("CANCELLED")) {
      return taskCompletion.finish(
          over(task, "sub_account_cancelled", AgentPhrases.bilingual("task.account_gone")));
    }
    boolean mended =
        state.filter(DelegationState.ACTIVE::equals).isPresent()
            && status.equals("ACTIVE")
            && !(String.valueOf(task.progress().code()).equals("insufficient_balance")
                && price(task).moreThan(SubAccountClient.balance(account)));
    if (!mended) {
      return task.withProgress(task.progress().looked(next(task, pause(task))));
    }
    var on = task.move(TaskState.WORKING, task.progress().because(null, null));
    teller.noteStateChange(on);
    teller.tell(on, "task.goes_on");
    return on;
  }

  private static Money price(Task task) {
    return task.current()
        .filter(TaskStep::hasSeller)
        .map(taskStep -> Money.of(taskStep.seller().price(), "CNY"))
        .orElse(Money.zero(Money.CNY));
  }

  /** What is open is not bought any more; what was paid and not delivered is asked back. */
  private Task over(Task task, String code, Text why) {
    var rest = task;
    for (var taskStep : task.steps()) {
      if (!taskStep.state().isOver() && !taskStep.isPaidFor()) {
        rest = rest.withStep(taskStep.skipped(code, why));
      }
    }
    return rest.withProgress(rest.progress().because(code, why));
  }

  /** The principal wants it no more. */
  void stop(Task task) {
    var why = AgentPhrases.bilingual("task.stopped");
    if (task.state() == TaskState.ASKED) {
      tasks.save(end(task, "cancelled", why));
      return;
    }
    var stopped = over(task, "cancelled", why);
    if (task.state() == TaskState.FUNDING || task.state() == TaskState.PAUSED) {
      stopped = taskCompletion.finish(stopped);
    } else {
      stopped = stopped.withProgress(stopped.progress().due(world.now()));
    }
    tasks.save(stopped);
  }

  private boolean isOver(Task task) {
    return !world.now().isBefore(task.until());
  }

  /** Not past the end, nor past the moment to warn of it. */
  private Instant next(Task task, Duration pause) {
    var at = world.now().plus(pause);
    for (var moment : new Instant[] {TaskWarnings.at(task), task.until()}) {
      if (moment.isAfter(world.now()) && moment.isBefore(at)) {
        at = moment;
      }
    }
    return at;
  }

  private static Duration pause(Task task) {
    var grown = SHORTEST.multipliedBy(1L << Math.min(10, task.progress().looks()));
    return grown.compareTo(LONGEST) < 0 ? grown : LONGEST;
  }
}
