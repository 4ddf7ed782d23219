package org.actsandbox.agent.task;

import java.util.HashMap;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.ConversationEvents;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.rule.ActComponent;
import tools.jackson.databind.node.ObjectNode;

/** Tells the conversation and the journal what happens to a task. */
final class TaskNarrator {

  private static final ActComponent COMPONENT = ActComponent.PSD_PAY_AUP;

  private final AgentWorld world;
  private final ConversationEvents conversationEvents;

  TaskNarrator(AgentWorld world, ConversationEvents conversationEvents) {
    this.world = world;
    this.conversationEvents = conversationEvents;
  }

  ConversationNarrator narrator(Task task) {
    return new ConversationNarrator(conversationEvents, task.conversationId(), task.lang());
  }

  Text merchant(TaskStep taskStep) {
    return world.nameOf(taskStep.seller().merchant());
  }

  /** Returns the reason for the choice of the seller. */
  Text choiceReason(TaskStep taskStep) {
    return new SellerChoiceReason(taskStep, world::nameOf).why();
  }

  static Text title(TaskStep taskStep) {
    return AgentPhrases.bilingual(
        "task.step." + taskStep.kind().code(), taskStep.subject().replace('-', ' '));
  }

  /** Publishes an event of the task, and the same words as a message of the agent. */
  void tell(Task task, Text words) {
    var conversationNarrator = narrator(task);
    conversationNarrator.publish(
        ConversationEventType.TASK, event(task).put("text", conversationNarrator.phrase(words)));
    conversationNarrator.message("assistant", conversationNarrator.phrase(words));
  }

  void tell(Task task, String phrase, Object... arguments) {
    tell(task, AgentPhrases.bilingual(phrase, arguments));
  }

  ObjectNode event(Task task) {
    var event = Json.object();
    event.put("task_id", task.taskId());
    event.put("intent_id", task.authority().intentId());
    if (task.authority().delegated() != null) {
      event.put("delegation_id", task.delegated().delegationId());
    }
    event.put("state", task.state().code());
    if (task.progress().code() != null) {
      event.put("code", task.progress().code());
    }
    return event;
  }

  void step(Task task, TaskStep taskStep, ConversationNarrator.StepState state, Text words) {
    var conversationNarrator = narrator(task);
    conversationNarrator.step(
        taskStep.key(),
        state,
        taskStep.hasSeller() ? taskStep.seller().merchant() : null,
        conversationNarrator.phrase(words));
  }

  void note(
      Task task, JournalNote.Kind kind, ActComponent component, String event, Map<String, ?> data) {
    var ids = new HashMap<String, String>();
    ids.put(JournalIds.INTENT_ID, task.authority().intentId());
    ids.put(JournalIds.CONVERSATION_ID, task.conversationId());
    if (task.authority().delegated() != null) {
      ids.put(JournalIds.DELEGATION_ID, task.delegated().delegationId());
    }
    world.journal().note(new JournalNote(world.agent().value(), kind, component, event, ids, data));
  }

  void noteStateChange(Task task) {
    var data = new HashMap<String, String>();
    data.put("task_id", task.taskId());
    data.put("state", task.state().code());
    if (task.progress().code() != null) {
      data.put("code", task.progress().code());
    }
    note(task, JournalNote.Kind.STATE, COMPONENT, "task-" + task.state().code(), data);
  }
}
