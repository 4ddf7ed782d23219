package org.actsandbox.agent.conversation;

import org.jspecify.annotations.Nullable;

/**
 * One conversation as it is stored.
 *
 * @param langForced the caller fixed the language; else each sentence decides
 * @param running a turn is under way; there is never a second one
 * @param intentId of the task under way, if one was understood
 */
public record Conversation(
    String conversationId,
    String lang,
    boolean langForced,
    boolean running,
    int turns,
    @Nullable String intentId) {}
