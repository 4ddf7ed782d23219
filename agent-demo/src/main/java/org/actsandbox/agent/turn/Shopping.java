package org.actsandbox.agent.turn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.Platform;
import org.actsandbox.agent.conversation.Conversations;
import org.actsandbox.agent.conversation.Narrator;
import org.actsandbox.agent.conversation.Narrator.Step;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.language.Remark;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.agent.search.Platforms;
import org.actsandbox.agent.search.Proposal;
import org.actsandbox.agent.search.Search;
import org.actsandbox.agent.search.ShownOffer;
import org.actsandbox.protocol.commerce.Kind;
import org.actsandbox.protocol.journal.JournalIds;
import org.actsandbox.protocol.journal.JournalNote;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.rule.ActComponent;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** From wishes to a proposal: plan, parallel search, comparison, told as it happens. */
final class Shopping {

  /** Ours: two platforms seldom say more than this of one wish. */
  private static final int MAX_REASONS = 3;

  private final AgentWorld world;
  private final Conversations conversations;
  private final Platforms platforms;
  private final AttestedDecisions attested;

  Shopping(AgentWorld world, Conversations conversations, Platforms platforms) {
    this.world = world;
    this.conversations = conversations;
    this.platforms = platforms;
    this.attested = new AttestedDecisions(world);
  }

  Proposal search(Turn turn, List<Wish> wishes, @Nullable Budget budget) {
    var intentId = intent(turn);
    plan(turn, intentId, wishes);
    var found = platforms.search(intentId, turn.narrator().lang(), wishes, budget, progress(turn));
    turn.narrator()
        .step("compare", Step.DONE, null, turn.narrator().say("step.compare", found.all().size()));
    var proposal = suitable(found) ? found : found.withoutRecommendation();
    conversations.shown(turn.conversation(), proposal.toJson());
    decided(turn, proposal);
    attested.compared(proposal);
    show(turn, found, proposal);
    return proposal;
  }

  /** One intent per task: refinements and what is bought in the end belong to it. */
  private String intent(Turn turn) {
    var known = conversations.get(turn.conversation()).intentId();
    if (known != null) {
      return known;
    }
    var intentId = world.ids().next("I");
    conversations.intent(turn.conversation(), intentId);
    return intentId;
  }

  private static void plan(Turn turn, String intentId, List<Wish> wishes) {
    var plan = Json.object().put("intent_id", intentId);
    var tasks = plan.putArray("plan");
    for (var wish : wishes) {
      tasks
          .addObject()
          .put("kind", wish.kindOf().code())
          .put("want", WishDescription.describe(wish, turn.narrator()));
    }
    remarks(plan, turn);
    turn.narrator().tell("plan", plan);
  }

  /** What of the sentence is in no wish, so that the principal sees it beside the plan. */
  private static void remarks(ObjectNode node, Turn turn) {
    for (var type : Remark.Type.values()) {
      var words = node.putArray(type.name().toLowerCase(Locale.ROOT));
      turn.permission().remarks().stream()
          .filter(remark -> remark.type() == type)
          .forEach(remark -> words.add(remark.words()));
    }
  }

  private static Platforms.Progress progress(Turn turn) {
    var narrator = turn.narrator();
    return new Platforms.Progress() {
      @Override
      public void asking(Platform platform, int wish) {
        narrator.step(
            "search", Step.RUNNING, platform.id(), narrator.say("step.search", platform.name()));
      }

      @Override
      public void answered(Platform platform, int offers, int dropped) {
        var phrase = dropped == 0 ? "step.search.done" : "step.search.dropped";
        narrator.step(
            "search",
            Step.DONE,
            platform.id(),
            narrator.say(phrase, platform.name(), offers, dropped));
      }

      @Override
      public void leftOut(Platform platform, Search.LeftOut remark) {
        narrator.step("search", Step.SKIPPED, platform.id(), narrator.say(remark.reason()));
      }
    };
  }

