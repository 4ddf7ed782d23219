package org.actsandbox.agent.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.errand.ErrandAuthority;
import org.actsandbox.agent.errand.ErrandAuthority.Decision;
import org.actsandbox.agent.errand.ErrandService;
import org.actsandbox.agent.errand.ErrandStore;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.ParticipantRefusal;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.http.NoAnswerException;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.rule.ActComponent;

/** Takes a task from the principal's decision to its bill, one stored step at a time. */
final class TaskRunner {

  private static final Duration SHORTEST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final Duration SOON = Duration.ofSeconds(30);

  private final AgentWorld world;
  private final ErrandStore<Task> tasks;
  private final ErrandAuthority<Task> errandAuthority;
  private final TaskRunner.Collaborators collaborators;
  private final TaskNarrator taskNarrator;
  private final TaskWarnings taskWarnings;
  private final TaskCompletion taskCompletion;

  /** Groups the parts that the runner works with. */
  record Collaborators(
      SubAccountClient subAccountClient,
      ServiceSelfCheck serviceSelfCheck,
      ServicePurchase servicePurchase) {}

  TaskRunner(
      AgentWorld world,
      ErrandStore<Task> tasks,
      ErrandAuthority<Task> errandAuthority,
      TaskRunner.Collaborators collaborators,
      TaskNarrator taskNarrator) {
    this.world = world;
    this.tasks = tasks;
    this.errandAuthority = errandAuthority;
    this.collaborators = collaborators;
    this.taskNarrator = taskNarrator;
    this.taskWarnings = new TaskWarnings(world, taskNarrator);
    this.taskCompletion = new TaskCompletion(taskNarrator);
  }

  /** Runs the task until it has to wait, is over, or the process ends; every step is stored. */
  void run(Task dueTask, BooleanSupplier closed) {
    var task = dueTask.withDueAt(null);
    while (!closed.getAsBoolean() && !task.isOver() && canContinue(task)) {
      var warned = taskWarnings.warnOfTime(task);
      try {
        task = store(advance(warned));
      } catch (ParticipantRefusal | NoAnswerException failed) {
        task = store(delay(warned, String.valueOf(failed.getMessage())));
      } catch (Refusal refused) {
        task = store(delay(warned, refused.detail()));
      }
    }
  }

  /** Stores the task. While it runs on, its row falls due only in case this process is lost. */
  private Task store(Task moved) {
    if (moved.isOver()) {
      var over = errandAuthority.saveEnd(moved);
      errandAuthority.giveBack(over);
      return over;
    }
    if (!canContinue(moved)) {
      return tasks.save(moved);
    }
    return tasks.save(moved.withDueAt(world.now().plus(ErrandService.LEASE))).withDueAt(null);
  }

  private static boolean canContinue(Task task) {
    return task.dueAt() == null;
  }

  private Task advance(Task task) {
    return switch (task.state()) {
      case ASKED -> applyDecision(task);
      case FUNDING -> fund(task);
      case WORKING -> work(task);
      case PAUSED -> continueIfPossible(task);
      case DONE, PARTIAL, ENDED -> throw new IllegalStateException(task.taskId() + " is over");
    };
  }

  private Task delay(Task task, String why) {
    taskNarrator.note(
        task,
        JournalNote.Kind.DECISION,
        ActComponent.PSD_PAY_AUP,
        JournalEvent.TASK_DELAYED,
        Map.of("task_id", task.taskId(), "why", why));
    return task.withDueAt(nextDue(task, SOON));
  }

  /** Applies the principal's decision about the authority, if there is one. */
  private Task applyDecision(Task task) {
    var asked = task.authority();
    return switch (errandAuthority.decision(task)) {
      case Decision.Given(var delegatedAuthority) -> {
        var authority =
            new Task.Authority(asked.intentId(), asked.confirmUrl(), delegatedAuthority, null);
        var funding = task.withAuthority(authority).move(TaskState.FUNDING, task.progress());
        taskNarrator.noteStateChange(funding);
        yield funding;
      }
      case Decision.Declined _ ->
          end(task, "declined", AgentPhrases.bilingual("task.declined_all"));
      case Decision.Lapsed _ -> end(task, "lapsed", AgentPhrases.bilingual("task.lapsed"));
      case Decision.Undecided(var nextQuestion) -> task.withDueAt(nextQuestion);
    };
  }

  /** Ends a task without an authority, so there is nothing to give back. */
  private Task end(Task task, String code, Text why) {
    var ended = task.move(TaskState.ENDED, task.progress().withReason(code, why));
    taskNarrator.noteStateChange(ended);
    taskNarrator.tell(ended, why);
    return ended;
  }

  private Task fund(Task task) {
    if (isOver(task)) {
      return taskCompletion.finish(
          skipOpenSteps(task, "iac_expired", AgentPhrases.bilingual("task.time_over")));
    }
    var account = collaborators.subAccountClient().findFundedAccount(task);
    if (account.isPresent()) {
      var authority = task.authority();
      var working =
          task.withAuthority(
                  new Task.Authority(
                      authority.intentId(),
                      authority.confirmUrl(),
                      authority.delegated(),
                      account.get()))
              .move(TaskState.WORKING, task.progress().withReason(null, null));
      taskNarrator.noteStateChange(working);
      taskNarrator.tell(working, "task.begun");
      return working;
    }
    if (task.progress().code() == null) {
      requestSubAccount(task);
      var why =
          AgentPhrases.bilingual(
              "task.fund", Money.yuan(String.valueOf(task.brief().most())).decimal());
      taskNarrator.tell(task, why);
      return task.withProgress(
          task.progress().withReason("sub_account_needed", why).due(nextDue(task, SHORTEST)));
    }
    return task.withProgress(task.progress().withLook(nextDue(task, pause(task))));
  }

