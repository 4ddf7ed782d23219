package org.actsandbox.web.console.glassbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.web.console.decoder.Narrator;
import org.actsandbox.web.console.tasks.Errand;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A conversation as far as its events tell: applied one by one, in order, each once. */
final class Glass {

  private final String conversation;
  private final List<Turn> turns = new ArrayList<>();
  private final Map<String, Purchase> purchases = new LinkedHashMap<>();
  private final Map<String, Set<String>> ids = new LinkedHashMap<>();
  private List<Search> searches = List.of();
  private Ending ending = Ending.NONE;
  private @Nullable Authority authority;
  private @Nullable Errand errand;
  private long lastSeq;

  Glass(String conversation) {
    this.conversation = conversation;
    know(JournalIds.CONVERSATION_ID, conversation);
  }

  /**
   * Why a turn ended without offers or a purchase.
   *
   * @param kind nothing_suitable, declined or failed; empty for none
   */
  record Ending(String kind, String why, String remedy) {
    static final Ending NONE = new Ending("", "", "");
  }

  /** Which pane an event changes. */
  enum Pane {
    TALK,
    SHELF
  }

  Set<Pane> apply(AgentEvent event) {
    if (event.seq() <= lastSeq) {
      return Set.of();
    }
    lastSeq = event.seq();
    return switch (event.type()) {
      case "message" -> message(event);
      case "token" -> talk(() -> current().token(event.text("text")));
      case "step" -> talk(() -> current().step(step(event)));
      case "question" -> talk(() -> current().say(event.text("question")));
      case "turn_done" -> turnDone(event);
      case "plan" -> plan(event);
      case "offers" -> offers(event.data());
      case "cart" -> cart(event.data());
      case "payment_needed" -> paymentNeeded(event.data());
      case "payment" -> payment(event.data());
      case "delivery" -> delivery(event.data());
      case "delegation_request" -> authority(Authority.asked(event.data()));
      case "watch" -> authority(Authority.watched(event.data()));
      case "sub_account_request", "task", "task_warning", "task_bill" -> errand(event);
      case "nothing_suitable", "declined", "failed" -> ended(event);
      default -> Set.of();
    };
  }

  private Set<Pane> talk(Runnable change) {
    change.run();
    return Set.of(Pane.TALK);
  }

  private Set<Pane> message(AgentEvent event) {
    if (event.text("role").equals("user")) {
      var turn = turns.isEmpty() || turns.getLast().isUsed() ? open() : turns.getLast();
      turn.mine(event.text("text"));
    } else {
      current().say(event.text("text"));
    }
    return Set.of(Pane.TALK);
  }

  private static Turn.StepLine step(AgentEvent event) {
    // Platforms are searched at once under one key: each keeps a line of its own.
    var key = event.text("key") + "/" + event.text("platform");
    return new Turn.StepLine(key, event.text("state"), event.text("text"));
  }

  private Turn current() {
    return turns.isEmpty() || turns.getLast().isDone() ? open() : turns.getLast();
  }

  private Turn open() {
    var turn = new Turn(turns.size() + 1);
    turns.add(turn);
    return turn;
  }

  private Set<Pane> turnDone(AgentEvent event) {
    if (!turns.isEmpty()) {
      turns.getLast().done(event.text("outcome"));
    }
    return Set.of(Pane.TALK, Pane.SHELF);
  }

  private Set<Pane> plan(AgentEvent event) {
    know(JournalIds.INTENT_ID, event.text("intent_id"));
    return Set.of();
  }

  private Set<Pane> authority(Authority told) {
    authority = told;
    know(JournalIds.INTENT_ID, told.intentId());
    know(JournalIds.DELEGATION_ID, told.delegationId());
    return Set.of(Pane.SHELF);
  }

  /** From the moment its authority is decided about, the task stands in its place. */
  private Set<Pane> errand(AgentEvent event) {
    var told = Errand.of(errand, event.type(), event.data());
    errand = told;
    if (authority != null && authority.intentId().equals(told.intentId())) {
      authority = null;
    }
    know(JournalIds.INTENT_ID, told.intentId());
    know(JournalIds.DELEGATION_ID, told.delegationId());
    return Set.of(Pane.SHELF);
  }

