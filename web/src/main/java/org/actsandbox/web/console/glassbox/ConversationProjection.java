package org.actsandbox.web.console.glassbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.actsandbox.protocol.commerce.Delivery;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.commerce.Order;
import org.actsandbox.protocol.commerce.OrderStatus;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.conversation.ConversationEvent;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.web.console.tasks.TaskStatusView;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Builds the state of a conversation from its events, which are applied one by one, in order and
 * each once.
 */
final class ConversationProjection {

  private final String conversation;
  private final List<TurnTranscript> turnTranscripts = new ArrayList<>();
  private final Map<String, PurchaseView> purchaseViews = new LinkedHashMap<>();
  private final Map<String, Set<String>> ids = new LinkedHashMap<>();
  private List<SearchView> searches = List.of();
  private String limit = "";
  private List<ConnectedChoice> choices = List.of();
  private Ending ending = Ending.NONE;

  /** True while the principal can still choose from what was offered last. */
  private boolean offersStand;

  private @Nullable AuthorityView authorityView;
  private @Nullable TaskStatusView taskStatusView;
  private long lastSeq;

  ConversationProjection(String conversation) {
    this.conversation = conversation;
    addId(JournalIds.CONVERSATION_ID, conversation);
  }

  /**
   * Says why a turn ended without offers or a purchase.
   *
   * @param kind nothing_suitable, declined or failed; empty while the turn has not ended so
   * @param remedy what the principal can do; empty for none
   * @param payment status of the payment that was not made; empty if none was asked for
   */
  record Ending(String kind, String why, String remedy, String payment) {
    static final Ending NONE = new Ending("", "", "", "");
  }

  /** Names the panes that an event changes. */
  enum Pane {
    CONVERSATION,
    OFFERS
  }

  Set<Pane> apply(ConversationEvent event) {
    if (event.seq() <= lastSeq) {
      return Set.of();
    }
    lastSeq = event.seq();
    return switch (event.type()) {
      case MESSAGE -> message(event);
      case TOKEN -> conversationChanged(() -> current().token(event.text("text")));
      case STEP -> step(event);
      case QUESTION -> question(event);
      case TURN_DONE -> turnDone(event);
      case PLAN -> plan(event);
      case OFFERS -> offers(event.data());
      case CHOICES -> choices(event.data());
      case CART -> cart(event.data());
      case PAYMENT_NEEDED -> paymentNeeded(event.data());
      case PAYMENT -> payment(event.data());
      case DELIVERY -> delivery(event.data());
      case DELEGATION_REQUEST -> authority(AuthorityView.requested(event.data()));
      case WATCH -> authority(AuthorityView.watched(event.data()));
      case SUB_ACCOUNT_REQUEST, TASK, TASK_WARNING, TASK_BILL -> task(event);
      case NOTHING_SUITABLE, DECLINED, FAILED -> turnFailed(event);
    };
  }

  private Set<Pane> question(ConversationEvent event) {
    var missing =
        event.data().path("missing").valueStream().map(field -> field.asString("")).toList();
    return conversationChanged(() -> current().ask(event.text("question"), missing));
  }

  private Set<Pane> conversationChanged(Runnable change) {
    change.run();
    return Set.of(Pane.CONVERSATION);
  }

  private Set<Pane> message(ConversationEvent event) {
    if (event.text("role").equals("user")) {
      var turnTranscript =
          turnTranscripts.isEmpty() || turnTranscripts.getLast().isUsed()
              ? open()
              : turnTranscripts.getLast();
      turnTranscript.addPrincipalText(event.text("text"));
      if (!choices.isEmpty()) {
        // A connected agent offers anew after each thing that the principal says.
        choices = List.of();
        return Set.of(Pane.CONVERSATION, Pane.OFFERS);
      }
    } else {
      current().say(event.text("text"));
    }
    return Set.of(Pane.CONVERSATION);
  }

