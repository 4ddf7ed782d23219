package org.actsandbox.agent.turn;

import java.util.List;
import java.util.Locale;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.agent.language.Remark;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.purchase.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * One turn under way. Used by the turn's own thread and, one at a time, by the model's tool calls.
 */
final class Turn {

  /** How a turn ends, as {@code turn_done} says it. */
  enum Outcome {
    BOUGHT,
    OFFERED,
    /** The principal is asked for authority to buy later. */
    DELEGATION_REQUESTED,
    QUESTION,
    NOTHING_SUITABLE,
    DECLINED,
    FAILED,
    IDLE;

    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final String conversation;
  private final int number;
  private final ConversationNarrator conversationNarrator;
  private final Permission permission;
  private volatile Outcome outcome = Outcome.IDLE;
  private volatile boolean buying;
  private volatile boolean over;
  private final StopSignal stop = new StopSignal();
  private int searches;
  private int misreadings;

  Turn(
      String conversation,
      int number,
      ConversationNarrator conversationNarrator,
      Permission permission) {
    this.conversation = conversation;
    this.number = number;
    this.conversationNarrator = conversationNarrator;
    this.permission = permission;
  }

  /**
   * What the principal's own words or click allow in this turn.
   *
   * @param offers those chosen; nothing else can be bought, and nothing at all when it is empty
   * @param seat picked on the seat map
   * @param budget said in this sentence or earlier
   * @param wishes understood from this sentence, if it was one
   * @param directive how they are to be bought later, if the sentence said so
   * @param remarks on words of the sentence that the wishes do not hold
   */
  record Permission(
      List<String> offers,
      @Nullable String seat,
      @Nullable Budget budget,
      List<Wish> wishes,
      @Nullable Directive directive,
      List<Remark> remarks) {

    Permission(
        List<String> offers, @Nullable String seat, @Nullable Budget budget, List<Wish> wishes) {
      this(offers, seat, budget, wishes, null, List.of());
    }

    static final Permission NONE = new Permission(List.of(), null, null, List.of());
  }

  StopSignal stopSignal() {
    return stop;
  }

  String conversation() {
    return conversation;
  }

  int number() {
    return number;
  }

  ConversationNarrator narrator() {
    return conversationNarrator;
  }

  Permission permission() {
    return permission;
  }

  Outcome outcome() {
    return outcome;
  }

  void outcome(Outcome result) {
    outcome = result;
  }

  boolean isBuying() {
    return buying;
  }

  void startBuying() {
    buying = true;
  }

  /** A model that was given up on may still call tools: by then it gets nothing. */
  boolean isOver() {
    return over;
  }

  void close() {
    over = true;
  }

  /** How often a model searched in this turn for something else than what was said. */
  int countMisreading() {
    return ++misreadings;
  }

  int countSearch() {
    return ++searches;
  }
}
