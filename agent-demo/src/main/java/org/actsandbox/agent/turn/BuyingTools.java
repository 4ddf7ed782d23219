package org.actsandbox.agent.turn;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.ConversationNarrator.StepState;
import org.actsandbox.agent.conversation.Conversations;
import org.actsandbox.agent.purchase.Purchase;
import org.actsandbox.agent.purchase.PurchaseProcess;
import org.actsandbox.agent.purchase.PurchaseState;
import org.actsandbox.agent.search.Proposal;
import org.actsandbox.agent.search.RankedOffer;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.agent.wire.UntrustedText;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.rule.ActComponent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Runs the tools that buy, behind a guard: a model can buy only what the principal chose in this
 * very turn from the offers that the last search of this conversation showed.
 */
final class BuyingTools {

  private static final int MAX_OTHER_PURCHASES = 5;

  /** The purchases among which those of one kind are looked for. */
  private static final int MAX_SEARCHED_PURCHASES = 200;

  private final AgentWorld world;
  private final Conversations conversations;
  private final PurchaseProcess purchaseProcess;
  private final Turn turn;

  BuyingTools(
      AgentWorld world, Conversations conversations, PurchaseProcess purchaseProcess, Turn turn) {
    this.world = world;
    this.conversations = conversations;
    this.purchaseProcess = purchaseProcess;
    this.turn = turn;
  }

  JsonNode buy(JsonNode arguments) {
    var ids = new LinkedHashSet<String>();
    arguments.path("offer_ids").forEach(id -> ids.add(id.asString("")));
    var refusal = refusal(ids);
    if (refusal != null) {
      return refusalResult(ids, refusal);
    }
    var chosen = new ArrayList<RankedOffer>();
    var proposal = conversations.shownOffers(turn.conversation()).map(Proposal::read).orElseThrow();
    ids.forEach(id -> chosen.add(proposal.offer(id).orElseThrow()));
    start(proposal, chosen);
    return status();
  }

  /** Applies the guard and returns why the offers must not be bought; null when they may be. */
  private @Nullable Text refusal(Set<String> ids) {
    if (ids.isEmpty() || ids.size() > TurnTools.MAX_WISHES) {
      return AgentPhrases.bilingual("guard.none");
    }
    if (turn.isBuying()) {
      return AgentPhrases.bilingual("guard.again");
    }
    if (turn.permission().offers().isEmpty()) {
      return AgentPhrases.bilingual("guard.unchosen");
    }
    var shown = conversations.shownOffers(turn.conversation()).map(Proposal::read);
    if (shown.isEmpty() || !ids.stream().allMatch(id -> shown.get().offer(id).isPresent())) {
      return AgentPhrases.bilingual("guard.unknown");
    }
    if (!turn.permission().offers().containsAll(ids)) {
      return AgentPhrases.bilingual("guard.other");
    }
    return null;
  }

  private JsonNode refusalResult(Set<String> ids, Text why) {
    var shortened = ids.stream().limit(10).map(id -> UntrustedText.sanitize(id, 60)).toList();
    world
        .journal()
        .note(
            new JournalNote(
                world.agent().value(),
                JournalNote.Kind.REFUSAL,
                ActComponent.CID_CART_CFM,
                JournalEvent.TOOL_CALL_REFUSED,
                Map.of(JournalIds.CONVERSATION_ID, turn.conversation()),
                Map.of("tool", "buy_offers", "offer_ids", shortened, "reason", why.en())));
    turn.narrator().step("guard", StepState.SKIPPED, null, turn.narrator().phrase(why));
    var result = Json.object();
    result.putArray("purchases");
    var problems = result.putArray("problems");
    for (var id : shortened) {
      problems
          .addObject()
          .put("offer_id", id)
          .put("reason", turn.narrator().phrase(why))
          .put("suggestion", turn.narrator().phrase("guard.suggestion"));
    }
    return result;
  }

  /** Holds the chosen offers and asks for the first payment. */
  void start(Proposal proposal, List<RankedOffer> chosen) {
    turn.startBuying();
    purchaseProcess.storePlan(
        turn.conversation(),
        turn.number(),
        proposal.intentId(),
        chosen,
        proposal.limitOf(chosen),
        turn.permission().seat(),
        null);
    purchaseProcess.runToFirstCashier(turn.conversation(), turn.number(), turn.narrator());
  }

