package org.actsandbox.agent.turn;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.actsandbox.agent.conversation.Conversations;
import org.actsandbox.protocol.http.FollowUpTasks;
import org.actsandbox.protocol.time.BackgroundTurns;
import org.jspecify.annotations.Nullable;

/**
 * Runs turns on virtual threads, at most one per conversation. A conversation that the database
 * calls running and that no thread works on was left behind by a failure.
 */
final class TurnThreads implements AutoCloseable {

  /**
   * Ours: how long a world that is unloaded waits for each turn to end; its steps are stored
   * anyway.
   */
  private static final Duration CLOSING = Duration.ofSeconds(3);

  private final BackgroundTurns backgroundTurns;
  private final Map<String, Claim> byConversation = new ConcurrentHashMap<>();
  private volatile boolean closed;

  TurnThreads(BackgroundTurns backgroundTurns) {
    this.backgroundTurns = backgroundTurns;
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
   * Takes the conversation for {@code start}, which may start a turn on it.
   *
   * @throws org.actsandbox.protocol.refusal.Refusal {@code illegal_transition} while it is taken
   */
  int claim(String conversation, IntSupplier start) {
    var claim = new Claim();
    if (closed || byConversation.putIfAbsent(conversation, claim) != null) {
      throw Conversations.busyRefusal();
    }
    try {
      return start.getAsInt();
    } finally {
      if (claim.thread == null) {
        free(conversation, claim);
      }
    }
  }

  /**
   * Starts the turn on a thread, which runs once {@code followUpTasks} lets it. Call it only within
   * {@link #claim}.
   */
  void start(Turn turn, Consumer<Turn> run, FollowUpTasks followUpTasks) {
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
                    run.accept(turn);
                  } finally {
                    free(turn.conversation(), claim);
                  }
                });
    claim.turn = turn;
    claim.thread = thread;
    followUpTasks.run(thread::start);
  }

  /**
   * Frees the conversation before its thread ends, so that listeners of the turn's last event can
   * start the next turn.
   */
  void finished(Turn turn) {
    var claim = byConversation.get(turn.conversation());
    if (claim != null && turn.equals(claim.turn)) {
      free(turn.conversation(), claim);
    }
  }

  private void free(String conversation, Claim claim) {
    byConversation.remove(conversation, claim);
    claim.ended.countDown();
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

  boolean isTaken(String conversation) {
    return byConversation.containsKey(conversation);
  }

  Optional<Turn> turnOf(String conversation) {
    return Optional.ofNullable(byConversation.get(conversation)).map(claim -> claim.turn);
  }

  boolean isClosed() {
    return closed;
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
