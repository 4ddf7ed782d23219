package org.actsandbox.agent.errand;

import java.util.HashMap;
import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.ConversationEvents;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.rule.ActComponent;
import tools.jackson.databind.node.ObjectNode;

/** Tells the conversation and the journal what happens to the errands of one kind. */
public abstract class ErrandNarrator<E extends Errand<E>> {

  protected final AgentWorld world;
  private final ConversationEvents conversationEvents;
  private final ErrandKind<E> kind;

  protected ErrandNarrator(
      AgentWorld world, ConversationEvents conversationEvents, ErrandKind<E> kind) {
    this.world = world;
    this.conversationEvents = conversationEvents;
    this.kind = kind;
  }

  /** Adds to an event what only this kind of errand tells: its state and more. */
  protected abstract void describe(E errand, ObjectNode event);

  public final ConversationNarrator narrator(E errand) {
    return new ConversationNarrator(conversationEvents, errand.conversationId(), errand.lang());
  }

  /** Makes an event of the errand, without words. */
  public final ObjectNode event(E errand) {
    var event = Json.object();
    event.put(kind.key(), errand.errandId());
    event.put("intent_id", errand.intentId());
    var given = errand.givenAuthority();
    if (given != null) {
      event.put("delegation_id", given.delegationId());
    }
    describe(errand, event);
    return event;
  }

  /** Publishes an event of the errand, and the same words as a message of the agent. */
  public final void tell(E errand, Text words) {
    var conversationNarrator = narrator(errand);
    conversationNarrator.publish(
        kind.event(), event(errand).put("text", conversationNarrator.phrase(words)));
    conversationNarrator.message("assistant", conversationNarrator.phrase(words));
  }

  public final void tell(E errand, String phrase, Object... arguments) {
    tell(errand, AgentPhrases.bilingual(phrase, arguments));
  }

  public final void note(
      E errand,
      JournalNote.Kind noteKind,
      ActComponent component,
      JournalEvent event,
      Map<String, ?> data) {
    var ids = new HashMap<String, String>();
    ids.put(JournalIds.INTENT_ID, errand.intentId());
    ids.put(JournalIds.CONVERSATION_ID, errand.conversationId());
    var given = errand.givenAuthority();
    if (given != null) {
      ids.put(JournalIds.DELEGATION_ID, given.delegationId());
    }
    world
        .journal()
        .note(new JournalNote(world.agent().value(), noteKind, component, event, ids, data));
  }
}
