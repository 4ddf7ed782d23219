package org.actsandbox.agent.task;

import java.util.Map;
import org.actsandbox.agent.conversation.Narrator;
import org.actsandbox.agent.text.Phrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;

/** Turns from a seller to the next, or from a step altogether, and says why. */
final class PassingOver {

  private final TaskTeller teller;

  PassingOver(TaskTeller teller) {
    this.teller = teller;
  }

  Task next(Task task, Step step, String code, Text why) {
    var next = step.next(code, why);
    boolean failed = next.state() == Step.State.FAILED;
    var words =
        failed
            ? Phrases.both("task.step_failed", TaskTeller.title(step), why)
            : Phrases.both("task.next_seller", why, teller.merchant(next));
    teller.step(task, step, Narrator.Step.FAILED, words);
    rejected(task, step, code);
    return task.step(next);
  }

  Task skip(Task task, Step step, String code, Text why) {
    teller.step(
        task,
        step,
        Narrator.Step.SKIPPED,
        Phrases.both("task.step_skipped", TaskTeller.title(step), why));
    rejected(task, step, code);
    return task.step(step.skipped(code, why));
  }

  private void rejected(Task task, Step step, String code) {
    teller.note(
        task,
        JournalNote.Kind.DECISION,
        ActComponent.PSD_PAY_AUP,
        "seller-passed-over",
        Map.of("step", step.key(), "merchant", step.seller().merchant(), "code", code));
  }
}
