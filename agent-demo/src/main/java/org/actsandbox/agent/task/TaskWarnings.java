package org.actsandbox.agent.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.rule.ActComponent;
import tools.jackson.databind.node.ObjectNode;

/** Warns the principal, once each, at a share of budget or time. */
final class TaskWarnings {

  private final AgentWorld world;
  private final TaskNarrator teller;

  TaskWarnings(AgentWorld world, TaskNarrator teller) {
    this.world = world;
    this.teller = teller;
  }

  Task warnOfBudget(Task task) {
    var budget = TaskView.of(task).budget();
    var total = Money.of(budget.total(), budget.currency());
    var spent = Money.of(budget.spent(), budget.currency());
    boolean due =
        spent.minorUnits() * 100 >= total.minorUnits() * task.brief().warnPercent()
            && !total.isZero();
    if (!due || task.progress().warnedMoney()) {
      return task;
    }
    warn(
        task,
        "budget",
        AgentPhrases.bilingual("task.warn_money", spent.decimal(), total.decimal()));
    return task.withProgress(task.progress().warned(true, false));
  }

  Task warnOfTime(Task task) {
    if (task.progress().warnedTime()
        || task.state() == TaskState.ASKED
        || world.now().isBefore(at(task))) {
      return task;
    }
    warn(task, "time", AgentPhrases.bilingual("task.warn_time", task.brief().warnPercent()));
    return task.withProgress(task.progress().warned(false, true));
  }

  private void warn(Task task, String of, Text words) {
    ObjectNode event = teller.event(task);
    event.put("of", of).put("percent", task.brief().warnPercent());
    teller.narrator(task).publish("task_warning", event);
    teller.note(
        task,
        JournalNote.Kind.DECISION,
        ActComponent.PSD_PAY_AUP,
        "principal-warned",
        Map.of("task_id", task.taskId(), "of", of));
    teller.tell(task, words);
  }

  static Instant at(Task task) {
    var whole = Duration.between(task.createdAt(), task.until());
    return task.createdAt().plus(whole.multipliedBy(task.brief().warnPercent()).dividedBy(100));
  }
}
