package org.actsandbox.agent.builtin;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import java.util.List;

/**
 * The deterministic model behind LangChain4j. It knows nothing but the request: the messages, the
 * tools offered, and the situation in the system message. It streams its text token by token on the
 * caller's thread; an error reaches the handler, as with hosted models.
 */
public final class BuiltInStreamingModel implements StreamingChatModel {

  private final BuiltInResponder builtInResponder = new BuiltInResponder();

  @Override
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    ChatResponse answer;
    var handle = new Handle();
    try {
      answer = builtInResponder.answer(request);
      stream(answer, handler, handle);
    } catch (RuntimeException broken) {
      handler.onError(broken);
      return;
    }
    if (!handle.isCancelled()) {
      handler.onCompleteResponse(answer);
    }
  }

  private static void stream(
      ChatResponse answer, StreamingChatResponseHandler handler, Handle handle) {
    var message = answer.aiMessage();
    var text = message.text();
    var context = new PartialResponseContext(handle);
    for (var token : text == null ? List.<String>of() : TokenSplitter.of(text)) {
      if (handle.isCancelled()) {
        return;
      }
      handler.onPartialResponse(new PartialResponse(token), context);
    }
    int index = 0;
    for (var call : message.toolExecutionRequests()) {
      handler.onCompleteToolCall(new CompleteToolCall(index++, call));
    }
  }

  /** Lets the handler stop the stream between two tokens. */
  private static final class Handle implements StreamingHandle {

    private volatile boolean cancelled;

    @Override
    public void cancel() {
      cancelled = true;
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }
  }
}
