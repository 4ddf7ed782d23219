package org.actsandbox.agent.turn;

import java.util.Locale;
import java.util.Objects;
import org.actsandbox.agent.AgentWorld;
import org.actsandbox.agent.conversation.ConversationNarrator;
import org.actsandbox.agent.language.Remark;
import org.actsandbox.agent.search.Proposal;
import org.actsandbox.agent.search.RankedOffer;
import org.actsandbox.protocol.commerce.OfferDetails;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import tools.jackson.databind.node.ObjectNode;

/** Writes a proposal for the principal's page and for a model. */
final class ProposalJson {

  private final AgentWorld world;

  ProposalJson(AgentWorld world) {
    this.world = world;
  }

  /**
   * Lists the words of the sentence that are in no wish, so that the principal sees them beside the
   * plan.
   */
  static void addRemarks(ObjectNode node, Turn turn) {
    for (var type : Remark.Type.values()) {
      var words = node.putArray(type.name().toLowerCase(Locale.ROOT));
      turn.remarks().stream()
          .filter(remark -> remark.type() == type)
          .forEach(remark -> words.add(remark.words()));
    }
  }

  /** Makes the {@code offers} event: the same as the tool result, with the full offers. */
  ObjectNode event(Proposal proposal, ConversationNarrator narrator) {
    var event = toolResult(proposal, narrator, Integer.MAX_VALUE);
    int index = 0;
    for (var searchResult : proposal.searches()) {
      var offers = event.path("searches").path(index++).path("offers");
      for (int i = 0; i < searchResult.offers().size(); i++) {
        ((ObjectNode) offers.path(i)).set("offer", Json.tree(searchResult.offers().get(i).offer()));
      }
    }
    return event;
  }

  /**
   * Makes the result that a model reads: the offers, and the words of the principal that were not
   * searched for.
   */
  ObjectNode toolResult(Turn turn, Proposal proposal, int limit) {
    var result = toolResult(proposal, turn.narrator(), limit);
    addRemarks(result, turn);
    return result;
  }

  private ObjectNode toolResult(Proposal proposal, ConversationNarrator narrator, int limit) {
    var lang = narrator.lang();
    var result = Json.object();
    result.put("intent_id", proposal.intentId());
    var searches = result.putArray("searches");
    for (var searchResult : proposal.searches()) {
      var node = searches.addObject();
      node.put("kind", searchResult.wish().kindOf().code());
      var asked = node.putArray("platforms_asked");
      searchResult.asked().forEach(asked::add);
      for (var name : new String[] {"left_out", "platforms_left_out"}) {
        var out = node.putArray(name);
        searchResult
            .leftOut()
            .forEach(
                left ->
                    out.addObject()
                        .put("platform", left.platform())
                        .put("platform_name", world.nameOf(left.platform()).in(lang))
                        .put("reason", left.reason().in(lang)));
      }
      node.put("want", WishDescription.describe(searchResult.wish(), narrator.lang()));
      var reasons = node.putArray("reasons");
      Objects.requireNonNull(searchResult.reasons()).stream()
          .map(reason -> reason.in(lang))
          .distinct()
          .limit(ProposalSearch.MAX_REASONS)
          .forEach(reasons::add);
      searchResult
          .nearest()
          .ifPresent(
              offer ->
                  node.putObject("nearest")
                      .put("title", offer.title().in(lang))
                      .put("total", offer.total())
                      .put("currency", offer.currency()));
      var offers = node.putArray("offers");
      searchResult.offers().stream()
          .limit(limit)
          .forEach(shown -> offer(offers.addObject(), shown, lang));
    }
    var recommended = result.putArray("recommended");
    proposal.recommended().forEach(recommended::add);
    var unconfirmed = result.putArray("unconfirmed");
    proposal.all().stream()
        .filter(RankedOffer::recommended)
        .flatMap(shown -> shown.unconfirmed(proposal.searches().get(shown.search()).wish()))
        .forEach(unconfirmed::add);
    return result
        .put("total", proposal.total())
        .put("currency", proposal.currency())
        .put("fits_budget", proposal.fitsBudget())
        .put("limit", proposal.limit().map(Money::decimal).orElse(""));
  }

  private void offer(ObjectNode node, RankedOffer shown, String lang) {
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
      case OfferDetails.Train train ->
          node.put("departs", train.departs().toString())
              .put("arrives", train.arrives().toString());
      case OfferDetails.Hotel hotel ->
          node.put("stars", hotel.stars()).put("breakfast", hotel.breakfast());
      case OfferDetails.Shop shop ->
          node.put("promised_by", shop.promisedBy() == null ? null : shop.promisedBy().toString());
      case OfferDetails.Service service -> node.put("unit", service.unit().in(lang));
    }
  }
}
