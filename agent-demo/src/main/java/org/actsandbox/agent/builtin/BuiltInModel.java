package org.actsandbox.agent.builtin;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;

/**
 * The deterministic model behind LangChain4j. It knows nothing but the request: the messages, the
 * tools offered, and the situation in the system message.
 */
public final class BuiltInModel implements ChatModel {

  private final Mouth mouth = new Mouth();

  /**
   * @throws dev.langchain4j.exception.InvalidRequestException without a situation or a user message
   */
  @Override
  public ChatResponse doChat(ChatRequest request) {
    return mouth.answer(request);
  }
}
