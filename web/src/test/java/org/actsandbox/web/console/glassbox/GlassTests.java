package org.actsandbox.web.console.glassbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.actsandbox.protocol.json.Json;
import org.junit.jupiter.api.Test;

/** Events become turns and purchases, each once. */
class GlassTests {

  private final Glass glass = new Glass("C-1");
  private long seq;

  private void happens(String type, Map<String, ?> data) {
    glass.apply(new AgentEvent(++seq, Instant.EPOCH, type, Json.tree(data)));
  }

  @Test
  void aTurnHoldsWhatWasSaidDoneAndAnswered() {
    happens("message", Map.of("role", "user", "text", "a train"));
    happens("step", Map.of("key", "search", "platform", "a", "state", "running", "text", "A"));
    happens("step", Map.of("key", "search", "platform", "b", "state", "running", "text", "B"));
    happens("step", Map.of("key", "search", "platform", "a", "state", "done", "text", "A: 3"));
    happens("token", Map.of("text", "Here "));
    happens("token", Map.of("text", "it is"));
    assertThat(glass.turns().getFirst().streaming()).isEqualTo("Here it is");
    happens("message", Map.of("role", "assistant", "text", "Here it is"));
    happens("turn_done", Map.of("outcome", "offered"));
    var turn = glass.turns().getFirst();
    assertThat(turn.steps()).extracting(Turn.StepLine::text).containsExactly("A: 3", "B");
    assertThat(turn.said()).containsExactly("Here it is");
    assertThat(turn.streaming()).isEmpty();
    assertThat(turn.running()).isFalse();
  }

  @Test
  void whatCameTwiceCountsOnce() {
    var event =
        new AgentEvent(
            1, Instant.EPOCH, "message", Json.tree(Map.of("role", "user", "text", "hello")));
    assertThat(glass.apply(event)).isNotEmpty();
    assertThat(glass.apply(event)).isEmpty();
    assertThat(glass.turns()).hasSize(1);
  }

  @Test
  void anEndingSaysWhyAndWhatWouldDo() {
    happens("message", Map.of("role", "user", "text", "a train to the moon"));
    happens("nothing_suitable", Map.of("why", "none goes there", "what_would_do", "try Shanghai"));
    assertThat(Shelf.of(glass).phase()).isEqualTo("ended");
    assertThat(glass.ending().remedy()).isEqualTo("try Shanghai");
  }

  @Test
  void aPositionSurvivesTheTripThroughTheBrowser() {
    var position = new LiveBox.Position(17, 4711);
    assertThat(LiveBox.Position.parse(position.toString())).isEqualTo(position);
    assertThat(LiveBox.Position.parse("nonsense")).isEqualTo(new LiveBox.Position(0, 0));
    assertThat(LiveBox.Position.parse("")).isEqualTo(new LiveBox.Position(0, 0));
  }
}
