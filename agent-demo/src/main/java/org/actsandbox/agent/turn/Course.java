package org.actsandbox.agent.turn;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.ObjIntConsumer;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.Conversation;
import org.actsandbox.agent.conversation.Conversations;
import org.actsandbox.agent.conversation.Events;
import org.actsandbox.agent.conversation.Memory;
import org.actsandbox.agent.conversation.Narrator;
import org.actsandbox.agent.purchase.Purchases;
import org.actsandbox.agent.purchase.Stop;
import org.actsandbox.agent.purchase.Stopped;
import org.actsandbox.agent.text.Phrases;
import org.actsandbox.agent.turn.Turn.Outcome;
import org.actsandbox.agent.turn.Turn.Permission;
import org.actsandbox.protocol.http.Afterwards;
import org.actsandbox.protocol.refusal.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** How turns run: from where a conversation is taken for one to its last event. */
final class Course implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Course.class);

  private final Conversations conversations;
  private final Events events;
  private final Memory memory;
  private final Ordering ordering;
  private final Purchases purchases;
  private final Workers workers;
  private final ObjIntConsumer<String> ended;

  /**
   * @param ended hears of the end of every turn, by conversation and number
   */
  Course(
      AgentWorld world,
      Conversations conversations,
      Events events,
      Ordering ordering,
      Purchases purchases,
      ObjIntConsumer<String> ended) {
    this.conversations = conversations;
    this.events = events;
    this.memory = new Memory(conversations);
    this.ordering = ordering;
    this.purchases = purchases;
    this.workers = new Workers(world.strands());
    this.ended = ended;
  }

  /**
   * Takes the conversation for {@code begin}, once whatever was left behind is settled.
   *
   * @return the number of the turn that {@code begin} began
   * @throws Refusal {@code illegal_transition} while a turn is under way
   */
  int claim(String conversation, IntSupplier begin) {
    return workers.claim(
        conversation,
        () -> {
          settle(conversation);
          return begin.getAsInt();
        });
  }

  Turn turn(String conversation, int number, String lang, Permission permission) {
    return new Turn(conversation, number, new Narrator(events, conversation, lang), permission);
  }

  /** A turn whose start fails is taken back, so that the conversation is not left busy. */
  int begun(Turn turn, Runnable start) {
    try {
      start.run();
      return turn.number();
    } catch (RuntimeException broken) {
      try {
        conversations.abandon(turn.conversation(), turn.number());
        turn.narrator().tell("turn_done", Map.of("outcome", Outcome.FAILED.code()));
      } catch (DataAccessException stillBroken) {
        // It stays marked as running; the next message settles it.
        broken.addSuppressed(stillBroken);
      }
      throw broken;
    }
  }

  void start(Turn turn, Runnable work, Afterwards afterwards) {
    workers.start(turn, started -> run(started, work), afterwards);
  }

  boolean isTaken(String conversation) {
    return workers.isTaken(conversation);
  }

  boolean awaitEnd(String conversation, Duration patience) {
    return workers.awaitEnd(conversation, patience);
  }

  Optional<Turn> turnOf(String conversation) {
    return workers.turnOf(conversation);
  }

  /** Goes on with what a stop of the process interrupted. */
  void resume() {
    for (var conversation : conversations.interrupted()) {
      workers.claim(
          conversation.conversationId(),
          () -> {
            if (!resumed(conversation)) {
              settle(conversation.conversationId());
            }
            return conversation.turns();
          });
    }
  }

  /**
   * Ends a turn that a failure left marked as running, or goes on with what it ordered.
   *
   * @throws Refusal {@code illegal_transition} when there is something to go on with
   */
  private void settle(String id) {
    var conversation = conversations.get(id);
    if (!conversation.running()) {
      return;
    }
    if (resumed(conversation)) {
      throw Conversations.busy();
    }
    var turn = turn(id, conversation.turns(), conversation.lang(), Permission.NONE);
    interrupted(turn);
    end(turn);
  }

  /** Whether the turn had ordered something, which is now followed again. */
  private boolean resumed(Conversation conversation) {
    var id = conversation.conversationId();
    int number = conversation.turns();
    if (purchases.ofTurn(id, number).isEmpty()) {
      return false;
    }
    var turn = turn(id, number, conversation.lang(), Permission.NONE);
    turn.startBuying();
    start(turn, () -> ordering.resume(turn), Runnable::run);
    return true;
  }

  private void run(Turn turn, Runnable work) {
    try {
      finish(turn, work);
    } catch (RuntimeException broken) {
      if (!workers.isClosed()) {
        // It stays marked as running; the next message, or the next start, goes on with it.
        LOG.error("turn {} of {} could not be ended", turn.number(), turn.conversation(), broken);
      }
    }
  }

  private void finish(Turn turn, Runnable work) {
    try {
      ScopedValue.where(Stop.CURRENT, turn.stop()).run(work);
    } catch (Stopped stopped) {
      if (workers.isClosed()) {
        // Nothing is lost: the turn stays marked as running and goes on when the world is loaded.
        return;
      }
      cancelled(turn);
    } catch (RuntimeException bug) {
      if (workers.isClosed()) {
        return;
      }
      if (turn.isBuying() && bug instanceof DataAccessException) {
        // What was ordered has to be followed to its end: not a word that it failed.
        throw bug;
      }
      LOG.error("turn {} of conversation {} failed", turn.number(), turn.conversation(), bug);
      turn.narrator()
          .failed(turn.narrator().say("failed.bug"), turn.narrator().say("failed.bug.do"));
      turn.outcome(Outcome.FAILED);
    }
    end(turn);
  }

  private void cancelled(Turn turn) {
    turn.close();
    if (turn.isBuying()) {
      ordering.cancel(turn);
      return;
    }
    turn.narrator().message("assistant", turn.narrator().say("cancelled"));
    turn.outcome(Outcome.IDLE);
  }

  private void interrupted(Turn turn) {
    turn.narrator()
        .failed(
            Phrases.say(turn.narrator().lang(), "failed.restart"),
            Phrases.say(turn.narrator().lang(), "failed.restart.do"));
    turn.outcome(Outcome.FAILED);
  }

  private void end(Turn turn) {
    turn.close();
    memory.mend(turn.conversation());
    conversations.end(turn.conversation(), turn.number(), turn.outcome().code());
    workers.finished(turn);
    turn.narrator().tell("turn_done", Map.of("outcome", turn.outcome().code()));
    ended.accept(turn.conversation(), turn.number());
  }

  @Override
  public void close() {
    workers.close();
  }
}
