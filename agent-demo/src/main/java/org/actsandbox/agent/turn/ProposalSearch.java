package org.actsandbox.agent.turn;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.conversation.ConversationNarrator.StepState;
import org.actsandbox.agent.conversation.Conversations;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.purchase.PurchaseProcess;
import org.actsandbox.agent.purchase.UnkeptPrices;
import org.actsandbox.agent.search.PlatformSearch;
import org.actsandbox.agent.search.Proposal;
import org.actsandbox.agent.search.RankedOffer;
import org.actsandbox.agent.search.SearchResult;
import org.actsandbox.protocol.commerce.MerchantKind;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.conversation.ConversationEventType;
import org.actsandbox.protocol.journal.JournalEvent;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.rule.ActComponent;
import org.jspecify.annotations.Nullable;

/**
 * Turns wishes into a proposal: it plans, searches in parallel and compares, and tells each step as
 * it happens.
 */
final class ProposalSearch {

  /** Ours: two platforms rarely give more different reasons than this for one wish. */
  static final int MAX_REASONS = 3;

  private final AgentWorld world;
  private final Conversations conversations;
  private final PlatformSearch platformSearch;
  private final PurchaseProcess purchaseProcess;
  private final UnkeptPrices unkeptPrices;

  private final AttestedDecisions attestedDecisions;
  private final ProposalJson json;

  ProposalSearch(
      AgentWorld world,
      Conversations conversations,
      PlatformSearch platformSearch,
      PurchaseProcess purchaseProcess) {
    this.world = world;
    this.conversations = conversations;
    this.platformSearch = platformSearch;
    this.purchaseProcess = purchaseProcess;
    this.unkeptPrices = new UnkeptPrices(world, purchaseProcess.purchases());
    this.attestedDecisions = new AttestedDecisions(world);
    this.json = new ProposalJson(world);
  }

  ProposalJson json() {
    return json;
  }

  Proposal search(Turn turn, List<Wish> wishes, @Nullable Budget budget) {
    var intentId = intentId(turn);
    publishPlan(turn, intentId, wishes, budget);
    var received = new AtomicInteger();
    var found =
        unkeptPrices.placeLast(
            platformSearch.search(
                intentId,
                turn.narrator().lang(),
                wishes,
                budget,
                turn.permission().platforms(),
                progress(turn, received),
                purchaseProcess.pageOffers()),
            reason -> turn.assume(turn.narrator().phrase(reason)));
    noteFallbacks(turn, wishes, found);
    turn.narrator()
        .step(
            "compare", StepState.DONE, null, comparison(turn, found.all().size(), received.get()));
    boolean compares = suitable(found) && ComparedTotals.areAlternatives(wishes);
    var lang = turn.narrator().lang();
    var totals =
        compares
            ? ComparedTotals.ofDestinations(lang, wishes, found)
            : ComparedTotals.ofPlatforms(world, turn.permission().platforms(), lang, found);
    if (!totals.isEmpty()) {
      turn.assume(turn.narrator().phrase("assumed.compared", totals));
    } else if (found.searches().size() > wishes.size()) {
      turn.assume(turn.narrator().phrase("assumed.change"));
    }
    var proposal = suitable(found) && !compares ? found : found.withoutRecommendation();
    noteClassDifference(turn, found);
    noteAlreadyCheapest(turn, wishes, found);
    conversations.saveShownOffers(turn.conversation(), proposal.toJson());
    journalDecision(turn, proposal);
    attestedDecisions.reportComparison(proposal);
    show(turn, found, proposal);
    return proposal;
  }

  /** Says which wish was not to be had, so that its fallback is shown. */
  private static void noteFallbacks(Turn turn, List<Wish> wishes, Proposal found) {
    var searched = found.searches().stream().map(SearchResult::wish).toList();
    for (var wish : wishes) {
      if (wish.otherwise() != null && searched.contains(wish.otherwise())) {
        turn.assume(WishDescription.missing(wish, turn.narrator().lang()));
      }
    }
  }

  /** Says how much more another class of the same train costs than the one shown before. */
  private void noteClassDifference(Turn turn, Proposal found) {
    var before =
        conversations
            .shownOffers(turn.conversation())
            .flatMap(stored -> bestOf(Proposal.read(stored)))
            .orElse(null);
    var now = bestOf(found).orElse(null);
    if (before == null
        || now == null
        || found.searches().size() != 1
        || !(before.offer().details() instanceof OfferDetails.Train one)
        || !(now.offer().details() instanceof OfferDetails.Train other)
        || one.seatClass().equals(other.seatClass())
        || !one.trainNo().equals(other.trainNo())
        || !one.departs().equals(other.departs())
        || before.offer().quantity() != now.offer().quantity()) {
      return;
    }
    boolean more = now.total().moreThan(before.total());
    var difference =
        new BigDecimal(now.total().decimal())
            .subtract(new BigDecimal(before.total().decimal()))
            .abs();
    turn.assume(
        turn.narrator()
            .phrase(
                more ? "difference.more" : "difference.less",
                difference.toPlainString(),
                turn.narrator().phrase("want.class." + one.seatClass())));
  }

