package org.actsandbox.agent.conversation;

import java.util.List;
import org.actsandbox.protocol.conversation.ConversationEvent;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as its principal sees it.
 *
 * @param agent the connected agent that answers in it; null for the sandbox's own
 * @param events the latest events without tokens, in order
 */
public record ConversationView(
    String conversationId,
    String language,
    boolean running,
    int turns,
    @Nullable String intentId,
    @Nullable String agent,
    List<ConversationEvent> events) {}
