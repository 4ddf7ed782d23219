package org.actsandbox.agent.conversation;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * Something that happened in a conversation, as surfaces see it.
 *
 * @param seq gapless in the conversation, from 1
 */
public record ConversationEvent(long seq, Instant at, String type, JsonNode data) {}
