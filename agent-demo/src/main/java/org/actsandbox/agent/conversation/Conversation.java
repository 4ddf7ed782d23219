package org.actsandbox.agent.conversation;

import org.jspecify.annotations.Nullable;

/**
 * A conversation as it is stored.
 *
 * @param langForced whether the caller fixed the language; otherwise each sentence decides
 * @param running whether a turn is under way; a conversation has at most one
 * @param intentId the intent of the purchase under way, if there is one
 * @param connectedAgent the agent of others with which it is held; null for the sandbox's own
 */
public record Conversation(
    String conversationId,
    String lang,
    boolean langForced,
    boolean running,
    int turns,
    @Nullable String intentId,
    @Nullable String connectedAgent) {}
