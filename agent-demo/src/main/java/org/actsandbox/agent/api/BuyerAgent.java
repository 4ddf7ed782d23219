package org.actsandbox.agent.api;

import java.time.Duration;
import java.util.List;
import org.actsandbox.agent.AgentTimeouts;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.ModelAndInterpreter;
import org.actsandbox.agent.conversation.Conversation;
import org.actsandbox.agent.conversation.ConversationEvents;
import org.actsandbox.agent.conversation.Conversations;
import org.actsandbox.agent.errand.ErrandService;
import org.actsandbox.agent.hosted.HostedBuyer;
import org.actsandbox.agent.language.text.Sentence;
import org.actsandbox.agent.purchase.PurchaseReturns;
import org.actsandbox.agent.purchase.Purchases;
import org.actsandbox.agent.task.TaskService;
import org.actsandbox.agent.turn.Turns;
import org.actsandbox.agent.watch.PurchaseWatchService;
import org.actsandbox.protocol.http.FollowUpTasks;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Is the buyer agent of one world, as it acts for one principal. Opening it resumes what a stop of
 * the process interrupted: a payment that waited for its approval still waits, and nothing is paid
 * twice.
 */
public final class BuyerAgent implements AutoCloseable {

  /**
   * Ours: the longest sentence in characters. Longer sentences are refused, because a request that
   * the agent understands is far shorter.
   */
  public static final int MAX_SENTENCE = 16_000;

  private static final int MAX_CHOICE = 6;

  private final Conversations conversations;
  private final ConversationEvents conversationEvents;
  private final Turns turns;

  private BuyerAgent(
      AgentWorld world,
      ModelAndInterpreter modelAndInterpreter,
      AgentTimeouts timing,
      ConversationEvents conversationEvents) {
    this.conversations = new Conversations(world);
    this.conversationEvents = conversationEvents;
    this.turns = new Turns(world, modelAndInterpreter, timing, conversations, conversationEvents);
  }

  public static BuyerAgent open(
      AgentWorld world, ModelAndInterpreter modelAndInterpreter, AgentTimeouts timing) {
    return open(world, modelAndInterpreter, timing, new ConversationEvents(world));
  }

  /**
   * @param conversationEvents the events that the agents of all principals of the world share
   */
  static BuyerAgent open(
      AgentWorld world,
      ModelAndInterpreter modelAndInterpreter,
      AgentTimeouts timing,
      ConversationEvents conversationEvents) {
    var agent = new BuyerAgent(world, modelAndInterpreter, timing, conversationEvents);
    agent.turns.resume();
    return agent;
  }

  public Conversations conversations() {
    return conversations;
  }

  public ConversationEvents events() {
    return conversationEvents;
  }

  public TaskService taskService() {
    return turns.taskService();
  }

  public PurchaseWatchService watchService() {
    return turns.watchService();
  }

  /** Returns the purchases of an agent outside whose steps this agent signs. */
  public HostedBuyer hostedBuyer() {
    return turns.hostedBuyer();
  }

  /** Returns what works on errands when they are due: watches and tasks. */
  public List<ErrandService<?>> errandServices() {
    return List.of(turns.watchService(), turns.taskService());
  }

  public Purchases purchases() {
    return turns.purchaseProcess().purchases();
  }

  /**
   * Opens a conversation.
   *
   * @param connectedAgent the agent of others that shall answer; null for this one
   * @throws Refusal {@code not_found} when no such agent is connected
   */
  public Conversation open(@Nullable String lang, @Nullable String connectedAgent) {
    if (connectedAgent != null) {
      turns.requireConnected(connectedAgent);
    }
    return conversations.open(lang, connectedAgent);
  }

  /**
   * Takes a sentence of the principal; the same message id again returns the same turn.
   *
   * @param followUpTasks the turn starts after the principal's request is answered
   * @return the number of the turn
   * @throws Refusal {@code not_found}, {@code invalid_field}, {@code illegal_transition} while busy
   */
  public int say(
      Conversation conversation,
      String text,
      @Nullable String lang,
      @Nullable String messageId,
      FollowUpTasks followUpTasks) {
    requireSentence(text);
    if (messageId != null) {
      var known = conversations.findTurnOfMessage(conversation.conversationId(), messageId);
      if (known.isPresent()) {
        return known.get();
      }
    }
    var language = language(conversation, text, lang);
    return turns.say(conversation, text, language, messageId, followUpTasks);
  }

  /** Checks the length of what a principal says. */
  static void requireSentence(String text) {
    if (text.length() > MAX_SENTENCE) {
      throw new Refusal(Problem.INVALID_FIELD, "the message is too long")
          .at("text")
          .expected("at most " + MAX_SENTENCE + " characters")
          .observed(text.length() + " characters");
    }
  }

  private static String language(Conversation conversation, String text, @Nullable String lang) {
    if (lang != null) {
      return lang;
    }
    var sentence = Sentence.of(text);
    return conversation.langForced() || sentence.isWordless()
        ? conversation.lang()
        : sentence.isChinese() ? "zh" : "en";
  }

  /**
   * Buys the chosen offers.
   *
   * @return the number of the turn
   * @throws Refusal {@code invalid_field} for offers that were not shown last
   */
  public int choose(
      Conversation conversation,
      List<String> offerIds,
      @Nullable String seat,
      FollowUpTasks followUpTasks) {
    if (offerIds.isEmpty() || offerIds.size() > MAX_CHOICE) {
      throw new Refusal(Problem.INVALID_FIELD, "nothing, or too much, was chosen")
          .at("offer_ids")
          .expected("1 to " + MAX_CHOICE + " ids");
    }
    if (seat != null && !seat.matches("[0-9]{1,2}-[0-9]{1,2}[A-F]")) {
      throw new Refusal(Problem.INVALID_FIELD, "not a seat").at("seat").expected("such as 05-11F");
    }
    return turns.choose(conversation, offerIds, seat, followUpTasks);
  }

  /** Returns whether the conversation is at rest, now or within {@code timeout} of real time. */
  public boolean awaitEnd(Conversation conversation, Duration timeout) {
    return turns.awaitEnd(conversation.conversationId(), timeout);
  }

  /** Returns what cancels orders that were bought. */
  public PurchaseReturns purchaseReturns() {
    return turns.purchaseProcess().returns();
  }

  /** Stops the turn under way; returns whether there was one. */
  public boolean cancel(Conversation conversation, FollowUpTasks followUpTasks) {
    return turns.cancel(conversation.conversationId(), followUpTasks);
  }

  /** Stops waiting; running turns are stored and continue when the agent is opened again. */
  @Override
  public void close() {
    turns.close();
    conversationEvents.close();
  }
}
