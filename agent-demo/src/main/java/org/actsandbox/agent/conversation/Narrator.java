package org.actsandbox.agent.conversation;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.actsandbox.agent.text.Phrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;
import org.jspecify.annotations.Nullable;

/** Tells what happens in one turn, as events in its language. */
public final class Narrator {

  private final Events events;
  private final String conversation;
  private final String lang;

  public Narrator(Events events, String conversation, String lang) {
    this.events = events;
    this.conversation = conversation;
    this.lang = lang;
  }

  /** How far a step is; each ends in one of the last three. */
  public enum Step {
    RUNNING,
    DONE,
    FAILED,
    SKIPPED
  }

  public String lang() {
    return lang;
  }

  public String say(String phrase, Object... arguments) {
    return Phrases.say(lang, phrase, arguments);
  }

  public String say(Text text) {
    return text.in(lang);
  }

  /** The latest events of the conversation, whatever turn they belong to; bounded. */
  public List<ConversationEvent> told() {
    return events.latest(conversation);
  }

  public void tell(String type, Object data) {
    events.append(conversation, type, data);
  }

  public void message(String role, String text) {
    tell("message", Map.of("role", role, "text", text));
  }

  public void step(String key, Step state, @Nullable String platform, String text) {
    var data = Json.object();
    data.put("key", key).put("state", state.name().toLowerCase(Locale.ROOT)).put("text", text);
    if (platform != null) {
      data.put("platform", platform);
    }
    tell("step", data);
  }

  public void failed(String reason, String remedy) {
    tell("failed", Map.of("reason", reason, "remedy", remedy));
  }
}
