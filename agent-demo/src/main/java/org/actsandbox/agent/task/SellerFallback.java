package org.actsandbox.agent.task;

import java.util.Map;
import org.actsandbox.agent.conversation.ConversationNarrator.StepState;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;

/** Turns from a seller to the next, or from a step altogether, and says why. */
final class SellerFallback {

  private final TaskNarrator teller;

  SellerFallback(TaskNarrator teller) {
    this.teller = teller;
  }

  Task useNextSeller(Task task, TaskStep taskStep, String code, Text why) {
    var next = taskStep.withNextSeller(code, why);
    boolean failed = next.state() == TaskStep.State.FAILED;
    var words =
        failed
            ? AgentPhrases.bilingual("task.step_failed", TaskNarrator.title(taskStep), why)
            : AgentPhrases.bilingual("task.next_seller", why, teller.merchant(next));
    teller.step(task, taskStep, StepState.FAILED, words);
    rejected(task, taskStep, code);
    return task.withStep(next);
  }

  Task skip(Task task, TaskStep taskStep, String code, Text why) {
    teller.step(
        task,
        taskStep,
        StepState.SKIPPED,
        AgentPhrases.bilingual("task.step_skipped", TaskNarrator.title(taskStep), why));
    rejected(task, taskStep, code);
    return task.withStep(taskStep.skipped(code, why));
  }

  private void rejected(Task task, TaskStep taskStep, String code) {
    teller.note(
        task,
        JournalNote.Kind.DECISION,
        ActComponent.PSD_PAY_AUP,
        "seller-passed-over",
        Map.of("step", taskStep.key(), "merchant", taskStep.seller().merchant(), "code", code));
  }
}
