package org.actsandbox.agent.task;

import java.util.Map;
import org.actsandbox.agent.conversation.ConversationNarrator.StepState;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;

/** Moves a step to its next seller, or skips the step, and says why. */
final class SellerFallback {

  private final TaskNarrator taskNarrator;

  SellerFallback(TaskNarrator taskNarrator) {
    this.taskNarrator = taskNarrator;
  }

  Task useNextSeller(Task task, TaskStep taskStep, String code, Text why) {
    var next = taskStep.withNextSeller(code, why);
    boolean failed = next.state() == TaskStep.State.FAILED;
    var words =
        failed
            ? AgentPhrases.bilingual("task.step_failed", TaskNarrator.title(taskStep), why)
            : AgentPhrases.bilingual("task.next_seller", why, taskNarrator.merchant(next));
    taskNarrator.step(task, taskStep, StepState.FAILED, words);
    noteRejection(task, taskStep, code);
    return task.withStep(next);
  }

  Task skip(Task task, TaskStep taskStep, String code, Text why) {
    taskNarrator.step(
        task,
        taskStep,
        StepState.SKIPPED,
        AgentPhrases.bilingual("task.step_skipped", TaskNarrator.title(taskStep), why));
    noteRejection(task, taskStep, code);
    return task.withStep(taskStep.skipped(code, why));
  }

  private void noteRejection(Task task, TaskStep taskStep, String code) {
    taskNarrator.note(
        task,
        JournalNote.Kind.DECISION,
        ActComponent.PSD_PAY_AUP,
        JournalEvent.SELLER_PASSED_OVER,
        Map.of("step", taskStep.key(), "merchant", taskStep.seller().merchant(), "code", code));
  }
}