  private Set<Pane> step(ConversationEvent event) {
    var step = stepLine(event);
    // Sentences said while a payment waits stand below it, and the step goes on above.
    turnTranscripts.stream()
        .filter(turn -> !turn.isDone() && turn.hasStep(step.key()))
        .findFirst()
        .orElseGet(this::current)
        .step(step);
    return Set.of(Pane.CONVERSATION, Pane.OFFERS);
  }

  private static TurnTranscript.StepLine stepLine(ConversationEvent event) {
    // The agent searches several platforms at the same time under one key, so that each platform
    // gets a line of its own.
    var key = event.text("key") + "/" + event.text("platform");
    return new TurnTranscript.StepLine(key, event.text("state"), event.text("text"));
  }

  private TurnTranscript current() {
    return turnTranscripts.isEmpty() || turnTranscripts.getLast().isDone()
        ? open()
        : turnTranscripts.getLast();
  }

  private TurnTranscript open() {
    var turnTranscript = new TurnTranscript(turnTranscripts.size() + 1);
    turnTranscripts.add(turnTranscript);
    return turnTranscript;
  }

  private Set<Pane> turnDone(ConversationEvent event) {
    turnTranscripts.stream()
        .filter(turn -> !turn.isDone())
        .forEach(turn -> turn.finish(event.text("outcome")));
    return Set.of(Pane.CONVERSATION, Pane.OFFERS);
  }

  private Set<Pane> plan(ConversationEvent event) {
    addId(JournalIds.INTENT_ID, event.text("intent_id"));
    var wishes =
        event.data().path("plan").valueStream().map(ConversationProjection::plannedWish).toList();
    return conversationChanged(
        () ->
            current()
                .plan(
                    new TurnTranscript.Plan(
                        wishes,
                        texts(event.data().path("unsupported")),
                        texts(event.data().path("unread")),
                        texts(event.data().path("assumed")))));
  }

  private static TurnTranscript.PlannedWish plannedWish(JsonNode wish) {
    return new TurnTranscript.PlannedWish(
        wish.path("kind").asString(""),
        wish.path("details")
            .valueStream()
            .map(
                detail ->
                    new TurnTranscript.PlannedDetail(
                        detail.path("text").asString(""),
                        detail.path("change").asString(""),
                        detail.path("drop").asString("")))
            .toList());
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(text -> text.asString("")).toList();
  }

  private Set<Pane> authority(AuthorityView view) {
    authorityView = view;
    addId(JournalIds.INTENT_ID, view.intentId());
    addId(JournalIds.DELEGATION_ID, view.delegationId());
    return Set.of(Pane.OFFERS);
  }

  /**
   * Shows a task. As soon as the authority for the task is decided, the task replaces the request
   * for it.
   */
  private Set<Pane> task(ConversationEvent event) {
    var view = TaskStatusView.of(taskStatusView, event.type(), event.data());
    taskStatusView = view;
    if (authorityView != null && authorityView.intentId().equals(view.intentId())) {
      authorityView = null;
    }
    addId(JournalIds.INTENT_ID, view.intentId());
    addId(JournalIds.DELEGATION_ID, view.delegationId());
    return view.over() ? Set.of(Pane.CONVERSATION, Pane.OFFERS) : Set.of(Pane.OFFERS);
  }

  private Set<Pane> offers(JsonNode data) {
    var found = new ArrayList<SearchView>();
    for (var search : data.path("searches")) {
      var candidates = new ArrayList<SearchView.Candidate>();
      for (var offer : search.path("offers")) {
        candidates.add(
            new SearchView.Candidate(
                offer.path("why").asString(""),
                offer.path("recommended").asBoolean(false),
                Json.read(offer.path("offer"), Offer.class)));
      }
      found.add(
          new SearchView(
              search.path("kind").asString(""),
              search.path("want").asString(""),
              dids(search.path("platforms_asked")),
              leftOut(search.path("left_out")),
              List.copyOf(candidates)));
    }
    searches = List.copyOf(found);
    limit = data.path("limit").asString("");
    ending = Ending.NONE;
    offersStand = true;
    return Set.of(Pane.OFFERS);
  }

