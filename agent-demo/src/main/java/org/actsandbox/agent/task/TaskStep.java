package org.actsandbox.agent.task;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import org.actsandbox.protocol.commerce.Text;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One paid service of a task.
 *
 * @param subject the symbol of the quotes, the language of the summary, or empty for the report
 * @param sellers the sellers that are able to do it, the best first; {@code at} is the index of the
 *     one that is asked
 * @param tries the failed attempts in the present state
 */
record TaskStep(
    String key,
    Kind kind,
    String subject,
    List<SellerService> sellers,
    int at,
    State state,
    int tries,
    Papers papers,
    @Nullable JsonNode result,
    @Nullable String code,
    @Nullable Text why) {

  enum Kind {
    QUOTES,
    TRANSLATE,
    REPORT;

    @JsonValue
    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The states of a step. Each is stored before anything is sent in it, so a crash repeats a
   * question, never a purchase.
   */
  enum State {
    OPEN,
    /** The request is signed; its seller is asked what it costs. */
    ASKED,
    /** The bill is checked and the payment is signed. */
    BILLED,
    /** The principal is asked, because a preference of the account requires it. */
    WAITING,
    PAID,
    DELIVERED,
    /**
     * The paid service was not delivered: the agent claims the money, then it asks the next seller.
     */
    CLAIMED,
    FAILED,
    SKIPPED;

    boolean isOver() {
      return this == DELIVERED || this == FAILED || this == SKIPPED;
    }

    @JsonValue
    String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The signed messages of a step.
   *
   * @param request the service request, byte for byte
   * @param payment the signed payment request
   * @param paid the payment service's answer to it
   */
  record Papers(
      @Nullable String request,
      @Nullable JsonNode bill,
      @Nullable JsonNode payment,
      @Nullable JsonNode paid) {

    static final Papers NONE = new Papers(null, null, null, null);
  }

  TaskStep {
    sellers = List.copyOf(sellers);
  }

  static TaskStep of(String key, Kind kind, String subject, List<SellerService> sellerServices) {
    return new TaskStep(
        key, kind, subject, sellerServices, 0, State.OPEN, 0, Papers.NONE, null, null, null);
  }

  @JsonIgnore
  boolean hasSeller() {
    return at < sellers.size();
  }

  @JsonIgnore
  SellerService seller() {
    return sellers.get(Math.min(at, sellers.size() - 1));
  }

  /** Returns whether the money is spent, and the service or a refund is still to come. */
  @JsonIgnore
  boolean isPaidFor() {
    return state == State.PAID || state == State.CLAIMED;
  }

  TaskStep asked(String request) {
    return with(State.ASKED, new Papers(request, null, null, null));
  }

  TaskStep billed(JsonNode bill, JsonNode payment) {
    return with(State.BILLED, new Papers(papers.request(), bill, payment, null));
  }

  TaskStep paid(JsonNode payment, State next) {
    return with(next, new Papers(papers.request(), papers.bill(), papers.payment(), payment));
  }

  TaskStep delivered(JsonNode delivered) {
    return new TaskStep(
        key, kind, subject, sellers, at, State.DELIVERED, 0, papers, delivered, null, null);
  }

  TaskStep reset() {
    return with(State.OPEN, Papers.NONE);
  }

  TaskStep withTry() {
    return new TaskStep(
        key, kind, subject, sellers, at, state, tries + 1, papers, result, code, why);
  }

  TaskStep claimed(String reasonCode, Text words) {
    return new TaskStep(
        key, kind, subject, sellers, at, State.CLAIMED, 0, papers, result, reasonCode, words);
  }

  /** Moves to the next seller; a step without one failed. */
  TaskStep withNextSeller(String reasonCode, Text words) {
    boolean last = at + 1 >= sellers.size();
    return new TaskStep(
        key,
        kind,
        subject,
        sellers,
        last ? at : at + 1,
        last ? State.FAILED : State.OPEN,
        0,
        last ? papers : Papers.NONE,
        null,
        reasonCode,
        words);
  }

  TaskStep skipped(String reasonCode, Text words) {
    return new TaskStep(
        key, kind, subject, sellers, at, State.SKIPPED, 0, papers, null, reasonCode, words);
  }

  private TaskStep with(State next, Papers with) {
    return new TaskStep(key, kind, subject, sellers, at, next, 0, with, result, null, null);
  }
}