  /** Says that a search for the cheapest found the very offer that was shown before. */
  private void noteAlreadyCheapest(Turn turn, List<Wish> wishes, Proposal found) {
    var before =
        conversations
            .shownOffers(turn.conversation())
            .flatMap(stored -> bestOf(Proposal.read(stored)));
    var now = bestOf(found);
    boolean isSame =
        before.isPresent()
            && now.isPresent()
            && wishes.size() == 1
            && "cheapest".equals(wishes.getFirst().sort())
            && before.get().offer().title().equals(now.get().offer().title())
            && before.get().offer().merchantId().equals(now.get().offer().merchantId())
            && before.get().total().equals(now.get().total());
    if (isSame) {
      turn.assume(turn.narrator().phrase("difference.none"));
    }
  }

  private static Optional<RankedOffer> bestOf(Proposal leg) {
    return leg.all().stream().filter(RankedOffer::recommended).findFirst();
  }

  /**
   * Returns the intent of the conversation: refinements and the final purchase belong to the same
   * intent.
   */
  private String intentId(Turn turn) {
    var known = conversations.get(turn.conversation()).intentId();
    if (known != null) {
      return known;
    }
    var intentId = world.ids().next("I");
    conversations.saveIntentId(turn.conversation(), intentId);
    return intentId;
  }

  private static void publishPlan(
      Turn turn, String intentId, List<Wish> wishes, @Nullable Budget budget) {
    var plan = Json.object().put("intent_id", intentId);
    var tasks = plan.putArray("plan");
    for (var wish : wishes) {
      var task =
          tasks
              .addObject()
              .put("kind", wish.kindOf().code())
              .put("want", WishDescription.describe(wish, turn.narrator().lang()));
      var details = new ArrayList<>(WishDescription.details(wish, turn.narrator().lang()));
      if (budget != null && wish.equals(wishes.getLast())) {
        // The limit for everything together stands once, at the end.
        details.add(WishDescription.limit(budget, turn.narrator().lang()));
      }
      task.set("details", Json.mapper().valueToTree(details));
    }
    ProposalJson.addRemarks(plan, turn);
    turn.narrator().publish(ConversationEventType.PLAN, plan);
  }

  /** Says how many offers were compared, and how many of them are shown when these are not all. */
  private static String comparison(Turn turn, int shown, int received) {
    return received > shown
        ? turn.narrator().phrase("step.compare.best", shown, received)
        : turn.narrator().phrase("step.compare", shown);
  }

  /**
   * Tells the principal what each platform answers.
   *
   * @param received is increased by the offers that are answered
   */
  private static PlatformSearch.Progress progress(Turn turn, AtomicInteger received) {
    var conversationNarrator = turn.narrator();
    return new PlatformSearch.Progress() {
      @Override
      public void asking(Platform platform, int wish) {
        conversationNarrator.step(
            "search",
            StepState.RUNNING,
            platform.id(),
            conversationNarrator.phrase("step.search", platform.name()));
      }

      @Override
      public void answered(Platform platform, int offers, int dropped) {
        received.addAndGet(offers);
        var phrase = dropped == 0 ? "step.search.done" : "step.search.dropped";
        conversationNarrator.step(
            "search",
            StepState.DONE,
            platform.id(),
            conversationNarrator.phrase(phrase, platform.name(), offers, dropped));
      }

      @Override
      public void leftOut(Platform platform, SearchResult.SkippedPlatform remark) {
        conversationNarrator.step(
            "search",
            StepState.SKIPPED,
            platform.id(),
            conversationNarrator.phrase(remark.reason()));
      }
    };
  }

  /**
   * A trip needs its train and its hotel; shop goods that are bought along with it may be missing.
   */
  private static boolean suitable(Proposal proposal) {
    return proposal.fitsBudget()
        && !proposal.recommended().isEmpty()
        && proposal.searches().stream()
            .allMatch(
                searchResult ->
                    !searchResult.offers().isEmpty()
                        || searchResult.wish().kindOf() == MerchantKind.SHOP);
  }

