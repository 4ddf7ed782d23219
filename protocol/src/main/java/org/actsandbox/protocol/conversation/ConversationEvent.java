package org.actsandbox.protocol.conversation;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * Is one event of a conversation, as pages and other clients see it.
 *
 * @param seq the number in the conversation, without gaps, from 1
 * @param data the fields that {@link ConversationEventType#fields} names
 */
public record ConversationEvent(long seq, Instant at, ConversationEventType type, JsonNode data) {

  /** Returns a field of the data; empty if there is no text in it. */
  public String text(String field) {
    return data.path(field).asString("");
  }
}
