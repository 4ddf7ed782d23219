package org.actsandbox.agent.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.Directive;
import org.actsandbox.agent.language.PlatformChoice;
import org.actsandbox.agent.language.Remark;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.wire.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * Holds the state of one running turn. The turn's own thread uses it, and so do the model's tool
 * calls, one at a time.
 */
final class Turn {

  /** The results of a turn, as the event {@code turn_done} names them. */
  enum Outcome {
    BOUGHT,
    OFFERED,
    /** The agent asked the principal for the authority to buy later. */
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
  private final StopSignal stopSignal = new StopSignal();
  private int searches;
  private int misreadings;
  private final Set<String> messages = ConcurrentHashMap.newKeySet();
  private final List<Remark> searchRemarks = new ArrayList<>();

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
   * Says what the principal's own words or click allow in this turn.
   *
   * @param offers the chosen offers; the turn can buy nothing else, and nothing at all when the
   *     list is empty
   * @param seat the seat that the principal picked on the seat map
   * @param budget the budget of this sentence or of an earlier one
   * @param wishes the wishes of this sentence; empty when there was no sentence
   * @param directive how the wishes are bought later, if the sentence asked for that
   * @param remarks remarks on words of the sentence that the wishes do not hold
   * @param platforms the platforms that the principal wants asked
   */
  record Permission(
      List<String> offers,
      @Nullable String seat,
      @Nullable Budget budget,
      List<Wish> wishes,
      @Nullable Directive directive,
      List<Remark> remarks,
      PlatformChoice platforms) {

    Permission(
        List<String> offers, @Nullable String seat, @Nullable Budget budget, List<Wish> wishes) {
      this(offers, seat, budget, wishes, null, List.of(), PlatformChoice.ALL);
    }

    Permission with(PlatformChoice platformChoice) {
      return new Permission(offers, seat, budget, wishes, directive, remarks, platformChoice);
    }

    static final Permission NONE = new Permission(List.of(), null, null, List.of());
  }

  StopSignal stopSignal() {
    return stopSignal;
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

  /**
   * Returns whether the turn is over. A model that was given up may still call tools; the tools
   * refuse it then.
   */
  boolean isOver() {
    return over;
  }

  /** Returns whether a message that came while the turn buys was not taken before. */
  boolean isFirstTime(@Nullable String messageId) {
    return messageId == null || messages.add(messageId);
  }

  void close() {
    over = true;
  }

  /**
   * Counts a search of the model that differs from the principal's words; returns the number so
   * far.
   */
  int countMisreading() {
    return ++misreadings;
  }

  /** Notes what the search had to assume, in the principal's language. */
  void assume(String words) {
    searchRemarks.add(new Remark(Remark.Type.ASSUMED, words));
  }

  /** Returns the remarks on the sentence and on the search. */
  List<Remark> remarks() {
    return Stream.concat(permission.remarks().stream(), searchRemarks.stream()).toList();
  }

  int countSearch() {
    return ++searches;
  }
}
