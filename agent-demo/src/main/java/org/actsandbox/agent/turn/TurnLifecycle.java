package org.actsandbox.agent.turn;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.ObjIntConsumer;
import java.util.function.Supplier;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.Conversation;
import org.actsandbox.agent.conversation.ConversationEvents;
import org.actsandbox.agent.conversation.ConversationMemory;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.conversation.Conversations;
import org.actsandbox.agent.turn.Turn.Outcome;
import org.actsandbox.agent.turn.Turn.Permission;
import org.actsandbox.agent.wire.StopSignal;
import org.actsandbox.agent.wire.TurnStoppedException;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.http.FollowUpTasks;
import org.actsandbox.protocol.refusal.Refusal;
import org.actsandbox.protocol.time.BackgroundTurns;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Runs turns from the moment that a turn takes its conversation to its last event: each on a
 * virtual thread of its own, at most one per conversation. A conversation that the database calls
 * running and that no thread works on was left behind by a failure; its turn is settled before the
 * next one begins.
 */
final class TurnLifecycle implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(TurnLifecycle.class);

  /**
   * Ours: how long a world that is unloaded waits for each turn to end; its steps are stored
   * anyway.
   */
  private static final Duration CLOSING = Duration.ofSeconds(3);

  private final BackgroundTurns backgroundTurns;
  private final Conversations conversations;
  private final ConversationEvents conversationEvents;
  private final ConversationMemory conversationMemory;
  private final PurchaseFollowUp purchaseFollowUp;
  private final ObjIntConsumer<String> turnEndListener;
  private final Map<String, Claim> byConversation = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * @param turnEndListener called at the end of every turn with its conversation and number
   */
  TurnLifecycle(
      AgentWorld world,
      Conversations conversations,
      ConversationEvents conversationEvents,
      PurchaseFollowUp purchaseFollowUp,
      ObjIntConsumer<String> turnEndListener) {
    this.backgroundTurns = world.backgroundTurns();
    this.conversations = conversations;
    this.conversationEvents = conversationEvents;
    this.conversationMemory = new ConversationMemory(conversations);
    this.purchaseFollowUp = purchaseFollowUp;
    this.turnEndListener = turnEndListener;
  }

  /**
   * The claim on one conversation: it begins before the turn is known and ends with the turn's
   * thread.
   */
  private static final class Claim {
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Turn turn;
    private volatile @Nullable Thread thread;
  }

  /**
   * Takes the conversation for {@code begin}, after it settled a turn that a failure left running.
   *
   * @return the number of the turn that {@code begin} began
   * @throws Refusal {@code illegal_transition} while a turn is under way
   */
  int claim(String conversation, IntSupplier begin) {
    return take(
        conversation,
        () -> {
          settle(conversation);
          return begin.getAsInt();
        });
  }

  private int take(String conversation, IntSupplier begin) {
    var claim = new Claim();
    if (closed || byConversation.putIfAbsent(conversation, claim) != null) {
      throw Conversations.busyRefusal();
    }
    try {
      return begin.getAsInt();
    } finally {
      if (claim.thread == null) {
        free(conversation, claim);
      }
    }
  }

  Turn turn(String conversation, int number, String lang, Permission permission) {
    var narrator = new ConversationNarrator(conversationEvents, conversation, lang);
    return new Turn(conversation, number, narrator, permission);
  }

  /**
   * Begins a turn on a thread, which runs once {@code followUpTasks} lets it. A turn whose start
   * fails is taken back, so that the conversation is not left busy. Call it only within {@link
   * #claim}.
   *
   * @param opening does what must be done before the caller answers, and returns the work of the
   *     thread
   * @return the number of the turn
   */
  int begin(Turn turn, Supplier<Runnable> opening, FollowUpTasks followUpTasks) {
    try {
      start(turn, opening.get(), followUpTasks);
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

  private void start(Turn turn, Runnable work, FollowUpTasks followUpTasks) {
    var claim = byConversation.get(turn.conversation());
    if (claim == null || claim.thread != null) {
      throw new IllegalStateException(turn.conversation() + " was not claimed");
    }
    var backgroundTurn = backgroundTurns.beginTurn();
    turn.stopSignal().attach(backgroundTurn);
    var thread =
        Thread.ofVirtual()
            .name("agent-turn-" + turn.conversation())
            .unstarted(
                () -> {
                  try (backgroundTurn) {
                    run(turn, work);
                  } finally {
                    free(turn.conversation(), claim);
                  }
                });
    claim.turn = turn;
    claim.thread = thread;
    followUpTasks.run(thread::start);
  }

  private void free(String conversation, Claim claim) {
    byConversation.remove(conversation, claim);
    claim.ended.countDown();
  }

  boolean isTaken(String conversation) {
    return byConversation.containsKey(conversation);
  }

  Optional<Turn> turnOf(String conversation) {
    return Optional.ofNullable(byConversation.get(conversation)).map(claim -> claim.turn);
  }

  /** Returns whether the conversation is free, now or within {@code timeout} of real time. */
  boolean awaitEnd(String conversation, Duration timeout) {
    var claim = byConversation.get(conversation);
    try {
      return claim == null || claim.ended.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Continues the turns that a stop of the process interrupted. */
  void resume() {
    for (var conversation : conversations.interrupted()) {
      take(
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
    failed(turn, "failed.restart");
    end(turn);
  }

  /** Continues with the purchases of the turn; returns false when it ordered nothing. */
  private boolean resumePurchases(Conversation conversation) {
    var id = conversation.conversationId();
    int number = conversation.turns();
    if (!purchaseFollowUp.hasOrdered(id, number)) {
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
      if (!closed) {
        // The turn stays marked as running; the next message or the next start continues it.
        LOG.error("turn {} of {} could not be ended", turn.number(), turn.conversation(), broken);
      }
    }
  }

  private void finish(Turn turn, Runnable work) {
    try {
      ScopedValue.where(StopSignal.CURRENT, turn.stopSignal()).run(work);
    } catch (TurnStoppedException turnStoppedException) {
      if (closed) {
        // Nothing is lost: the turn stays marked as running and continues when the world is loaded.
        return;
      }
      finishCancelled(turn);
    } catch (RuntimeException bug) {
      if (closed) {
        return;
      }
      if (turn.isBuying() && bug instanceof DataAccessException) {
        // The orders must be followed to their end, so the principal is not told that they failed.
        throw bug;
      }
      LOG.error("turn {} of conversation {} failed", turn.number(), turn.conversation(), bug);
      failed(turn, "failed.bug");
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

  /**
   * Tells that the turn failed.
   *
   * @param phrase the key of the reason; the key of the remedy has {@code .do} behind it
   */
  private static void failed(Turn turn, String phrase) {
    turn.narrator().failed(turn.narrator().phrase(phrase), turn.narrator().phrase(phrase + ".do"));
    turn.outcome(Outcome.FAILED);
  }

  private void end(Turn turn) {
    turn.close();
    conversationMemory.repairAfterBrokenTurn(turn.conversation());
    conversations.endTurn(turn.conversation(), turn.number(), turn.outcome().code());
    // The conversation is freed before the last event is told, so that listeners of that event can
    // start the next turn.
    var claim = byConversation.get(turn.conversation());
    if (claim != null && turn.equals(claim.turn)) {
      free(turn.conversation(), claim);
    }
    turn.narrator()
        .publish(ConversationEventType.TURN_DONE, Map.of("outcome", turn.outcome().code()));
    turnEndListener.accept(turn.conversation(), turn.number());
  }

  @Override
  public void close() {
    closed = true;
    for (var claim : byConversation.values()) {
      var turn = claim.turn;
      if (turn != null) {
        turn.stopSignal().signal();
      }
    }
    for (var claim : byConversation.values()) {
      try {
        var thread = claim.thread;
        if (thread != null && thread.getState() != Thread.State.NEW) {
          thread.join(CLOSING);
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
