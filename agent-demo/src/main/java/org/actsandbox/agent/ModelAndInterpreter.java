package org.actsandbox.agent;

import dev.langchain4j.model.chat.StreamingChatModel;

/**
 * Pairs the language model that talks with the interpreter that reads the principal's sentences.
 */
public record ModelAndInterpreter(StreamingChatModel model, SentenceInterpreter interpreter) {}