  private Set<Pane> choices(JsonNode data) {
    choices =
        data.path("choices")
            .valueStream()
            .map(choice -> ConnectedChoice.of(choice, data.path("recommended")))
            .toList();
    ending = Ending.NONE;
    offersStand = true;
    return Set.of(Pane.OFFERS);
  }

  private static List<String> leftOut(JsonNode platforms) {
    var reasons = new ArrayList<String>();
    platforms.forEach(
        platform ->
            reasons.add(
                platform.isString()
                    ? platform.stringValue()
                    : platform.path("reason").asString(platform.path("platform").asString(""))));
    return List.copyOf(reasons);
  }

  private static List<String> dids(JsonNode merchantIds) {
    return merchantIds.valueStream().map(id -> "did:act:" + id.asString("")).toList();
  }

  private Set<Pane> cart(JsonNode data) {
    var order = Json.read(data.path("order"), Order.class);
    addId(JournalIds.ORDER_NO, order.orderNo());
    addId(JournalIds.INTENT_ID, order.intentId());
    purchaseViews.put(order.orderNo(), PurchaseView.of(order));
    ending = Ending.NONE;
    offersStand = false;
    return Set.of(Pane.OFFERS);
  }

  private Set<Pane> paymentNeeded(JsonNode data) {
    var trade = data.path("trade_no").asString("");
    addId(JournalIds.TRADE_NO, trade);
    var expires = Instant.parse(data.path("expires_at").asString(""));
    purchaseViews.computeIfAbsent(
        data.path("order_no").asString(""), _ -> PurchaseView.of(billed(data, expires)));
    purchaseViews.computeIfPresent(
        data.path("order_no").asString(""),
        (_, purchaseView) ->
            purchaseView.withCashier(trade, data.path("cashier_url").asString(""), expires));
    return Set.of(Pane.OFFERS);
  }

  /** A gate takes no orders, so its page is shown as the bill says. */
  private Order billed(JsonNode data, Instant expires) {
    var orderNo = data.path("order_no").asString("");
    addId(JournalIds.ORDER_NO, orderNo);
    ending = Ending.NONE;
    offersStand = false;
    var payee = data.path("payee").asString("");
    var amount = data.path("amount").asString("");
    var title =
        searches.stream()
            .flatMap(search -> search.offers().stream())
            .map(SearchView.Candidate::offer)
            .filter(offer -> offer.merchantDid().equals(payee))
            .filter(offer -> offer.details() instanceof OfferDetails.Service)
            .map(Offer::title)
            .findFirst()
            .orElseGet(() -> Text.untranslated(orderNo));
    return new Order(
        orderNo,
        payee.replace("did:act:", ""),
        payee,
        "",
        null,
        "",
        MerchantKind.SERVICE,
        List.of(new Order.Line("", "", title, 1, null)),
        List.of(new Offer.PriceLine("base", title, amount)),
        amount,
        data.path("currency").asString(""),
        OrderStatus.HELD,
        expires,
        expires,
        "",
        "",
        null);
  }

  private Set<Pane> payment(JsonNode data) {
    var trade = data.path("trade_no").asString("");
    purchaseViews.replaceAll(
        (_, purchaseView) ->
            trade.equals(purchaseView.tradeNo())
                ? purchaseView.withStatus(data.path("status").asString(""))
                : purchaseView);
    return Set.of(Pane.OFFERS);
  }

  private Set<Pane> delivery(JsonNode data) {
    var delivery = Json.read(data.path("delivery"), Delivery.class);
    purchaseViews.computeIfPresent(
        data.path("order_no").asString(""),
        (_, purchaseView) -> purchaseView.withDelivery(delivery));
    return Set.of(Pane.OFFERS);
  }