  private void show(Turn turn, Proposal found, Proposal proposal) {
    var conversationNarrator = turn.narrator();
    if (!found.foundNothing()) {
      conversationNarrator.publish(
          ConversationEventType.OFFERS, json.event(proposal, conversationNarrator));
    }
    if (suitable(found)) {
      turn.outcome(Turn.Outcome.OFFERED);
      return;
    }
    turn.outcome(Turn.Outcome.NOTHING_SUITABLE);
    var limit = found.limit();
    if (!found.foundNothing() && !found.fitsBudget() && limit.isPresent()) {
      conversationNarrator.publish(
          ConversationEventType.NOTHING_SUITABLE,
          Map.of(
              "why",
                  conversationNarrator.phrase(
                      "nothing.budget", found.total(), limit.get().decimal()),
              "what_would_do", conversationNarrator.phrase("nothing.budget.do", found.total())));
      return;
    }
    var empty =
        found.searches().stream().filter(searchResult -> searchResult.offers().isEmpty()).toList();
    if (!empty.isEmpty() && empty.stream().allMatch(SearchResult::isUnsold)) {
      endWithoutSeller(turn, empty.stream().map(SearchResult::wish).toList());
      return;
    }
    var missing =
        empty.stream()
            .map(searchResult -> describeMissing(searchResult, conversationNarrator))
            .toList();
    var merchantReasons =
        empty.stream()
            .flatMap(search -> Objects.requireNonNull(search.reasons()).stream())
            .map(conversationNarrator::phrase)
            .distinct()
            .limit(MAX_REASONS)
            .toList();
    boolean allOut =
        merchantReasons.isEmpty()
            && found.searches().stream()
                .allMatch(searchResult -> searchResult.failed() == searchResult.asked().size());
    conversationNarrator.publish(
        ConversationEventType.NOTHING_SUITABLE,
        Map.of(
            "why",
            conversationNarrator.phrase(
                allOut ? "nothing.out" : "nothing.found", String.join("; ", missing)),
            "what_would_do",
            merchantReasons.isEmpty()
                ? conversationNarrator.phrase(allOut ? "nothing.out.do" : "nothing.found.do")
                : String.join(
                    conversationNarrator.lang().equals("zh") ? "；" : "; ", merchantReasons)));
  }

  /** Returns whether no platform sells this kind, so that waiting for an offer is in vain, too. */
  boolean isUnsold(Wish wish) {
    return world.platforms(wish.kindOf()).isEmpty();
  }

  /** Ends the turn because no platform sells the wishes, and returns the reason in words. */
  String endWithoutSeller(Turn turn, List<Wish> wishes) {
    var conversationNarrator = turn.narrator();
    var wanted =
        wishes.stream()
            .map(wish -> WishDescription.describe(wish, conversationNarrator.lang()))
            .toList();
    var why = conversationNarrator.phrase("nothing.no_seller", String.join("; ", wanted));
    turn.outcome(Turn.Outcome.NOTHING_SUITABLE);
    conversationNarrator.publish(
        ConversationEventType.NOTHING_SUITABLE,
        Map.of("why", why, "what_would_do", conversationNarrator.phrase("nothing.no_seller.do")));
    return why;
  }

  /** Describes the wish that found nothing, and the nearest offer when there was one. */
  private static String describeMissing(
      SearchResult searchResult, ConversationNarrator conversationNarrator) {
    var want = WishDescription.describe(searchResult.wish(), conversationNarrator.lang());
    return searchResult
        .nearest()
        .map(
            offer ->
                conversationNarrator.phrase(
                    "nothing.near",
                    want,
                    conversationNarrator.phrase(offer.title()),
                    offer.total()))
        .orElse(want);
  }

  private void journalDecision(Turn turn, Proposal proposal) {
    var compared = new ArrayList<Map<String, Object>>();
    for (var shown : proposal.all()) {
      compared.add(
          Map.of(
              "offer_id", shown.offer().offerId(),
              "merchant", shown.offer().merchantId(),
              "total", shown.offer().total(),
              "why", Map.of("en", shown.why().en(), "zh", shown.why().zh()),
              "recommended", shown.recommended()));
    }
    var data = new HashMap<String, Object>();
    data.put("compared", compared);
    data.put("recommended", proposal.recommended());
    data.put(
        "left_out",
        proposal.searches().stream()
            .flatMap(searchResult -> searchResult.leftOut().stream())
            .map(out -> Map.of("platform", out.platform(), "code", out.code()))
            .toList());
    world
        .journal()
        .note(
            new JournalNote(
                world.agent().value(),
                JournalNote.Kind.DECISION,
                ActComponent.CID_INT_XFR,
                JournalEvent.DECISION_LOGGED,
                Map.of(
                    JournalIds.INTENT_ID, proposal.intentId(),
                    JournalIds.CONVERSATION_ID, turn.conversation()),
                data));
  }
}
