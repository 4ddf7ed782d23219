package org.actsandbox.agent.watch;

import java.util.Map;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.ConversationEvents;
import org.actsandbox.agent.errand.ErrandNarrator;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.rule.ActComponent;
import tools.jackson.databind.node.ObjectNode;

/** Tells the conversation and the journal what happens to a watch. */
final class WatchNarrator extends ErrandNarrator<Watch> {

  WatchNarrator(AgentWorld world, ConversationEvents conversationEvents) {
    super(world, conversationEvents, Watch.KIND);
  }

  @Override
  protected void describe(Watch watch, ObjectNode event) {
    event.put("state", watch.state().code());
    event.put("until", watch.until().toString());
    var due = watch.dueAt();
    if (due != null && !watch.isOver()) {
      event.put("next_at", due.toString());
    }
    if (watch.code() != null) {
      event.put("code", watch.code());
    }
  }

  void noteStateChange(Watch watch) {
    var code = watch.progress().code();
    note(
        watch,
        JournalNote.Kind.STATE,
        ActComponent.PSD_PAY_DEL,
        watch.state().event(),
        code == null
            ? Map.of("watch_id", watch.watchId())
            : Map.of("watch_id", watch.watchId(), "code", code));
  }
}