  private Set<Pane> turnFailed(ConversationEvent event) {
    var why = event.text(event.type() == ConversationEventType.NOTHING_SUITABLE ? "why" : "reason");
    var remedy = event.data().path("what_would_do").asString(event.text("remedy"));
    ending = new Ending(event.type().code(), why, remedy, paymentStatus(event.text("trade_no")));
    // The agent keeps what it offered until something of it is bought.
    offersStand = event.type() == ConversationEventType.DECLINED;
    return Set.of(Pane.CONVERSATION, Pane.OFFERS);
  }

  private String paymentStatus(String tradeNo) {
    return purchaseViews.values().stream()
        .filter(purchaseView -> tradeNo.equals(purchaseView.tradeNo()))
        .map(PurchaseView::status)
        .findFirst()
        .orElse("");
  }

  /** Records an id by which journal entries belong to this conversation. */
  private void addId(String idName, String value) {
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

  /** Returns how many ids the conversation has named so far. */
  int idCount() {
    return ids.values().stream().mapToInt(Set::size).sum();
  }

  String conversation() {
    return conversation;
  }

  long lastSeq() {
    return lastSeq;
  }

  List<TurnTranscript.View> turns() {
    return turnTranscripts.stream().map(TurnTranscript::view).toList();
  }

  /** Returns the steps of the turn that runs; empty while none runs. */
  List<TurnTranscript.StepLine> work() {
    return isRunning()
        ? turnTranscripts.stream()
            .filter(turn -> !turn.isDone())
            .flatMap(turn -> turn.view().steps().stream())
            .toList()
        : List.of();
  }

  /** Returns the place of the first turn that can still change, from 0. */
  int firstUnfinished() {
    int place = 0;
    while (place < turnTranscripts.size() && turnTranscripts.get(place).isDone()) {
      place++;
    }
    return place;
  }

  /** Returns what everything together may cost; empty for no limit. */
  String limit() {
    return limit;
  }

  List<SearchView> searches() {
    return searches;
  }

  List<ConnectedChoice> choices() {
    return choices;
  }

  /** Tells whether the principal can choose, after whatever was bought or declined before. */
  boolean offersStand() {
    return offersStand && !(searches.isEmpty() && choices.isEmpty());
  }

  List<PurchaseView> purchases() {
    return List.copyOf(purchaseViews.values()).reversed();
  }

  @Nullable AuthorityView authority() {
    return authorityView;
  }

  @Nullable TaskStatusView task() {
    return taskStatusView;
  }

  Ending ending() {
    return ending;
  }

  /** Returns the language in which the agent speaks, by its first words; empty before those. */
  String language() {
    return turns().stream()
        .flatMap(turn -> turn.answers().stream())
        .findFirst()
        .map(said -> said.codePoints().anyMatch(Character::isIdeographic) ? "zh" : "en")
        .orElse("");
  }

  /** Tells whether the agent can only go on when the principal has decided. */
  boolean waitsForPrincipal() {
    return purchaseViews.values().stream().anyMatch(PurchaseView::waiting)
        || (authorityView != null && authorityView.waits())
        || (taskStatusView != null && taskStatusView.state().equals("funding"));
  }

  /** Tells whether the agent has paused its task or its watch until something is mended. */
  boolean isPaused() {
    return (taskStatusView != null && taskStatusView.state().equals("paused"))
        || (authorityView != null && authorityView.paused());
  }

  /**
   * Tells whether the agent is at work; what it began for a task or a watch is over with the task
   * or the watch.
   */
  boolean isRunning() {
    if (turnTranscripts.isEmpty() || turnTranscripts.getLast().isDone()) {
      return false;
    }
    boolean errandRests =
        isPaused()
            || (taskStatusView != null && taskStatusView.over())
            || (authorityView != null && authorityView.over());
    return !errandRests || !turnTranscripts.getLast().isBegunByAgent();
  }
}
