package org.actsandbox.agent.task;

import java.util.HashMap;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.ConversationEvents;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.errand.ErrandNarrator;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;
import tools.jackson.databind.node.ObjectNode;

/** Tells the conversation and the journal what happens to a task. */
final class TaskNarrator extends ErrandNarrator<Task> {

  TaskNarrator(AgentWorld world, ConversationEvents conversationEvents) {
    super(world, conversationEvents, Task.KIND);
  }

  @Override
  protected void describe(Task task, ObjectNode event) {
    event.put("state", task.state().code());
    if (task.code() != null) {
      event.put("code", task.code());
    }
  }

  Text merchant(TaskStep taskStep) {
    return world.nameOf(taskStep.seller().merchant());
  }

  /** Returns the reason for the choice of the seller. */
  Text choiceReason(TaskStep taskStep) {
    return new SellerChoiceReason(taskStep, world::nameOf).why();
  }

  static Text title(TaskStep taskStep) {
    return AgentPhrases.bilingual("task.step." + taskStep.kind().code(), subject(taskStep));
  }

  /** Names what the quotes are of as its sellers do; another subject stays as it is. */
  private static Text subject(TaskStep taskStep) {
    return taskStep.sellers().stream()
        .flatMap(sellerService -> SellerCatalogs.topics(sellerService).stream())
        .filter(topic -> topic.symbol().equals(taskStep.subject()))
        .map(TaskBrief.Topic::name)
        .findFirst()
        .orElseGet(() -> Text.untranslated(taskStep.subject().replace('-', ' ')));
  }

  void step(Task task, TaskStep taskStep, ConversationNarrator.StepState state, Text words) {
    var conversationNarrator = narrator(task);
    conversationNarrator.step(
        taskStep.key(),
        state,
        taskStep.hasSeller() ? taskStep.seller().merchant() : null,
        conversationNarrator.phrase(words));
  }

  void noteStateChange(Task task) {
    var data = new HashMap<String, String>();
    data.put("task_id", task.taskId());
    data.put("state", task.state().code());
    if (task.progress().code() != null) {
      data.put("code", task.progress().code());
    }
    note(task, JournalNote.Kind.STATE, ActComponent.PSD_PAY_AUP, task.state().event(), data);
  }
}