  private Set<Pane> offers(JsonNode data) {
    var found = new ArrayList<Search>();
    for (var search : data.path("searches")) {
      var candidates = new ArrayList<Search.Candidate>();
      for (var offer : search.path("offers")) {
        candidates.add(
            new Search.Candidate(
                offer.path("why").asString(""),
                offer.path("recommended").asBoolean(false),
                Json.read(offer.path("offer"), Offer.class)));
      }
      found.add(
          new Search(
              search.path("kind").asString(""),
              names(search.path("platforms_asked")),
              leftOut(search.path("left_out")),
              List.copyOf(candidates)));
    }
    searches = List.copyOf(found);
    ending = Ending.NONE;
    return Set.of(Pane.SHELF);
  }

  private static List<String> leftOut(JsonNode platforms) {
    var left = new ArrayList<String>();
    platforms.forEach(
        one ->
            left.add(
                one.isString()
                    ? one.stringValue()
                    : one.path("reason").asString(one.path("platform").asString(""))));
    return List.copyOf(left);
  }

  private static List<Text> names(JsonNode merchantIds) {
    var all = new ArrayList<Text>();
    merchantIds.forEach(one -> all.add(Narrator.nameOf("did:act:" + one.asString(""))));
    return List.copyOf(all);
  }

  private Set<Pane> cart(JsonNode data) {
    var order = Json.read(data.path("order"), Order.class);
    know(JournalIds.ORDER_NO, order.orderNo());
    know(JournalIds.INTENT_ID, order.intentId());
    purchases.put(order.orderNo(), Purchase.of(order));
    ending = Ending.NONE;
    return Set.of(Pane.SHELF);
  }

  private Set<Pane> paymentNeeded(JsonNode data) {
    var trade = data.path("trade_no").asString("");
    know(JournalIds.TRADE_NO, trade);
    var expires = Instant.parse(data.path("expires_at").asString(""));
    purchases.computeIfPresent(
        data.path("order_no").asString(""),
        (_, purchase) -> purchase.needing(trade, data.path("cashier_url").asString(""), expires));
    return Set.of(Pane.SHELF);
  }

  private Set<Pane> payment(JsonNode data) {
    var trade = data.path("trade_no").asString("");
    purchases.replaceAll(
        (_, purchase) ->
            trade.equals(purchase.tradeNo())
                ? purchase.standing(data.path("status").asString(""))
                : purchase);
    return Set.of(Pane.SHELF);
  }

  private Set<Pane> delivery(JsonNode data) {
    var what = Json.read(data.path("delivery"), Delivery.class);
    purchases.computeIfPresent(
        data.path("order_no").asString(""), (_, purchase) -> purchase.delivered(what));
    return Set.of(Pane.SHELF);
  }

  private Set<Pane> ended(AgentEvent event) {
    var why = event.text(event.type().equals("nothing_suitable") ? "why" : "reason");
    var remedy = event.data().path("what_would_do").asString(event.text("remedy"));
    ending = new Ending(event.type(), why, remedy);
    return Set.of(Pane.TALK, Pane.SHELF);
  }

  /** Ids that tie journal entries to this conversation. */
  private void know(String idName, String value) {
    if (!value.isEmpty()) {
      ids.computeIfAbsent(idName, _ -> new LinkedHashSet<>()).add(value);
    }
  }

  boolean concerns(Map<String, String> entryIds) {
    return entryIds.entrySet().stream()
        .anyMatch(id -> ids.getOrDefault(id.getKey(), Set.of()).contains(id.getValue()));
  }

  Map<String, Set<String>> ids() {
    return ids;
  }

  String conversation() {
    return conversation;
  }

  long lastSeq() {
    return lastSeq;
  }

  List<Turn.View> turns() {
    return turns.stream().map(Turn::view).toList();
  }

  List<Search> searches() {
    return searches;
  }

  List<Purchase> purchases() {
    return List.copyOf(purchases.values()).reversed();
  }

  @Nullable Authority authority() {
    return authority;
  }

  @Nullable Errand errand() {
    return errand;
  }

  Ending ending() {
    return ending;
  }

  boolean isRunning() {
    return !turns.isEmpty() && !turns.getLast().isDone();
  }
}
