package org.actsandbox.agent.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.rule.ActComponent;
import tools.jackson.databind.node.ObjectNode;

/** Warns the principal once when a share of the budget or of the time is used. */
final class TaskWarnings {

  private final AgentWorld world;
  private final TaskNarrator taskNarrator;

  TaskWarnings(AgentWorld world, TaskNarrator taskNarrator) {
    this.world = world;
    this.taskNarrator = taskNarrator;
  }

  Task warnOfBudget(Task task) {
    var budget = TaskView.of(task).budget();
    var total = Money.of(budget.total(), budget.currency());
    var spent = Money.of(budget.spent(), budget.currency());
    boolean isReached =
        spent.minorUnits() * 100 >= total.minorUnits() * task.brief().warnPercent()
            && !total.isZero();
    if (!isReached || task.progress().warnedMoney()) {
      return task;
    }
    warn(
        task,
        "budget",
        AgentPhrases.bilingual("task.warn_money", spent.decimal(), total.decimal()));
    return task.withProgress(task.progress().withWarning(true, false));
  }

  Task warnOfTime(Task task) {
    if (task.progress().warnedTime()
        || task.state() == TaskState.ASKED
        || world.now().isBefore(timeWarningAt(task))) {
      return task;
    }
    warn(task, "time", AgentPhrases.bilingual("task.warn_time", task.brief().warnPercent()));
    return task.withProgress(task.progress().withWarning(false, true));
  }

  private void warn(Task task, String subject, Text words) {
    ObjectNode event = taskNarrator.event(task);
    event.put("of", subject).put("percent", task.brief().warnPercent());
    taskNarrator.narrator(task).publish(ConversationEventType.TASK_WARNING, event);
    taskNarrator.note(
        task,
        JournalNote.Kind.DECISION,
        ActComponent.PSD_PAY_AUP,
        JournalEvent.PRINCIPAL_WARNED,
        Map.of("task_id", task.taskId(), "of", subject));
    taskNarrator.tell(task, words);
  }

  static Instant timeWarningAt(Task task) {
    var whole = Duration.between(task.createdAt(), task.until());
    return task.createdAt().plus(whole.multipliedBy(task.brief().warnPercent()).dividedBy(100));
  }
}
