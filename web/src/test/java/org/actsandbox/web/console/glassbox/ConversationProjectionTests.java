package org.actsandbox.web.console.glassbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
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
  void aSentenceWhileThePaymentWaitsStandsBelowAndTheStepsGoOnAbove() {
    happens("message", Map.of("role", "user", "text", "take it"));
    happens("step", Map.of("key", "pay", "state", "running", "text", "waits"));
    assertThat(conversationProjection.firstUnfinished()).isZero();
    happens("message", Map.of("role", "user", "text", "why?"));
    happens("message", Map.of("role", "assistant", "text", "It is the cheapest"));
    happens("step", Map.of("key", "pay", "state", "done", "text", "paid"));

    assertThat(conversationProjection.turns())
        .extracting(TurnTranscript.View::request)
        .containsExactly("take it", "why?");
    assertThat(conversationProjection.turns().getFirst().steps())
        .extracting(TurnTranscript.StepLine::text)
        .containsExactly("paid");
    assertThat(conversationProjection.work()).hasSize(1);
    assertThat(conversationProjection.firstUnfinished()).isZero();
    happens("turn_done", Map.of("outcome", "bought"));
    assertThat(conversationProjection.turns()).noneMatch(TurnTranscript.View::running);
    assertThat(conversationProjection.firstUnfinished()).isEqualTo(2);
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
  void afterADeclinedPaymentTheOffersStandAndAPurchaseBeforeThemIsFolded() {
    happens("message", Map.of("role", "user", "text", "a train"));
    offersArrive();
    assertThat(phase()).isEqualTo("offers");
    billArrives("R-1", "T-1");
    assertThat(phase()).isEqualTo("buying");
    happens("payment", Map.of("trade_no", "T-1", "status", "declined"));
    happens("declined", Map.of("trade_no", "T-1", "reason", "you declined"));
    assertThat(phase()).isEqualTo("offers");
    assertThat(conversationProjection.ending().kind()).isEqualTo("declined");

    offersArrive();
    assertThat(phase()).isEqualTo("offers");
    assertThat(conversationProjection.ending().kind()).isEmpty();
    billArrives("R-2", "T-2");
    happens("payment", Map.of("trade_no", "T-2", "status", "paid"));
    assertThat(phase()).isEqualTo("bought");
    assertThat(OffersPane.of(conversationProjection).current()).hasSize(2);

    offersArrive();
    assertThat(phase()).isEqualTo("offers");
    assertThat(OffersPane.of(conversationProjection).current()).isEmpty();
  }

  @Test
  void anAgentIsNotAtWorkOnceItsWatchRestsOrIsOver() {
    happens("message", Map.of("role", "agent", "text", "I keep looking."));
    happens("watch", Map.of("intent_id", "I-1", "state", "watching"));
    assertThat(conversationProjection.isRunning()).isTrue();
    happens("watch", Map.of("intent_id", "I-1", "state", "paused"));
    assertThat(conversationProjection.isRunning()).isFalse();
    assertThat(conversationProjection.isPaused()).isTrue();
    happens("watch", Map.of("intent_id", "I-1", "state", "ended"));
    assertThat(conversationProjection.isRunning()).isFalse();
    assertThat(conversationProjection.isPaused()).isFalse();
  }

  @Test
  void aFailedPurchaseEndsTheOffers() {
    offersArrive();
    billArrives("R-1", "T-1");
    happens("payment", Map.of("trade_no", "T-1", "status", "failed"));
    happens("failed", Map.of("reason", "no money", "remedy", "top up"));
    assertThat(phase()).isEqualTo("ended");
    assertThat(OffersPane.of(conversationProjection).again()).isEmpty();
  }

  @Test
  void theSentenceThatFoundNothingCanBeSaidAgain() {
    happens("message", Map.of("role", "user", "text", "a train to the moon"));
    happens("nothing_suitable", Map.of("why", "none goes there"));
    assertThat(OffersPane.of(conversationProjection).again()).isEmpty();
    happens("turn_done", Map.of("outcome", "nothing_suitable"));
    assertThat(OffersPane.of(conversationProjection).again()).isEqualTo("a train to the moon");
  }

  private String phase() {
    return OffersPane.of(conversationProjection).phase();
  }

  private void offersArrive() {
    happens(
        "offers",
        Map.of(
            "searches", List.of(Map.of("kind", "train", "platforms_asked", List.of("raileast")))));
  }

  private void billArrives(String orderNo, String tradeNo) {
    happens(
        "payment_needed",
        Map.of(
            "order_no", orderNo,
            "trade_no", tradeNo,
            "payee", "did:act:raileast",
            "amount", "66.00",
            "currency", "CNY",
            "cashier_url", "http://localhost/cashier/" + tradeNo,
            "expires_at", "2026-11-29T00:00:00Z"));
  }

  @Test
  void aPositionSurvivesTheTripThroughTheBrowser() {
    var position = new LiveGlassBox.Position(17, 4711);
    assertThat(LiveGlassBox.Position.parse(position.toString())).isEqualTo(position);
    assertThat(LiveGlassBox.Position.parse("nonsense")).isEqualTo(new LiveGlassBox.Position(0, 0));
    assertThat(LiveGlassBox.Position.parse("")).isEqualTo(new LiveGlassBox.Position(0, 0));
  }
}
