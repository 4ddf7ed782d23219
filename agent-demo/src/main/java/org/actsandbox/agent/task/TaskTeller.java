package org.actsandbox.agent.task;

import java.util.HashMap;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.Events;
import org.actsandbox.agent.conversation.Narrator;
import org.actsandbox.agent.text.Phrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.rule.ActComponent;
import tools.jackson.databind.node.ObjectNode;

/** Tells conversation and journal what becomes of a task. */
final class TaskTeller {

  private static final ActComponent COMPONENT = ActComponent.PSD_PAY_AUP;

  private final AgentWorld world;
  private final Events events;

  TaskTeller(AgentWorld world, Events events) {
    this.world = world;
    this.events = events;
  }

  Narrator narrator(Task task) {
    return new Narrator(events, task.conversationId(), task.lang());
  }

  Text merchant(Step step) {
    return world.nameOf(step.seller().merchant());
  }

  /** Why it is this seller that is asked. */
  Text choice(Step step) {
    return new Choice(step, world::nameOf).why();
  }

  static Text title(Step step) {
    return Phrases.both("task.step." + step.kind().code(), step.subject().replace('-', ' '));
  }

  /** An event of the task, and the same as a sentence of the agent. */
  void tell(Task task, Text words) {
    var narrator = narrator(task);
    narrator.tell("task", event(task).put("text", narrator.say(words)));
    narrator.message("assistant", narrator.say(words));
  }

  void tell(Task task, String phrase, Object... arguments) {
    tell(task, Phrases.both(phrase, arguments));
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

  void step(Task task, Step step, Narrator.Step state, Text words) {
    var narrator = narrator(task);
    narrator.step(
        step.key(), state, step.hasSeller() ? step.seller().merchant() : null, narrator.say(words));
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

  void moved(Task task) {
    var data = new HashMap<String, String>();
    data.put("task_id", task.taskId());
    data.put("state", task.state().code());
    if (task.progress().code() != null) {
      data.put("code", task.progress().code());
    }
    note(task, JournalNote.Kind.STATE, COMPONENT, "task-" + task.state().code(), data);
  }
}
