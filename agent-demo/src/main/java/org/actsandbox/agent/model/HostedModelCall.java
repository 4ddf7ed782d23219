package org.actsandbox.agent.model;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.CompleteToolCall;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinking;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCall;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.io.EOFException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Is one call of a hosted model. It hands everything on, and ends the call when the connection has
 * ended without an answer: two of the three clients wait for ever then.
 */
final class HostedModelCall implements StreamingChatResponseHandler {

  private final StreamingChatResponseHandler handler;
  private volatile boolean hasPart;
  private final AtomicBoolean ended = new AtomicBoolean();

  HostedModelCall(StreamingChatResponseHandler handler) {
    this.handler = handler;
  }

  /** Ends the call after the connection has ended and the client has read everything. */
  void closed() {
    onError(
        new ModelAnswerException(
            hasPart ? ModelFailure.CUT : ModelFailure.UNREADABLE,
            new EOFException("the stream ended without the end of an answer")));
  }

  @Override
  public void onCompleteResponse(ChatResponse response) {
    if (ended.compareAndSet(false, true)) {
      try {
        handler.onCompleteResponse(response);
      } catch (RuntimeException broken) {
        // The receiver of the answer failed, for example after too many rounds of tool calls.
        handler.onError(broken);
      }
    }
  }

  @Override
  public void onError(Throwable error) {
    if (ended.compareAndSet(false, true)) {
      handler.onError(named(error));
    }
  }

  /** After a part of the answer, what cannot be read is the cut end of it. */
  private Throwable named(Throwable error) {
    return hasPart && ModelFailure.of(error) == ModelFailure.UNREADABLE
        ? new ModelAnswerException(ModelFailure.CUT, error)
        : error;
  }

  @Override
  public void onPartialResponse(String partialResponse) {
    hasPart = true;
    handler.onPartialResponse(partialResponse);
  }

  @Override
  public void onPartialResponse(
      PartialResponse partialResponse, PartialResponseContext partialResponseContext) {
    hasPart = true;
    handler.onPartialResponse(partialResponse, partialResponseContext);
  }

  @Override
  public void onPartialThinking(PartialThinking partialThinking) {
    hasPart = true;
    handler.onPartialThinking(partialThinking);
  }

  @Override
  public void onPartialThinking(
      PartialThinking partialThinking, PartialThinkingContext partialThinkingContext) {
    hasPart = true;
    handler.onPartialThinking(partialThinking, partialThinkingContext);
  }

  @Override
  public void onPartialToolCall(PartialToolCall partialToolCall) {
    hasPart = true;
    handler.onPartialToolCall(partialToolCall);
  }

  @Override
  public void onPartialToolCall(
      PartialToolCall partialToolCall, PartialToolCallContext partialToolCallContext) {
    hasPart = true;
    handler.onPartialToolCall(partialToolCall, partialToolCallContext);
  }

  @Override
  public void onCompleteToolCall(CompleteToolCall completeToolCall) {
    hasPart = true;
    handler.onCompleteToolCall(completeToolCall);
  }

  @Override
  public void onUnmappedRawEvent(Object event) {
    handler.onUnmappedRawEvent(event);
  }
}
