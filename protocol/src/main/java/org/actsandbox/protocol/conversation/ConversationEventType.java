package org.actsandbox.protocol.conversation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Lists what the buyer agent tells of a conversation, each with the fields of its data. Readers
 * switch over it without a default, so a new event does not compile until each has decided about
 * it. The table in docs/agents.md is made from the comments here.
 */
@SuppressWarnings("ImmutableEnumChecker") // the lists are never changed
public enum ConversationEventType {
  /**
   * The principal or the agent says something; {@code role} is {@code user} or {@code assistant}.
   */
  MESSAGE("role", "text"),
  /** A model has written the next piece of its answer. */
  TOKEN("text"),
  /** A step of the agent's work begins or ends; {@code platform} is a merchant's name. */
  STEP("key", "state", "platform", "text"),
  /** The agent cannot go on without an answer; {@code missing} names what it lacks. */
  QUESTION("question", "missing"),
  /** The turn is over, and the principal is next. */
  TURN_DONE("outcome"),
  /** The agent has understood what to search for; the rest says what it leaves out or assumes. */
  PLAN("intent_id", "plan", "unsupported", "unread", "assumed"),
  /**
   * The agent has found offers and recommends some of them; {@code limit} is what everything
   * together may cost, empty for no limit.
   */
  OFFERS(
      "intent_id",
      "searches",
      "recommended",
      "unconfirmed",
      "total",
      "currency",
      "fits_budget",
      "limit"),
  /** A connected agent of others shows what the principal can choose; nothing of it is compared. */
  CHOICES("choices", "recommended"),
  /** The turn ends without offers that fit. */
  NOTHING_SUITABLE("why", "what_would_do"),
  /** The turn ends because the principal declined a payment or let it expire. */
  DECLINED("trade_no", "reason"),
  /** The turn ends because something went wrong. */
  FAILED("reason", "remedy"),
  /** A merchant has confirmed a cart with its signed order. */
  CART("order"),
  /** A payment waits for the principal's approval at the cashier. */
  PAYMENT_NEEDED(
      "trade_no", "cashier_url", "order_no", "payee", "amount", "currency", "expires_at"),
  /** A payment has reached a status. */
  PAYMENT("trade_no", "status"),
  /** A merchant has delivered. */
  DELIVERY("order_no", "trade_no", "delivery", "payment_validation"),
  /** The agent asks for an authority; {@code watch_id} or {@code task_id} says for what. */
  DELEGATION_REQUEST(
      "intent_id",
      "watch_id",
      "task_id",
      "status",
      "confirm_url",
      "expires_at",
      "unread",
      "summary",
      "open_questions"),
  /** A watch for a price has changed its state. */
  WATCH("watch_id", "intent_id", "delegation_id", "state", "until", "next_at", "code", "text"),
  /** The agent asks for a sub-account with money for its task. */
  SUB_ACCOUNT_REQUEST(
      "task_id", "intent_id", "delegation_id", "state", "code", "agent_id", "amount", "currency"),
  /** A task has changed its state. */
  TASK("task_id", "intent_id", "delegation_id", "state", "code", "text"),
  /**
   * A part of the task's money or time is used up; {@code of} is {@code budget} or {@code time}.
   */
  TASK_WARNING("task_id", "intent_id", "delegation_id", "state", "code", "of", "percent"),
  /** The task is over, and this is its bill. */
  TASK_BILL("task_id", "intent_id", "delegation_id", "state", "code", "bill", "budget", "result");

  private final String code = name().toLowerCase(Locale.ROOT);
  private final List<String> fields;

  ConversationEventType(String... fields) {
    this.fields = List.of(fields);
  }

  /** Returns the name of the server-sent event, such as {@code payment_needed}. */
  @JsonValue
  public String code() {
    return code;
  }

  /** Returns all fields that the data can have; an event leaves out those that say nothing. */
  public List<String> fields() {
    return fields;
  }

  /**
   * Returns the type with a code; empty for one of a later version, which a client has to ignore.
   */
  public static Optional<ConversationEventType> find(String code) {
    return Arrays.stream(values()).filter(each -> each.code.equals(code)).findFirst();
  }
}
