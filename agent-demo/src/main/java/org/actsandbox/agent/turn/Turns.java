package org.actsandbox.agent.turn;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import org.actsandbox.agent.AgentTiming;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Mind;
import org.actsandbox.agent.conversation.Conversation;
import org.actsandbox.agent.conversation.Conversations;
import org.actsandbox.agent.conversation.Events;
import org.actsandbox.agent.conversation.Memory;
import org.actsandbox.agent.conversation.Narrator;
import org.actsandbox.agent.delegation.Delegated;
import org.actsandbox.agent.delegation.DelegationService;
import org.actsandbox.agent.language.Situation;
import org.actsandbox.agent.language.Understanding;
import org.actsandbox.agent.purchase.Purchase;
import org.actsandbox.agent.purchase.Purchasing;
import org.actsandbox.agent.purchase.Stop;
import org.actsandbox.agent.purchase.Stopped;
import org.actsandbox.agent.search.AgentCards;
import org.actsandbox.agent.search.Platforms;
import org.actsandbox.agent.search.Proposal;
import org.actsandbox.agent.search.ShownOffer;
import org.actsandbox.agent.task.Tasking;
import org.actsandbox.agent.text.Phrases;
import org.actsandbox.agent.turn.Turn.Outcome;
import org.actsandbox.agent.turn.Turn.Permission;
import org.actsandbox.agent.watch.Buyer;
import org.actsandbox.agent.watch.Watch;
import org.actsandbox.agent.watch.Watching;
import org.actsandbox.agent.wire.Calls;
import org.actsandbox.agent.wire.Refused;
import org.actsandbox.protocol.http.Afterwards;
import org.actsandbox.protocol.http.Unanswered;
import org.actsandbox.protocol.payment.PaymentStatus;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** The turns of one world: each on a virtual thread of its own, one at a time per conversation. */
public final class Turns implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

  private final AgentWorld world;
  private final Mind mind;
  private final Conversations conversations;
  private final Events events;
  private final Memory memory;
  private final Situations situations;
  private final Hearing hearing;
  private final Shopping shopping;
  private final Purchasing purchasing;
  private final Dialogue dialogue;
  private final Ordering ordering;
  private final Workers workers;
  private final Watching watching;
  private final Tasking tasking;
  private final ExecutorService toolThreads = Executors.newVirtualThreadPerTaskExecutor();

  public Turns(
      AgentWorld world, Mind mind, AgentTiming timing, Conversations conversations, Events events) {
    this.world = world;
    this.mind = mind;
    this.conversations = conversations;
    this.events = events;
    this.workers = new Workers(world.strands());
    this.memory = new Memory(conversations);
    this.situations = new Situations(world, conversations);
    this.hearing = new Hearing(conversations);
    var calls = new Calls(world);
    var cards = new AgentCards(world, calls);
    var platforms = new Platforms(world, timing, calls, cards);
    var delegations = new DelegationService(world, timing, calls);
    this.shopping = new Shopping(world, conversations, platforms);
    this.purchasing = new Purchasing(world, timing, calls, cards, delegations);
    this.watching = new Watching(world, delegations, platforms, events, new Directed());
    this.tasking = new Tasking(world, timing, calls, delegations, events);
    this.ordering = new Ordering(conversations, shopping, purchasing);
    this.dialogue = new Dialogue(mind.model(), toolThreads, timing.model());
  }

  public Tasking tasking() {
    return tasking;
  }

  public Watching watching() {
    return watching;
  }

  public Purchasing purchasing() {
    return purchasing;
  }

  /** The principal says something; what comes of it is told in events. */
  public int say(
      Conversation conversation,
      String text,
      String lang,
      @Nullable String messageId,
      Afterwards afterwards) {
    var id = conversation.conversationId();
    return workers.claim(
        id,
        () -> {
          settle(id);
          if (tasking.concerns(id, text)) {
            return task(conversation, text, lang, messageId, afterwards);
          }
          var situation =
              situations.of(conversation, conversation.langForced() ? conversation.lang() : null);
          var understanding = mind.interpreter().understand(text, situation);
          var before = situations.understood(id);
          int number = conversations.begin(conversation, lang, messageId);
          var turn = turn(id, number, lang, Hearing.permission(understanding, before));
          return begun(turn, () -> hear(turn, text, situation, understanding, afterwards));
        });
  }

  /** Work of its own, under an authority with a budget: no offers, no choice. */
  private int task(
      Conversation conversation,
      String text,
      String lang,
      @Nullable String messageId,
      Afterwards afterwards) {
    var id = conversation.conversationId();
    int number = conversations.begin(conversation, lang, messageId);
    var turn = turn(id, number, lang, Permission.NONE);
    return begun(
        turn,
        () -> {
          turn.narrator().message("user", text);
          start(turn, () -> ask(turn, text), afterwards);
        });
  }

  private void ask(Turn turn, String text) {
    try {
      boolean asked = tasking.hear(turn.conversation(), text, turn.narrator());
      turn.outcome(asked ? Outcome.DELEGATION_REQUESTED : Outcome.QUESTION);
    } catch (Refused refused) {
      turn.narrator()
          .failed(turn.narrator().say(refused.words()), turn.narrator().say("task.ask_again"));
      turn.outcome(Outcome.FAILED);
    } catch (Unanswered silent) {
      turn.narrator()
          .failed(turn.narrator().say("task.no_service"), turn.narrator().say("task.ask_again"));
      turn.outcome(Outcome.FAILED);
    }
  }

  private void hear(
      Turn turn,
      String text,
      Situation situation,
      Understanding understanding,
      Afterwards afterwards) {
    turn.narrator().message("user", text);
    hearing.remember(turn.conversation(), understanding);
    var prompt = Prompt.of(situation, turn.narrator().lang());
    start(
        turn,
        () -> {
          switch (understanding) {
            case Understanding.GoOn _ -> goOn(turn);
            case Understanding.Cancel _ -> {
              watching.stop(turn.conversation());
              tasking.stop(turn.conversation());
              talk(turn, text, prompt);
            }
            default -> talk(turn, text, prompt);
          }
        },
        afterwards);
  }

  /** The principal clicked: what was chosen is bought, whatever a model would say to it. */
  public int choose(
      Conversation conversation,
      List<String> offerIds,
      @Nullable String seat,
      Afterwards afterwards) {
    var id = conversation.conversationId();
    return workers.claim(
        id,
        () -> {
          settle(id);
          var proposal =
              conversations
                  .shown(id)
                  .map(Proposal::read)
                  .orElseThrow(() -> unknownOffer("there are no offers to choose from"));
          var chosen = chosen(proposal, offerIds);
          int number = conversations.begin(conversation, null, null);
          var permission = new Permission(offerIds, seat, proposal.budget(), List.of());
          var turn = turn(id, number, conversation.lang(), permission);
          return begun(turn, () -> start(turn, () -> buy(turn, proposal, chosen), afterwards));
        });
  }

  private static List<ShownOffer> chosen(Proposal proposal, List<String> offerIds) {
    return offerIds.stream()
        .distinct()
        .map(
            id ->
                proposal
                    .offer(id)
                    .orElseThrow(() -> unknownOffer("this offer was not shown last: " + id)))
        .toList();
  }

  /** A turn whose start fails is taken back, so that the conversation is not left busy. */
  private int begun(Turn turn, Runnable start) {
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
    if (purchasing.purchases().ofTurn(id, number).isEmpty()) {
      return false;
    }
    var turn = turn(id, number, conversation.lang(), Permission.NONE);
    turn.startBuying();
    start(turn, () -> ordering.resume(turn), Runnable::run);
    return true;
  }

  private static Refusal unknownOffer(String what) {
    return new Refusal(Problem.INVALID_FIELD, what)
        .at("offer_ids")
        .expected("ids from the last offers event of this conversation");
  }

  /**
   * Stops the turn under way and gives back what is not paid yet.
   *
   * @return whether one was
   */
  public boolean cancel(String conversation, Afterwards afterwards) {
    var current = workers.turnOf(conversation);
    current.ifPresent(turn -> afterwards.run(turn.stop()::now));
    return current.isPresent();
  }

  /** Goes on with what a stop of the process interrupted. */
  public void resume() {
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
    watching.recover();
  }

  @Override
  public void close() {
    watching.close();
    tasking.close();
    workers.close();
    toolThreads.shutdown();
  }

  private Turn turn(String conversation, int number, String lang, Permission permission) {
    return new Turn(conversation, number, new Narrator(events, conversation, lang), permission);
  }

  private void start(Turn turn, Runnable work, Afterwards afterwards) {
    workers.start(turn, started -> run(started, work), afterwards);
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

  private void end(Turn turn) {
    turn.close();
    memory.mend(turn.conversation());
    conversations.end(turn.conversation(), turn.number(), turn.outcome().code());
    workers.finished(turn);
    turn.narrator().tell("turn_done", Map.of("outcome", turn.outcome().code()));
    watching.turnEnded(turn.conversation(), turn.number());
  }

  private void goOn(Turn turn) {
    boolean task = tasking.goOn(turn.conversation());
    if (!watching.goOn(turn.conversation()) && !task) {
      turn.narrator().message("assistant", turn.narrator().say("watch.nothing_paused"));
    }
  }

  private void talk(Turn turn, String text, String prompt) {
    var tools = new Tools(world, conversations, shopping, purchasing, watching, turn);
    var ending = dialogue.talk(text, prompt, memory.of(turn.conversation()), tools, turn);
    switch (ending) {
      case Dialogue.Ending.Said said -> {
        if (turn.outcome() != Outcome.QUESTION && !said.text().isBlank()) {
          turn.narrator().message("assistant", said.text());
        }
        if (said.text().isBlank() && turn.outcome() == Outcome.IDLE && !turn.isBuying()) {
          modelFailed(turn, "failed.model.empty");
        }
      }
      case Dialogue.Ending.Broke broke -> {
        LOG.warn("the model failed: {}", broke.cause().toString());
        modelFailed(turn, "failed.model");
      }
      case Dialogue.Ending.Silent _ -> modelFailed(turn, "failed.model.silent");
    }
    if (turn.isBuying()) {
      // Whatever became of the model: what was ordered is followed to its end.
      ordering.follow(turn);
    }
  }

  private static void modelFailed(Turn turn, String phrase) {
    turn.close();
    if (turn.isBuying()) {
      return;
    }
    turn.narrator().failed(turn.narrator().say(phrase), turn.narrator().say("failed.model.do"));
    turn.outcome(Outcome.FAILED);
  }

  private void buy(Turn turn, Proposal proposal, List<ShownOffer> chosen) {
    var narrator = turn.narrator();
    var titles =
        String.join(", ", chosen.stream().map(o -> narrator.say(o.offer().title())).toList());
    var words = narrator.say("chosen", titles);
    narrator.message("user", words);
    new Tools(world, conversations, shopping, purchasing, watching, turn).start(proposal, chosen);
    ordering.follow(turn);
    memory.add(turn.conversation(), words, narrator.say("chosen.outcome." + turn.outcome().code()));
  }

  private void interrupted(Turn turn) {
    turn.narrator()
        .failed(
            Phrases.say(turn.narrator().lang(), "failed.restart"),
            Phrases.say(turn.narrator().lang(), "failed.restart.do"));
    turn.outcome(Outcome.FAILED);
  }

  /** Turns that nobody spoke for: they buy what a watch found, under its authority. */
  private final class Directed implements Buyer {

    @Override
    public boolean buy(Watch watch, Proposal proposal, IntConsumer begun) {
      var id = watch.conversationId();
      if (isBusy(id)) {
        return false;
      }
      var delegated = java.util.Objects.requireNonNull(watch.delegated());
      workers.claim(
          id,
          () -> {
            settle(id);
            int number = conversations.begin(conversations.get(id), null, null);
            var permission =
                new Permission(proposal.recommended(), null, proposal.budget(), List.of());
            var turn = turn(id, number, watch.lang(), permission);
            return begun(
                turn,
                () -> {
                  begun.accept(number);
                  start(turn, () -> buy(turn, proposal, delegated), Runnable::run);
                });
          });
      return true;
    }

    private void buy(Turn turn, Proposal proposal, Delegated delegated) {
      turn.startBuying();
      purchasing.plan(
          turn.conversation(),
          turn.number(),
          proposal.intentId(),
          chosen(proposal, proposal.recommended()),
          proposal.budget(),
          null,
          delegated);
      ordering.follow(turn);
    }

    @Override
    public boolean isBusy(String conversation) {
      return workers.isTaken(conversation);
    }

    @Override
    public List<Purchase> bought(String conversation, int turn) {
      return purchasing.ofTurn(conversation, turn);
    }

    @Override
    public Optional<PaymentStatus> paymentOf(Purchase purchase) {
      return purchasing.paymentOf(purchase);
    }
  }
}
