package org.actsandbox.web.console.glassbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.actsandbox.protocol.conversation.ConversationEvent;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;

/** Tests that events become turns and purchases, each once. */
class ConversationProjectionTests {

  private final ConversationProjection conversationProjection = new ConversationProjection("C-1");
  private long seq;

  private void happens(String type, Map<String, ?> data) {
    conversationProjection.apply(
        new ConversationEvent(
            ++seq, Instant.EPOCH, ConversationEventType.find(type).orElseThrow(), Json.tree(data)));
  }

  @Test
  void aTurnHoldsMessageStepsAndAnswers() {
    happens("message", Map.of("role", "user", "text", "a train"));
    happens("step", Map.of("key", "search", "platform", "a", "state", "running", "text", "A"));
    happens("step", Map.of("key", "search", "platform", "b", "state", "running", "text", "B"));
    happens("step", Map.of("key", "search", "platform", "a", "state", "done", "text", "A: 3"));
    happens("token", Map.of("text", "Here "));
    happens("token", Map.of("text", "it is"));
    assertThat(conversationProjection.turns().getFirst().streaming()).isEqualTo("Here it is");
    happens("message", Map.of("role", "assistant", "text", "Here it is"));
    happens("turn_done", Map.of("outcome", "offered"));
    var turn = conversationProjection.turns().getFirst();
    assertThat(turn.steps()).extracting(TurnTranscript.StepLine::text).containsExactly("A: 3", "B");
    assertThat(turn.answers()).containsExactly("Here it is");
    assertThat(turn.streaming()).isEmpty();
    assertThat(turn.running()).isFalse();
  }

  @Test
  void aRepeatedEventCountsOnce() {
    var event =
        new ConversationEvent(
            1,
            Instant.EPOCH,
            ConversationEventType.MESSAGE,
            Json.tree(Map.of("role", "user", "text", "hello")));
    assertThat(conversationProjection.apply(event)).isNotEmpty();
    assertThat(conversationProjection.apply(event)).isEmpty();
    assertThat(conversationProjection.turns()).hasSize(1);
  }

  @Test
  void anEndingSaysTheReasonAndTheRemedy() {
    happens("message", Map.of("role", "user", "text", "a train to the moon"));
    happens("nothing_suitable", Map.of("why", "none goes there", "what_would_do", "try Shanghai"));
    assertThat(OffersPane.of(conversationProjection).phase()).isEqualTo("ended");
    assertThat(conversationProjection.ending().remedy()).isEqualTo("try Shanghai");
  }

  @Test
  void aPositionSurvivesTheTripThroughTheBrowser() {
    var position = new LiveGlassBox.Position(17, 4711);
    assertThat(LiveGlassBox.Position.parse(position.toString())).isEqualTo(position);
    assertThat(LiveGlassBox.Position.parse("nonsense")).isEqualTo(new LiveGlassBox.Position(0, 0));
    assertThat(LiveGlassBox.Position.parse("")).isEqualTo(new LiveGlassBox.Position(0, 0));
  }
}
