package org.actsandbox.agent.task;

import java.util.Map;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.rule.ActComponent;

/** Ends a task and tells the principal what was bought and what it cost. */
final class TaskCompletion {

  private final TaskNarrator taskNarrator;

  TaskCompletion(TaskNarrator taskNarrator) {
    this.taskNarrator = taskNarrator;
  }

  /** Finishes the task, unless money is still on its way; then comes the bill. */
  Task finish(Task task) {
    if (task.current().isPresent()) {
      // A paid step is not delivered yet, or its money is still to come back.
      return task.state() == TaskState.PAUSED
          ? task.move(TaskState.WORKING, task.progress())
          : task;
    }
    long delivered =
        task.steps().stream()
            .filter(taskStep -> taskStep.state() == TaskStep.State.DELIVERED)
            .count();
    var end =
        delivered == 0
            ? TaskState.ENDED
            : delivered == task.steps().size() ? TaskState.DONE : TaskState.PARTIAL;
    var finished = task.move(end, task.progress());
    taskNarrator.noteStateChange(finished);
    publishBill(finished);
    return finished;
  }

  /** Publishes the bill: the purchases, their prices and the rest of the budget (CID-9). */
  private void publishBill(Task task) {
    var view = TaskView.of(task);
    var event = taskNarrator.event(task);
    event.set("bill", Json.tree(view.bill()));
    event.set("budget", Json.tree(view.budget()));
    event.put("result", view.result());
    taskNarrator.narrator(task).publish(ConversationEventType.TASK_BILL, event);
    taskNarrator.note(
        task,
        JournalNote.Kind.STATE,
        ActComponent.PSD_PAY_AUP,
        JournalEvent.TASK_BILLED,
        Map.of(
            "task_id", task.taskId(),
            "payments", task.bought().size(),
            "spent", view.budget().spent()));
    var words =
        AgentPhrases.bilingual(
            "task.end." + task.state().code(),
            task.bought().size(),
            view.budget().spent(),
            view.budget().left(),
            missing(task));
    taskNarrator.tell(task, words);
  }

  private static Text missing(Task task) {
    var why =
        task.steps().stream()
            .filter(taskStep -> taskStep.state() != TaskStep.State.DELIVERED)
            .map(
                taskStep ->
                    new Text(
                        TaskNarrator.title(taskStep).en() + " (" + reason(taskStep).en() + ")",
                        TaskNarrator.title(taskStep).zh() + "（" + reason(taskStep).zh() + "）"))
            .toList();
    return new Text(
        String.join(", ", why.stream().map(Text::en).toList()),
        String.join("、", why.stream().map(Text::zh).toList()));
  }

  private static Text reason(TaskStep taskStep) {
    return taskStep.why() == null ? AgentPhrases.bilingual("task.not_done") : taskStep.why();
  }
}
