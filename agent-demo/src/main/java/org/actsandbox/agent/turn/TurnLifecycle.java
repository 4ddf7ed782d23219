package org.actsandbox.agent.turn;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.ObjIntConsumer;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.Conversation;
import org.actsandbox.agent.conversation.ConversationEvents;
import org.actsandbox.agent.conversation.ConversationMemory;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.conversation.Conversations;
import org.actsandbox.agent.purchase.Purchases;
import org.actsandbox.agent.purchase.StopSignal;
import org.actsandbox.agent.purchase.TurnStoppedException;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.turn.Turn.Outcome;
import org.actsandbox.agent.turn.Turn.Permission;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.http.FollowUpTasks;
import org.actsandbox.protocol.refusal.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Runs a turn from the moment that it takes its conversation to its last event, and settles turns
 * that a failure left running.
 */
final class TurnLifecycle implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TurnLifecycle.class);

  private final Conversations conversations;
  private final ConversationEvents conversationEvents;
  private final ConversationMemory conversationMemory;
  private final PurchaseFollowUp purchaseFollowUp;
  private final Purchases purchases;
  private final TurnThreads turnThreads;
  private final ObjIntConsumer<String> turnEndListener;

  /**
   * @param turnEndListener called at the end of every turn with its conversation and number
   */
  TurnLifecycle(
      AgentWorld world,
      Conversations conversations,
      ConversationEvents conversationEvents,
      PurchaseFollowUp purchaseFollowUp,
      Purchases purchases,
      ObjIntConsumer<String> turnEndListener) {
    this.conversations = conversations;
    this.conversationEvents = conversationEvents;
    this.conversationMemory = new ConversationMemory(conversations);
    this.purchaseFollowUp = purchaseFollowUp;
    this.purchases = purchases;
    this.turnThreads = new TurnThreads(world.backgroundTurns());
    this.turnEndListener = turnEndListener;
  }

  /**
   * Takes the conversation for {@code begin}, after it settled a turn that a failure left running.
   *
   * @return the number of the turn that {@code begin} began
   * @throws Refusal {@code illegal_transition} while a turn is under way
   */
  int claim(String conversation, IntSupplier begin) {
    return turnThreads.claim(
        conversation,
        () -> {
          settle(conversation);
          return begin.getAsInt();
        });
  }

  Turn turn(String conversation, int number, String lang, Permission permission) {
    return new Turn(
        conversation,
        number,
        new ConversationNarrator(conversationEvents, conversation, lang),
        permission);
  }

  /**
   * Starts the turn; a turn whose start fails is taken back, so that the conversation is not left
   * busy.
   */
  int startOrAbandon(Turn turn, Runnable start) {
    try {
      start.run();
      return turn.number();
    } catch (RuntimeException broken) {
      try {
        conversations.abandonTurn(turn.conversation(), turn.number());
        turn.narrator()
            .publish(ConversationEventType.TURN_DONE, Map.of("outcome", Outcome.FAILED.code()));
      } catch (DataAccessException stillBroken) {
        // The turn stays marked as running; the next message settles it.
        broken.addSuppressed(stillBroken);
      }
      throw broken;
    }
  }

  void start(Turn turn, Runnable work, FollowUpTasks followUpTasks) {
    turnThreads.start(turn, started -> run(started, work), followUpTasks);
  }

  boolean isTaken(String conversation) {
    return turnThreads.isTaken(conversation);
  }

  boolean awaitEnd(String conversation, Duration timeout) {
    return turnThreads.awaitEnd(conversation, timeout);
  }

  Optional<Turn> turnOf(String conversation) {
    return turnThreads.turnOf(conversation);
  }

  /** Continues the turns that a stop of the process interrupted. */
  void resume() {
    for (var conversation : conversations.interrupted()) {
      turnThreads.claim(
          conversation.conversationId(),
          () -> {
            if (!resumePurchases(conversation)) {
              settle(conversation.conversationId());
            }
            return conversation.turns();
          });
    }
  }

  /**
   * Ends a turn that a failure left marked as running, or continues with its purchases.
   *
   * @throws Refusal {@code illegal_transition} when there are purchases to continue with
   */
  private void settle(String id) {
    var conversation = conversations.get(id);
    if (!conversation.running()) {
      return;
    }
    if (resumePurchases(conversation)) {
      throw Conversations.busyRefusal();
    }
    var turn = turn(id, conversation.turns(), conversation.lang(), Permission.NONE);
    reportInterruption(turn);
    end(turn);
  }

  /** Continues with the purchases of the turn; returns false when it ordered nothing. */
  private boolean resumePurchases(Conversation conversation) {
    var id = conversation.conversationId();
    int number = conversation.turns();
    if (purchases.findByTurn(id, number).isEmpty()) {
      return false;
    }
    var turn = turn(id, number, conversation.lang(), Permission.NONE);
    turn.startBuying();
    start(turn, () -> purchaseFollowUp.resume(turn), Runnable::run);
    return true;
  }

  private void run(Turn turn, Runnable work) {
    try {
      finish(turn, work);
    } catch (RuntimeException broken) {
      if (!turnThreads.isClosed()) {
        // The turn stays marked as running; the next message or the next start continues it.
        LOG.error("turn {} of {} could not be ended", turn.number(), turn.conversation(), broken);
      }
    }
  }

  private void finish(Turn turn, Runnable work) {
    try {
      ScopedValue.where(StopSignal.CURRENT, turn.stopSignal()).run(work);
    } catch (TurnStoppedException turnStoppedException) {
      if (turnThreads.isClosed()) {
        // Nothing is lost: the turn stays marked as running and continues when the world is loaded.
        return;
      }
      finishCancelled(turn);
    } catch (RuntimeException bug) {
      if (turnThreads.isClosed()) {
        return;
      }
      if (turn.isBuying() && bug instanceof DataAccessException) {
        // The orders must be followed to their end, so the principal is not told that they failed.
        throw bug;
      }
      LOG.error("turn {} of conversation {} failed", turn.number(), turn.conversation(), bug);
      turn.narrator()
          .failed(turn.narrator().phrase("failed.bug"), turn.narrator().phrase("failed.bug.do"));
      turn.outcome(Outcome.FAILED);
    }
    end(turn);
  }

  private void finishCancelled(Turn turn) {
    turn.close();
    if (turn.isBuying()) {
      purchaseFollowUp.cancel(turn);
      return;
    }
    turn.narrator().message("assistant", turn.narrator().phrase("cancelled"));
    turn.outcome(Outcome.IDLE);
  }

  private void reportInterruption(Turn turn) {
    turn.narrator()
        .failed(
            AgentPhrases.phrase(turn.narrator().lang(), "failed.restart"),
            AgentPhrases.phrase(turn.narrator().lang(), "failed.restart.do"));
    turn.outcome(Outcome.FAILED);
  }

  private void end(Turn turn) {
    turn.close();
    conversationMemory.repairAfterBrokenTurn(turn.conversation());
    conversations.endTurn(turn.conversation(), turn.number(), turn.outcome().code());
    turnThreads.finished(turn);
    turn.narrator()
        .publish(ConversationEventType.TURN_DONE, Map.of("outcome", turn.outcome().code()));
    turnEndListener.accept(turn.conversation(), turn.number());
  }

  @Override
  public void close() {
    turnThreads.close();
  }
}
