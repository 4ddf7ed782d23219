package org.actsandbox.agent.turn;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.actsandbox.agent.AgentTiming;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Mind;
import org.actsandbox.agent.conversation.Conversation;
import org.actsandbox.agent.conversation.Conversations;
import org.actsandbox.agent.conversation.Events;
import org.actsandbox.agent.conversation.Memory;
import org.actsandbox.agent.conversation.Narrator;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.Understanding;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.purchase.Buying;
import org.actsandbox.agent.purchase.Purchasing;
import org.actsandbox.agent.purchase.Stop;
import org.actsandbox.agent.purchase.Stopped;
import org.actsandbox.agent.search.AgentCards;
import org.actsandbox.agent.search.Platforms;
import org.actsandbox.agent.search.Proposal;
import org.actsandbox.agent.search.ShownOffer;
import org.actsandbox.agent.text.Phrases;
import org.actsandbox.agent.turn.Turn.Outcome;
import org.actsandbox.agent.turn.Turn.Permission;
import org.actsandbox.agent.wire.Calls;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The turns of one world: each on a virtual thread of its own, one at a time per conversation. */
public final class Turns implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

  /** Ours: how long a world that is unloaded waits for a step to end; it is stored anyway. */
  private static final Duration CLOSING = Duration.ofSeconds(3);

  private final AgentWorld world;
  private final Mind mind;
  private final Conversations conversations;
  private final Events events;
  private final Memory memory;
  private final Situations situations;
  private final Shopping shopping;
  private final Purchasing purchasing;
  private final Dialogue dialogue;
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  private final ExecutorService toolThreads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile boolean closed;

  public Turns(
      AgentWorld world, Mind mind, AgentTiming timing, Conversations conversations, Events events) {
    this.world = world;
    this.mind = mind;
    this.conversations = conversations;
    this.events = events;
    this.memory = new Memory(conversations);
    this.situations = new Situations(world, conversations);
    var calls = new Calls(world);
    var cards = new AgentCards(world, calls);
    this.shopping = new Shopping(world, conversations, new Platforms(world, timing, calls, cards));
    this.purchasing = new Purchasing(world, timing, calls, cards);
    this.dialogue = new Dialogue(mind.model(), toolThreads, timing.model());
  }

  private record Running(Turn turn, Thread thread) {}

  public Purchasing purchasing() {
    return purchasing;
  }

  /** The principal says something; what comes of it is told in events. */
  public int say(Conversation conversation, String text, String lang, @Nullable String messageId) {
    var situation =
        situations.of(conversation, conversation.langForced() ? conversation.lang() : null);
    var understanding = mind.interpreter().understand(text, situation);
    int number = conversations.begin(conversation, lang, messageId);
    var permission =
        permission(understanding, situations.understood(conversation.conversationId()));
    var turn = turn(conversation.conversationId(), number, lang, permission);
    turn.narrator().message("user", text);
    remember(conversation.conversationId(), understanding);
    if (understanding instanceof Understanding.Cancel) {
      conversations.intent(conversation.conversationId(), null);
      conversations.forgetShown(conversation.conversationId());
    }
    var prompt = Prompt.of(situation, lang);
    start(turn, () -> talk(turn, text, prompt));
    return number;
  }

  /** The principal clicked: what was chosen is bought, whatever a model would say to it. */
  public int choose(Conversation conversation, List<String> offerIds, @Nullable String seat) {
    var proposal =
        conversations
            .shown(conversation.conversationId())
            .map(Proposal::read)
            .orElseThrow(() -> unknownOffer("there are no offers to choose from"));
    var chosen =
        offerIds.stream()
            .distinct()
            .map(
                id ->
                    proposal
                        .offer(id)
                        .orElseThrow(() -> unknownOffer("this offer was not shown last: " + id)))
            .toList();
    int number = conversations.begin(conversation, null, null);
    var budget = proposal.budget();
    var permission = new Permission(offerIds, seat, budget, List.of());
    var turn = turn(conversation.conversationId(), number, conversation.lang(), permission);
    start(turn, () -> buy(turn, proposal, chosen));
    return number;
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
  public boolean cancel(String conversation) {
    var current = running.get(conversation);
    if (current == null) {
      return false;
    }
    current.turn().stop().now();
    return true;
  }

  /** Goes on with what a stop of the process interrupted. */
  public void resume() {
    for (var conversation : conversations.interrupted()) {
      var id = conversation.conversationId();
      int number = conversation.turns();
      var turn = turn(id, number, conversation.lang(), Permission.NONE);
      if (purchasing.purchases().ofTurn(id, number).isEmpty()) {
        start(turn, () -> interrupted(turn));
      } else {
        turn.startBuying();
        start(turn, () -> follow(turn));
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    running.values().forEach(current -> current.turn().stop().now());
    for (var current : running.values()) {
      try {
        current.thread().join(CLOSING);
      } catch (InterruptedException hurried) {
        Thread.currentThread().interrupt();
      }
    }
    toolThreads.shutdown();
  }

  private Turn turn(String conversation, int number, String lang, Permission permission) {
    return new Turn(conversation, number, new Narrator(events, conversation, lang), permission);
  }

  /** A choice, a budget and wishes count only as the interpreter read them from the principal. */
  private static Permission permission(Understanding understanding, Understood before) {
    return switch (understanding) {
      case Understanding.Choice choice ->
          new Permission(choice.offerIds(), null, before.budget(), before.wishes());
      case Understanding.Wishes said ->
          new Permission(List.of(), null, said.budget(), said.wishes());
      case Understanding.Question open ->
          new Permission(List.of(), null, open.budget(), open.soFar());
      case Understanding.Cancel _, Understanding.StatusQuestion _, Understanding.OutOfScope _ ->
          Permission.NONE;
    };
  }

  private void remember(String conversation, Understanding understanding) {
    switch (understanding) {
      case Understanding.Wishes said -> remember(conversation, said.wishes(), said.budget());
      case Understanding.Question open ->
          conversations.understood(
              conversation, new Understood(open.soFar(), open.budget(), open.missing()).toJson());
      case Understanding.Cancel _ -> remember(conversation, List.of(), null);
      case Understanding.Choice _, Understanding.StatusQuestion _, Understanding.OutOfScope _ -> {
        // these change nothing that was understood
      }
    }
  }

  private void remember(String conversation, List<Wish> wishes, @Nullable Budget budget) {
    conversations.understood(conversation, new Understood(wishes, budget, List.of()).toJson());
  }

  private void start(Turn turn, Runnable work) {
    var thread =
        Thread.ofVirtual()
            .name("agent-turn-" + turn.conversation())
            .unstarted(() -> run(turn, work));
    running.put(turn.conversation(), new Running(turn, thread));
    thread.start();
  }

  private void run(Turn turn, Runnable work) {
    try {
      ScopedValue.where(Stop.CURRENT, turn.stop()).run(work);
    } catch (Stopped stopped) {
      if (closed) {
        // Nothing is lost: the turn stays marked as running and goes on when the world is loaded.
        running.remove(turn.conversation());
        return;
      }
      cancelled(turn);
    } catch (RuntimeException bug) {
      if (closed) {
        running.remove(turn.conversation());
        return;
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
      conclude(turn, purchasing.cancel(turn.conversation(), turn.number(), turn.narrator()));
      return;
    }
    turn.narrator().message("assistant", turn.narrator().say("cancelled"));
    turn.outcome(Outcome.IDLE);
  }

  private void end(Turn turn) {
    turn.close();
    memory.mend(turn.conversation());
    conversations.end(turn.conversation(), turn.number(), turn.outcome().code());
    running.remove(turn.conversation());
    turn.narrator().tell("turn_done", Map.of("outcome", turn.outcome().code()));
  }

  private void talk(Turn turn, String text, String prompt) {
    var tools = new Tools(world, conversations, shopping, purchasing, turn);
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
      follow(turn);
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
    new Tools(world, conversations, shopping, purchasing, turn).start(proposal, chosen);
    follow(turn);
    memory.add(turn.conversation(), words, narrator.say("chosen.outcome." + turn.outcome().code()));
  }

  private void follow(Turn turn) {
    conclude(turn, purchasing.follow(turn.conversation(), turn.number(), turn.narrator()));
  }

  private void conclude(Turn turn, Buying buying) {
    var narrator = turn.narrator();
    switch (buying) {
      case Buying.Bought bought -> {
        turn.outcome(Outcome.BOUGHT);
        conversations.intent(turn.conversation(), null);
        conversations.forgetShown(turn.conversation());
        var titles = bought.purchases().stream().map(p -> narrator.say(p.title())).toList();
        narrator.message("assistant", narrator.say("bought", String.join(", ", titles)));
      }
      case Buying.Declined declined -> {
        turn.outcome(Outcome.DECLINED);
        narrator.tell(
            "declined",
            Map.of(
                "trade_no", declined.purchase().tradeNo(),
                "reason", narrator.say(declined.reason())));
        narrator.message("assistant", narrator.say("declined", declined.reason()));
      }
      case Buying.Failed failed -> {
        turn.outcome(Outcome.FAILED);
        narrator.failed(narrator.say(failed.reason()), narrator.say(failed.remedy()));
      }
      case Buying.Unavailable gone -> again(turn, gone);
    }
  }

  /** Price or stock were gone: says so, searches once more, and offers; never buys by itself. */
  private void again(Turn turn, Buying.Unavailable gone) {
    var narrator = turn.narrator();
    narrator.message("assistant", narrator.say("again", gone.reason()));
    var before = conversations.shown(turn.conversation()).map(Proposal::read);
    if (before.isEmpty()) {
      turn.outcome(Outcome.FAILED);
      narrator.failed(narrator.say(gone.reason()), narrator.say("remedy.other"));
      return;
    }
    var wishes = before.get().searches().stream().map(search -> search.wish()).toList();
    var proposal = shopping.search(turn, wishes, before.get().budget());
    if (turn.outcome() == Outcome.OFFERED) {
      var best =
          proposal.recommended().stream()
              .map(proposal::offer)
              .flatMap(Optional::stream)
              .map(o -> narrator.say(o.offer().title()) + " (¥" + o.offer().total() + ")")
              .toList();
      narrator.message("assistant", narrator.say("again.offer", String.join(", ", best)));
    }
  }

  private void interrupted(Turn turn) {
    turn.narrator()
        .failed(
            Phrases.say(turn.narrator().lang(), "failed.restart"),
            Phrases.say(turn.narrator().lang(), "failed.restart.do"));
    turn.outcome(Outcome.FAILED);
  }
}