  /** A trip needs its train and its bed; something to buy on the side may be missing. */
  private static boolean suitable(Proposal proposal) {
    return proposal.fitsBudget()
        && !proposal.recommended().isEmpty()
        && proposal.searches().stream()
            .allMatch(search -> !search.offers().isEmpty() || search.wish().kindOf() == Kind.SHOP);
  }

  private void show(Turn turn, Proposal found, Proposal proposal) {
    var narrator = turn.narrator();
    if (!found.foundNothing()) {
      narrator.tell("offers", event(proposal, narrator));
    }
    if (suitable(found)) {
      turn.outcome(Turn.Outcome.OFFERED);
      return;
    }
    turn.outcome(Turn.Outcome.NOTHING_SUITABLE);
    var limit = found.limit();
    if (!found.foundNothing() && !found.fitsBudget() && limit.isPresent()) {
      narrator.tell(
          "nothing_suitable",
          Map.of(
              "why", narrator.say("nothing.budget", found.total(), limit.get().decimal()),
              "what_would_do", narrator.say("nothing.budget.do", found.total())));
      return;
    }
    var empty = found.searches().stream().filter(search -> search.offers().isEmpty()).toList();
    if (!empty.isEmpty() && empty.stream().allMatch(search -> search.asked().isEmpty())) {
      nobodySells(turn, empty.stream().map(Search::wish).toList());
      return;
    }
    var missing = empty.stream().map(search -> missed(search, narrator)).toList();
    var said =
        empty.stream()
            .flatMap(search -> Objects.requireNonNull(search.reasons()).stream())
            .map(narrator::say)
            .distinct()
            .limit(MAX_REASONS)
            .toList();
    boolean allOut =
        said.isEmpty()
            && found.searches().stream()
                .allMatch(search -> search.leftOut().size() == search.asked().size());
    narrator.tell(
        "nothing_suitable",
        Map.of(
            "why",
            narrator.say(allOut ? "nothing.out" : "nothing.found", String.join("; ", missing)),
            "what_would_do",
            said.isEmpty()
                ? narrator.say(allOut ? "nothing.out.do" : "nothing.found.do")
                : String.join(narrator.lang().equals("zh") ? "；" : "; ", said)));
  }

  /** Whether there is nobody to ask: waiting for an offer is in vain, too. */
  boolean isUnsold(Wish wish) {
    return world.platforms(wish.kindOf()).isEmpty();
  }

  /** Ends the turn with it, and answers the reason. */
  String nobodySells(Turn turn, List<Wish> wishes) {
    var narrator = turn.narrator();
    var wanted = wishes.stream().map(wish -> WishDescription.describe(wish, narrator)).toList();
    var why = narrator.say("nothing.nobody", String.join("; ", wanted));
    turn.outcome(Turn.Outcome.NOTHING_SUITABLE);
    narrator.tell(
        "nothing_suitable", Map.of("why", why, "what_would_do", narrator.say("nothing.nobody.do")));
    return why;
  }

  /** What is missing, and what comes nearest to it when something was offered. */
  private static String missed(Search search, Narrator narrator) {
    var want = WishDescription.describe(search.wish(), narrator);
    return search
        .nearest()
        .map(
            offer -> narrator.say("nothing.near", want, narrator.say(offer.title()), offer.total()))
        .orElse(want);
  }

