package org.actsandbox.agent.conversation;

import java.time.Instant;
import tools.jackson.databind.JsonNode;

/**
 * An event of a conversation, as pages and other clients see it.
 *
 * @param seq the number in the conversation, without gaps, from 1
 */
public record ConversationEvent(long seq, Instant at, String type, JsonNode data) {}
