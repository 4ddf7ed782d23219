package org.actsandbox.agent.conversation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.conversation.ConversationEvent;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;

/** Writes what happens in a conversation as events in the language of the conversation. */
public final class ConversationNarrator {

  private final ConversationEvents conversationEvents;
  private final String conversation;
  private final String lang;

  public ConversationNarrator(
      ConversationEvents conversationEvents, String conversation, String lang) {
    this.conversationEvents = conversationEvents;
    this.conversation = conversation;
    this.lang = lang;
  }

  /** Names how far a step of the plan is; each step ends in one of the last three. */
  public enum StepState {
    RUNNING,
    DONE,
    FAILED,
    SKIPPED
  }

  public String lang() {
    return lang;
  }

  public String phrase(String phrase, Object... arguments) {
    return AgentPhrases.phrase(lang, phrase, arguments);
  }

  public String phrase(Text text) {
    return text.in(lang);
  }

  /** Returns the latest events of the conversation, of all its turns; their number is limited. */
  public List<ConversationEvent> latestEvents() {
    return conversationEvents.latest(conversation);
  }

  public void publish(ConversationEventType type, Object data) {
    conversationEvents.append(conversation, type, data);
  }

  public void message(String role, String text) {
    publish(ConversationEventType.MESSAGE, Map.of("role", role, "text", text));
  }

  public void step(
      String key, ConversationNarrator.StepState state, @Nullable String platform, String text) {
    var data = Json.object();
    data.put("key", key).put("state", state.name().toLowerCase(Locale.ROOT)).put("text", text);
    if (platform != null) {
      data.put("platform", platform);
    }
    publish(ConversationEventType.STEP, data);
  }

  public void failed(String reason, String remedy) {
    publish(ConversationEventType.FAILED, Map.of("reason", reason, "remedy", remedy));
  }
}
