package org.actsandbox.agent.watch;

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

/** Tells the conversation and the journal what happens to a watch. */
final class WatchNarrator {

  private final AgentWorld world;
  private final ConversationEvents conversationEvents;

  WatchNarrator(AgentWorld world, ConversationEvents conversationEvents) {
    this.world = world;
    this.conversationEvents = conversationEvents;
  }

  ConversationNarrator narrator(Watch watch) {
    return new ConversationNarrator(conversationEvents, watch.conversationId(), watch.lang());
  }

  /** Publishes an event of the watch, and the same words as a message of the agent. */
  void tell(Watch watch, Text words) {
    var conversationNarrator = narrator(watch);
    var event = Json.object();
    event.put("watch_id", watch.watchId());
    event.put("intent_id", watch.intentId());
    if (watch.delegated() != null) {
      event.put("delegation_id", watch.delegated().delegationId());
    }
    event.put("state", watch.state().code());
    event.put("until", watch.until().toString());
    var due = watch.progress().dueAt();
    if (due != null) {
      event.put("next_at", due.toString());
    }
    if (watch.progress().code() != null) {
      event.put("code", watch.progress().code());
    }
    event.put("text", conversationNarrator.phrase(words));
    conversationNarrator.publish(ConversationEventType.WATCH, event);
    conversationNarrator.message("assistant", conversationNarrator.phrase(words));
  }

  void tell(Watch watch, String phrase, Object... arguments) {
    tell(watch, AgentPhrases.bilingual(phrase, arguments));
  }

  void note(
      Watch watch,
      JournalNote.Kind kind,
      ActComponent component,
      String event,
      Map<String, ?> data) {
    var ids = new HashMap<String, String>();
    ids.put(JournalIds.INTENT_ID, watch.intentId());
    ids.put(JournalIds.CONVERSATION_ID, watch.conversationId());
    if (watch.delegated() != null) {
      ids.put(JournalIds.DELEGATION_ID, watch.delegated().delegationId());
    }
    world.journal().note(new JournalNote(world.agent().value(), kind, component, event, ids, data));
  }

  void noteStateChange(Watch watch) {
    var code = watch.progress().code();
    note(
        watch,
        JournalNote.Kind.STATE,
        ActComponent.PSD_PAY_DEL,
        "watch-" + watch.state().code(),
        code == null
            ? Map.of("watch_id", watch.watchId())
            : Map.of("watch_id", watch.watchId(), "code", code));
  }
}
