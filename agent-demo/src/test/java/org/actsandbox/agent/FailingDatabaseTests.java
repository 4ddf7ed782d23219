package org.actsandbox.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.actsandbox.agent.conversation.ConversationEventStreams;
import org.actsandbox.agent.language.Interpretation;
import org.actsandbox.agent.language.Lang;
import org.actsandbox.protocol.refusal.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tests failures of the database at each step: no conversation stays busy, and nothing is paid
 * twice.
 */
@Timeout(600)
class FailingDatabaseTests extends BuyerAgentTestBase {

  private void sayOnce(String id, String text) {
    agent.say(agent.conversations().get(id), text, null, "message-1", Runnable::run);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set running = true",
        "insert into agent_turns",
        "insert into agent_events",
        "set understood"
      })
  void aTurnThatCannotStartLeavesTheConversationFree(String statement) {
    sentenceInterpreter = (_, now) -> new Interpretation.Wishes(List.of(), null, false, Lang.EN);
    playbackModel.says("Hello.");
    var id = conversation();
    database.breaks(statement, 1);
    assertThatThrownBy(() -> sayOnce(id, "hello")).isInstanceOf(DataAccessException.class);
    assertThat(agent.conversations().get(id).running()).isFalse();

    sayOnce(id, "hello");
    await()
        .untilAsserted(
            () ->
                assertThat(of(agent.events().latest(id), "message").getLast().data().toString())
                    .contains("Hello."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"set memory", "update agent_turns set outcome", "set running = false"})
  void aTurnThatCannotEndIsSettledByTheNextMessage(String statement) {
    playbackModel.says("Hello.").says("Hello again.");
    var id = conversation();
    database.breaks(statement, 1000);
    say(id, "hello");
    await().until(() -> !database.isUntouched());
    database.breaks("", 0);
    await().until(() -> accepted(id));
    var events = events(id, 2);
    assertThat(outcome(events)).isEqualTo("idle");
    assertThat(of(events, "message").getLast().data().path("text").asString()).startsWith("Hello");
  }

  /**
   * Says a sentence; the refusal comes as long as the thread of the broken turn is about to end.
   */
  private boolean accepted(String id) {
    try {
      say(id, "hello?");
      return true;
    } catch (Refusal busy) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void whatWasOrderedIsFollowedToItsEnd(int times) {
    var id = offered();
    database.breaks("update agent_purchases", times);
    choose(id, "raileast-G7301");
    var events = events(id, 2);
    assertThat(outcome(events)).isEqualTo("bought");
    assertThat(testMarketplace.debits).hasValue(1);
    assertThat(testMarketplace.orders).hasSize(1);
    assertThat(testMarketplace.payments).hasSize(1);
  }

  @Test
  void aPurchaseContinuesWithTheNextMessageAfterALongDatabaseFailure() {
    var id = offered();
    testMarketplace.decision = "waiting";
    database.breaks("update agent_purchases", 4);
    choose(id, "raileast-G7301");
    await().until(database::isSpent);
    testMarketplace.decision = "paid";
    await().until(() -> isHeld(id) || accepted(id));
    assertThat(outcome(events(id, 2))).isEqualTo("bought");
    assertThat(testMarketplace.debits).hasValue(1);
  }

  private boolean isHeld(String id) {
    return !of(agent.events().latest(id), "cart").isEmpty();
  }

  @Test
  void whatWasStoredButNotToldIsToldAfterARestart() {
    var id = waitingForApproval();
    agent.close();
    // The process died between storing the payment and telling of it.
    var deleted =
        JdbcClient.create(database)
            .sql("delete from agent_events where conversation_id = ? and type in (?, ?)")
            .params(id, "payment_needed", "cart")
            .update();
    assertThat(deleted).isEqualTo(2);
    agent = start();
    ConversationEventStreams.after(agent.events(), id, 0)
        .takeUntil(event -> "payment_needed".equals(event.event()))
        .blockLast(Duration.ofSeconds(20));
    testMarketplace.decision = "paid";
    var events = events(id, 2);
    assertThat(outcome(events)).isEqualTo("bought");
    assertThat(of(events, "cart")).hasSize(1);
    assertThat(of(events, "payment_needed"))
        .singleElement()
        .satisfies(
            event -> assertThat(event.data().path("cashier_url").asString()).contains("/cashier/"));
    assertThat(testMarketplace.debits).hasValue(1);
  }

  @Test
  void nothingIsToldTwiceAfterARestart() {
    var id = waitingForApproval();
    agent.close();
    testMarketplace.decision = "paid";
    agent = start();
    var events = events(id, 2);
    assertThat(of(events, "payment_needed")).hasSize(1);
    assertThat(of(events, "payment")).hasSize(1);
    assertThat(of(events, "delivery")).hasSize(1);
  }
}