  /**
   * Reports the purchases of this conversation, or else the latest ones of the principal's other
   * conversations.
   */
  JsonNode statusOf(JsonNode arguments) {
    var kind = arguments.path("kind").asString("");
    long most = arguments.path("latest").asBoolean(false) ? 1 : Long.MAX_VALUE;
    var orderNo = arguments.path("order_no").asString("");
    var all =
        orderNo.isEmpty()
            ? purchases(kind.isEmpty() ? MAX_OTHER_PURCHASES : MAX_SEARCHED_PURCHASES)
            : purchaseProcess.purchases().latest(MAX_SEARCHED_PURCHASES);
    var topic = arguments.path("topic").asString("");
    var ofKind =
        all.stream()
            .filter(purchase -> kind.isEmpty() || kind(purchase).equals(kind))
            .filter(each -> orderNo.isEmpty() || each.orderNo().equalsIgnoreCase(orderNo))
            .toList();
    var paid = ofKind.stream().filter(BuyingTools::isPaid).toList();
    var asked = topic.equals("order.spent") && !paid.isEmpty() ? paid : ofKind;
    var result = report(asked.stream().limit(Math.min(most, MAX_OTHER_PURCHASES)).toList());
    if (!topic.isEmpty()) {
      result.put("topic", topic);
    }
    if (!orderNo.isEmpty()) {
      result.put("order_no", UntrustedText.sanitize(orderNo, 64));
    }
    if (!kind.isEmpty()) {
      result.put("kind", kind);
      result.put(
          "orders_of_other_kinds",
          all.stream().filter(purchase -> !kind(purchase).equals(kind)).count());
    }
    return result;
  }

  ObjectNode status() {
    return report(purchases(MAX_OTHER_PURCHASES));
  }

  private List<Purchase> purchases(int mostOfOthers) {
    var purchases =
        turn.isBuying()
            ? purchaseProcess.purchases().findByTurn(turn.conversation(), turn.number())
            : purchaseProcess.purchases().latest(turn.conversation(), 10);
    if (purchases.isEmpty()) {
      purchases = purchaseProcess.purchases().latest(mostOfOthers);
    }
    return purchases;
  }

  private static boolean isPaid(Purchase purchase) {
    return purchase.state() == PurchaseState.PAID || purchase.state() == PurchaseState.DELIVERED;
  }

  private static String kind(Purchase purchase) {
    return purchase.shown().offer().kind().code();
  }

  private ObjectNode report(List<Purchase> purchases) {
    var result = Json.object();
    var states = result.putArray("purchases");
    var problems = result.putArray("problems");
    for (var purchase : purchases) {
      states
          .addObject()
          .put("offer_id", purchase.shown().offer().offerId())
          .put("title", purchase.title().in(turn.narrator().lang()))
          .put("order_no", purchase.orderNo())
          .put("trade_no", purchase.tradeNo())
          .put("policy", policy(purchase))
          .put("state", state(purchase))
          .put("amount", purchase.total().decimal())
          .put("currency", purchase.total().currency().getCurrencyCode())
          .put("cashier_url", purchase.cashierUrl());
      if (purchase.state().isBroken()) {
        var reason =
            purchase.reason() == null ? AgentPhrases.bilingual("buy.failed") : purchase.reason();
        problems
            .addObject()
            .put("offer_id", purchase.shown().offer().offerId())
            .put("reason", turn.narrator().phrase(reason))
            .put("suggestion", turn.narrator().phrase("remedy.other"));
      }
    }
    return result;
  }

  private @Nullable String policy(Purchase purchase) {
    var policy = purchase.shown().offer().policy();
    return policy == null ? null : policy.in(turn.narrator().lang());
  }

  private static String state(Purchase purchase) {
    return switch (purchase.state()) {
      case WAITING -> "waiting_for_approval";
      default -> purchase.state().name().toLowerCase(Locale.ROOT);
    };
  }
}