  private void decided(Turn turn, Proposal proposal) {
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
            .flatMap(search -> search.leftOut().stream())
            .map(out -> Map.of("platform", out.platform(), "code", out.code()))
            .toList());
    world
        .journal()
        .note(
            new JournalNote(
                world.agent().value(),
                JournalNote.Kind.DECISION,
                ActComponent.CID_INT_XFR,
                "decision-logged",
                Map.of(
                    JournalIds.INTENT_ID, proposal.intentId(),
                    JournalIds.CONVERSATION_ID, turn.conversation()),
                data));
  }

  /** The {@code offers} event: also what a model gets, without the full offers. */
  private ObjectNode event(Proposal proposal, Narrator narrator) {
    var event = result(proposal, narrator, Integer.MAX_VALUE);
    int index = 0;
    for (var search : proposal.searches()) {
      var offers = event.path("searches").path(index++).path("offers");
      for (int i = 0; i < search.offers().size(); i++) {
        ((ObjectNode) offers.path(i)).set("offer", Json.tree(search.offers().get(i).offer()));
      }
    }
    return event;
  }

  /** As a model hears it: the found, and what of the principal's words was not looked for. */
  ObjectNode result(Turn turn, Proposal proposal, int limit) {
    var result = result(proposal, turn.narrator(), limit);
    remarks(result, turn);
    return result;
  }

  private ObjectNode result(Proposal proposal, Narrator narrator, int limit) {
    var lang = narrator.lang();
    var result = Json.object();
    result.put("intent_id", proposal.intentId());
    var searches = result.putArray("searches");
    for (var search : proposal.searches()) {
      var node = searches.addObject();
      node.put("kind", search.wish().kindOf().code());
      var asked = node.putArray("platforms_asked");
      search.asked().forEach(asked::add);
      for (var name : new String[] {"left_out", "platforms_left_out"}) {
        var out = node.putArray(name);
        search
            .leftOut()
            .forEach(
                left ->
                    out.addObject()
                        .put("platform", left.platform())
                        .put("platform_name", world.nameOf(left.platform()).in(lang))
                        .put("reason", left.reason().in(lang)));
      }
      node.put("want", WishDescription.describe(search.wish(), narrator));
      var reasons = node.putArray("reasons");
      Objects.requireNonNull(search.reasons()).stream()
          .map(reason -> reason.in(lang))
          .distinct()
          .limit(MAX_REASONS)
          .forEach(reasons::add);
      search
          .nearest()
          .ifPresent(
              offer ->
                  node.putObject("nearest")
                      .put("title", offer.title().in(lang))
                      .put("total", offer.total())
                      .put("currency", offer.currency()));
      var offers = node.putArray("offers");
      search.offers().stream()
          .limit(limit)
          .forEach(shown -> offer(offers.addObject(), shown, lang));
    }
    var recommended = result.putArray("recommended");
    proposal.recommended().forEach(recommended::add);
    var unconfirmed = result.putArray("unconfirmed");
    proposal.all().stream()
        .filter(ShownOffer::recommended)
        .flatMap(shown -> shown.unconfirmed(proposal.searches().get(shown.search()).wish()))
        .forEach(unconfirmed::add);
    return result
        .put("total", proposal.total())
        .put("currency", proposal.currency())
        .put("fits_budget", proposal.fitsBudget());
  }

  private void offer(ObjectNode node, ShownOffer shown, String lang) {
    var offer = shown.offer();
    node.put("offer_id", offer.offerId())
        .put("merchant", offer.merchantId())
        .put("merchant_name", world.nameOf(offer.merchantId()).in(lang))
        .put("title", offer.title().in(lang))
        .put("total", offer.total())
        .put("currency", offer.currency())
        .put("why", shown.why().in(lang))
        .put("recommended", shown.recommended());
    switch (offer.details()) {
      case org.actsandbox.protocol.commerce.OfferDetails.Train train ->
          node.put("departs", train.departs().toString())
              .put("arrives", train.arrives().toString());
      case org.actsandbox.protocol.commerce.OfferDetails.Hotel hotel ->
          node.put("stars", hotel.stars()).put("breakfast", hotel.breakfast());
      case org.actsandbox.protocol.commerce.OfferDetails.Shop shop ->
          node.put("promised_by", shop.promisedBy().toString());
      case org.actsandbox.protocol.commerce.OfferDetails.Service service ->
          node.put("unit", service.unit().in(lang));
    }
  }
}
