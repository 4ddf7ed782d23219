package org.actsandbox.agent.task;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.actsandbox.agent.payment.PaymentClient.PaymentKind;
import org.actsandbox.agent.payment.PaymentClient.SignedPaymentRequest;
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

    /** The whole lifecycle: a move that is not listed here is a bug. */
    Set<State> successors() {
      return switch (this) {
        case OPEN -> EnumSet.of(OPEN, ASKED, FAILED, SKIPPED);
        case ASKED -> EnumSet.of(OPEN, BILLED, FAILED, SKIPPED);
        case BILLED -> EnumSet.of(OPEN, WAITING, PAID, FAILED, SKIPPED);
        case WAITING -> EnumSet.of(WAITING, PAID, SKIPPED);
        case PAID -> EnumSet.of(DELIVERED, CLAIMED);
        case CLAIMED -> EnumSet.of(OPEN, FAILED);
        case DELIVERED, FAILED, SKIPPED -> EnumSet.noneOf(State.class);
      };
    }

    boolean isOver() {
      return successors().isEmpty();
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

  /** Returns the signed payment request with the intent that it belongs to. */
  SignedPaymentRequest paymentRequest(String intentId) {
    return new SignedPaymentRequest(
        PaymentKind.AUTONOMOUS, intentId, Objects.requireNonNull(papers.payment()));
  }

  TaskStep asked(String request) {
    return move(State.ASKED, new Papers(request, null, null, null), null, null, null);
  }

  TaskStep billed(JsonNode bill, JsonNode payment) {
    return move(State.BILLED, new Papers(papers.request(), bill, payment, null), null, null, null);
  }

  TaskStep paid(JsonNode payment, State next) {
    return move(
        next,
        new Papers(papers.request(), papers.bill(), papers.payment(), payment),
        null,
        null,
        null);
  }

  TaskStep delivered(JsonNode delivered) {
    return move(State.DELIVERED, papers, delivered, null, null);
  }

  TaskStep reset() {
    return move(State.OPEN, Papers.NONE, null, null, null);
  }

  TaskStep claimed(String reasonCode, Text words) {
    return move(State.CLAIMED, papers, null, reasonCode, words);
  }

  TaskStep skipped(String reasonCode, Text words) {
    return move(State.SKIPPED, papers, null, reasonCode, words);
  }

  /** Moves to the next seller; a step without one failed. */
  TaskStep withNextSeller(String reasonCode, Text words) {
    return at + 1 >= sellers.size()
        ? move(State.FAILED, papers, null, reasonCode, words)
        : withSeller(at + 1).move(State.OPEN, Papers.NONE, null, reasonCode, words);
  }

  private TaskStep withSeller(int index) {
    return new TaskStep(
        key, kind, subject, sellers, index, state, tries, papers, result, code, why);
  }

  TaskStep withTry() {
    return new TaskStep(
        key, kind, subject, sellers, at, state, tries + 1, papers, result, code, why);
  }

  private TaskStep move(
      State next,
      Papers now,
      @Nullable JsonNode delivered,
      @Nullable String reasonCode,
      @Nullable Text words) {
    if (!state.successors().contains(next)) {
      throw new IllegalStateException(
          "step %s is %s, not to become %s".formatted(key, state, next));
    }
    return new TaskStep(
        key, kind, subject, sellers, at, next, 0, now, delivered, reasonCode, words);
  }
}
