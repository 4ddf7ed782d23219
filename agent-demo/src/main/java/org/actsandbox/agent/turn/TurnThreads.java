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
 * The virtual threads that turns run on, one per conversation. A conversation that the database
 * calls running, but that none of them works on, was left behind by a failure.
 */
final class TurnThreads implements AutoCloseable {

  /** Ours: how long a world that is unloaded waits for a step to end; it is stored anyway. */
  private static final Duration CLOSING = Duration.ofSeconds(3);

  private final BackgroundTurns backgroundTurns;
  private final Map<String, Work> byConversation = new ConcurrentHashMap<>();
  private volatile boolean closed;

  TurnThreads(BackgroundTurns backgroundTurns) {
    this.backgroundTurns = backgroundTurns;
  }

  /** One conversation's place: taken before its turn is known, kept until its thread ends. */
  private static final class Work {
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
    var work = new Work();
    if (closed || byConversation.putIfAbsent(conversation, work) != null) {
      throw Conversations.busyRefusal();
    }
    try {
      return start.getAsInt();
    } finally {
      if (work.thread == null) {
        free(conversation, work);
      }
    }
  }

  /** Only within {@link #claim}; the thread starts when {@code afterwards} lets it. */
  void start(Turn turn, Consumer<Turn> run, FollowUpTasks followUpTasks) {
    var work = byConversation.get(turn.conversation());
    if (work == null || work.thread != null) {
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
                    free(turn.conversation(), work);
                  }
                });
    work.turn = turn;
    work.thread = thread;
    followUpTasks.run(thread::start);
  }

  /** Gives the conversation free before its thread ends, for listeners of the turn's last event. */
  void finished(Turn turn) {
    var work = byConversation.get(turn.conversation());
    if (work != null && turn.equals(work.turn)) {
      free(turn.conversation(), work);
    }
  }

  private void free(String conversation, Work work) {
    byConversation.remove(conversation, work);
    work.ended.countDown();
  }

  /** Whether nobody works on the conversation, now or within {@code patience}. */
  boolean awaitEnd(String conversation, Duration patience) {
    var work = byConversation.get(conversation);
    try {
      return work == null || work.ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  boolean isTaken(String conversation) {
    return byConversation.containsKey(conversation);
  }

  Optional<Turn> turnOf(String conversation) {
    return Optional.ofNullable(byConversation.get(conversation)).map(work -> work.turn);
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    for (var work : byConversation.values()) {
      var turn = work.turn;
      if (turn != null) {
        turn.stopSignal().signal();
      }
    }
    for (var work : byConversation.values()) {
      try {
        var thread = work.thread;
        if (thread != null && thread.getState() != Thread.State.NEW) {
          thread.join(CLOSING);
        }
      } catch (InterruptedException hurried) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
