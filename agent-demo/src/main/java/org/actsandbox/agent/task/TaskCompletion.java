package org.actsandbox.agent.task;

import java.util.Map;
import org.actsandbox.agent.delegation.DelegationServiceClient;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.delegation.DelegationState;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.rule.ActComponent;

/** Ends a task: the authority is given back, then comes the bill. */
final class TaskCompletion {

  private final DelegationServiceClient service;
  private final ServiceSelfCheck check;
  private final TaskNarrator teller;

  TaskCompletion(DelegationServiceClient service, ServiceSelfCheck check, TaskNarrator teller) {
    this.service = service;
    this.check = check;
    this.teller = teller;
  }

  /** The authority is given back first: nobody needs it any more (ACT ADD-7). Then the bill. */
  Task finish(Task task) {
    if (task.current().isPresent()) {
      // Something was paid and is still to come, or to be given back.
      return task.state() == TaskState.PAUSED
          ? task.move(TaskState.WORKING, task.progress())
          : task;
    }
    var state = check.delegationState(task);
    if (state.filter(DelegationState::isFinal).isEmpty()) {
      service.revoke(task.delegated().delegationId(), task.authority().intentId(), "done");
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
    teller.noteStateChange(finished);
    bill(finished);
    return finished;
  }

  /** What was bought, for how much, and what is left (CID-9). */
  private void bill(Task task) {
    var view = TaskView.of(task);
    var event = teller.event(task);
    event.set("bill", Json.tree(view.bill()));
    event.set("budget", Json.tree(view.budget()));
    event.put("result", view.result());
    teller.narrator(task).publish("task_bill", event);
    teller.note(
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
    teller.tell(task, words);
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
