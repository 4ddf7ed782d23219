package org.actsandbox.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests a model that accepts a request and sends nothing. */
@Timeout(600)
class SilentModelTests extends BuyerAgentTestBase {

  private final CompletableFuture<StreamingChatResponseHandler> listening =
      new CompletableFuture<>();

  @Override
  StreamingChatModel model() {
    return new StreamingChatModel() {
      @Override
      public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        listening.complete(handler);
      }
    };
  }

  @Override
  Duration modelTimeout() {
    return Duration.ofMillis(200);
  }

  @Test
  void theTurnEndsAfterTheTimeoutAndLateWordsAreDropped() {
    var id = conversation();
    say(id, "hello");
    var events = events(id, 1);
    assertThat(outcome(events)).isEqualTo("failed");
    assertThat(of(events, "failed").getFirst().data().path("remedy").asString())
        .contains("act.agent.model");

    var late = listening.join();
    late.onPartialResponse("Sorry, I was asleep for a very long time.");
    late.onCompleteResponse(
        ChatResponse.builder().aiMessage(AiMessage.from("I was asleep.")).build());
    assertThat(agent.events().latest(id).getLast().type().code()).isEqualTo("turn_done");
    assertThat(of(agent.events().after(id, 0, 100), "token")).isEmpty();
  }
}
