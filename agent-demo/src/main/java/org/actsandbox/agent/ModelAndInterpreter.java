package org.actsandbox.agent;

import dev.langchain4j.model.chat.StreamingChatModel;

/** What the agent thinks with: a model that talks, and an interpreter that only listens. */
public record ModelAndInterpreter(StreamingChatModel model, SentenceInterpreter interpreter) {}
