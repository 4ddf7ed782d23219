package org.actsandbox.agent.task;

import java.util.Map;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.rule.ActComponent;

/**
 * Ends a task: it gives the authority back and then tells the principal what was bought and what it
 * cost.
 */
final class TaskCompletion {

  private final DelegationServiceClient delegationServiceClient;
  private final ServiceSelfCheck serviceSelfCheck;
  private final TaskNarrator taskNarrator;

  TaskCompletion(
      DelegationServiceClient delegationServiceClient,
      ServiceSelfCheck serviceSelfCheck,
      TaskNarrator taskNarrator) {
    this.delegationServiceClient = delegationServiceClient;
    this.serviceSelfCheck = serviceSelfCheck;
    this.taskNarrator = taskNarrator;
  }

  /**
   * Finishes the task. The authority is given back first, because it is not needed any more (ACT
   * ADD-7); then comes the bill.
   */
  Task finish(Task task) {
    if (task.current().isPresent()) {
      // A paid step is not delivered yet, or its money is still to come back.
      return task.state() == TaskState.PAUSED
          ? task.move(TaskState.WORKING, task.progress())
          : task;
    }
    var state = serviceSelfCheck.delegationState(task);
    if (state.filter(DelegationState::isFinal).isEmpty()) {
      delegationServiceClient.revoke(
          task.delegated().delegationId(), task.authority().intentId(), "done");
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
        "task-billed",
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