  private void requestSubAccount(Task task) {
    var event = taskNarrator.event(task);
    event.put("agent_id", world.agent().value());
    event.put("amount", String.valueOf(task.brief().most())).put("currency", "CNY");
    taskNarrator.narrator(task).publish(ConversationEventType.SUB_ACCOUNT_REQUEST, event);
  }

  private Task work(Task task) {
    var taskStep = task.current();
    if (taskStep.isEmpty()) {
      return taskCompletion.finish(task);
    }
    if (isOver(task) && !taskStep.get().isPaidFor()) {
      return skipOpenSteps(task, "iac_expired", AgentPhrases.bilingual("task.time_over"));
    }
    return switch (collaborators.servicePurchase().perform(task, taskStep.get())) {
      case ServicePurchase.Outcome.Advanced(var updated) -> taskWarnings.warnOfBudget(updated);
      case ServicePurchase.Outcome.Delayed(var updated, var pause, var why) -> {
        taskNarrator.note(
            updated,
            JournalNote.Kind.DECISION,
            ActComponent.PSD_PAY_AUP,
            JournalEvent.TASK_DELAYED,
            Map.of("step", taskStep.get().key(), "why", why));
        yield updated.withDueAt(nextDue(updated, pause));
      }
      case ServicePurchase.Outcome.Blocked(var updated, var code, var why) ->
          pause(updated, code, why);
      case ServicePurchase.Outcome.AuthorityEnded(var updated, var code, var why) ->
          skipOpenSteps(updated, code, why);
    };
  }

  private Task pause(Task task, String code, Text why) {
    var paused = task.move(TaskState.PAUSED, task.progress().withReason(code, why));
    paused = paused.withDueAt(nextDue(paused, SHORTEST));
    taskNarrator.noteStateChange(paused);
    taskNarrator.tell(paused, "task.paused", why);
    return paused;
  }

  /** Continues the task if the obstacle is gone. */
  private Task continueIfPossible(Task task) {
    if (isOver(task)) {
      return taskCompletion.finish(
          skipOpenSteps(task, "iac_expired", AgentPhrases.bilingual("task.time_over")));
    }
    var state = collaborators.serviceSelfCheck().delegationState(task);
    if (state.filter(DelegationState::isFinal).isPresent()) {
      return taskCompletion.finish(
          skipOpenSteps(task, "iac_revoked", AgentPhrases.bilingual("task.revoked")));
    }
    var account = collaborators.subAccountClient().account(task);
    var status = account.path("status").asString("");
    if (status.equals("CANCELLED")) {
      return taskCompletion.finish(
          skipOpenSteps(
              task, "sub_account_cancelled", AgentPhrases.bilingual("task.account_gone")));
    }
    boolean isObstacleGone =
        state.filter(DelegationState.ACTIVE::equals).isPresent()
            && status.equals("ACTIVE")
            && !(String.valueOf(task.progress().code()).equals("insufficient_balance")
                && price(task).moreThan(SubAccountClient.balance(account)));
    if (!isObstacleGone) {
      return task.withProgress(task.progress().withLook(nextDue(task, pause(task))));
    }
    var resumed = task.move(TaskState.WORKING, task.progress().withReason(null, null));
    taskNarrator.noteStateChange(resumed);
    taskNarrator.tell(resumed, "task.goes_on");
    return resumed;
  }

  private static Money price(Task task) {
    return task.current()
        .filter(TaskStep::hasSeller)
        .map(taskStep -> Money.of(taskStep.seller().price(), "CNY"))
        .orElse(Money.zero(Money.CNY));
  }

  /** Skips the open steps; for what was paid and not delivered, the money is still claimed. */
  private Task skipOpenSteps(Task task, String code, Text why) {
    var rest = task;
    for (var taskStep : task.steps()) {
      if (!taskStep.state().isOver() && !taskStep.isPaidFor()) {
        rest = rest.withStep(taskStep.skipped(code, why));
      }
    }
    return rest.withProgress(rest.progress().withReason(code, why));
  }

  /** Stops the task at the principal's wish, unless it is over. */
  void stop(Task task) {
    var why = AgentPhrases.bilingual("task.stopped");
    if (task.isOver()) {
      return;
    }
    if (task.state() == TaskState.ASKED) {
      store(end(task, "cancelled", why));
      return;
    }
    var stopped = skipOpenSteps(task, "cancelled", why);
    if (task.state() == TaskState.FUNDING || task.state() == TaskState.PAUSED) {
      stopped = taskCompletion.finish(stopped);
    } else {
      stopped = stopped.withDueAt(world.now());
    }
    store(stopped);
  }

  private boolean isOver(Task task) {
    return !world.now().isBefore(task.until());
  }

  /**
   * Returns the next moment of work, which is not past the end, nor past the moment to warn of it.
   */
  private Instant nextDue(Task task, Duration pause) {
    var at = world.now().plus(pause);
    for (var moment : new Instant[] {TaskWarnings.timeWarningAt(task), task.until()}) {
      if (moment.isAfter(world.now()) && moment.isBefore(at)) {
        at = moment;
      }
    }
    return at;
  }

  private static Duration pause(Task task) {
    var pause = SHORTEST.multipliedBy(1L << Math.min(10, task.progress().looks()));
    return pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
  }
}
