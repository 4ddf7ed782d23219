package org.actsandbox.agent.search;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.actsandbox.agent.language.Budget;
import org.actsandbox.agent.text.AgentPhrases;
import org.actsandbox.protocol.commerce.Text;
import org.actsandbox.protocol.json.Json;
import org.actsandbox.protocol.money.Money;
import org.actsandbox.protocol.refusal.Problem;
import org.actsandbox.protocol.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * Holds everything that one search of the conversation found, composed under one budget. It is
 * stored, because the tools accept offers from here alone.
 *
 * @param fitsBudget whether the recommended offers together stay within the budget
 * @param total the total of the recommended offers; over the budget, which recommends none, that of
 *     the cheapest ones
 */
public record Proposal(
    String intentId,
    List<SearchResult> searches,
    List<String> recommended,
    String total,
    String currency,
    boolean fitsBudget,
    @Nullable Budget budget) {

  static Proposal compose(String intentId, List<SearchResult> searches, @Nullable Budget budget) {
    var pick = OfferCombination.best(searches, budget == null ? null : budget.money());
    var marked = new ArrayList<SearchResult>();
    for (var searchResult : searches) {
      marked.add(
          searchResult.with(
              searchResult.offers().stream()
                  .map(offer -> offer.recommended(pick.offers().contains(offer)))
                  .toList()));
    }
    return new Proposal(
        intentId,
        List.copyOf(marked),
        pick.offers().stream().map(offer -> offer.offer().offerId()).toList(),
        pick.total().decimal(),
        pick.total().currency().getCurrencyCode(),
        pick.fits(),
        budget);
  }

  /**
   * Returns the proposal with the offers of some merchants after all others, each with the reason
   * why. One of them is recommended only when nothing else fits.
   *
   * @param reasons the reason by merchant
   */
  public Proposal withLast(Map<String, Text> reasons) {
    var ordered = new ArrayList<SearchResult>();
    for (var searchResult : searches) {
      var offers = new ArrayList<RankedOffer>();
      var last = new ArrayList<RankedOffer>();
      for (var shown : searchResult.offers()) {
        var reason = reasons.get(shown.offer().merchantId());
        if (reason == null) {
          offers.add(shown);
        } else {
          last.add(shown.because(AgentPhrases.bilingual("why.last", shown.why(), reason)));
        }
      }
      offers.addAll(last);
      ordered.add(searchResult.with(List.copyOf(offers)));
    }
    return compose(intentId, ordered, budget);
  }

  /**
   * Returns the proposal without recommendations, when it must not be taken as a whole: it is over
   * the budget, or a part of the trip is missing.
   */
  public Proposal withoutRecommendation() {
    var unmarked =
        searches.stream()
            .map(
                searchResult ->
                    searchResult.with(
                        searchResult.offers().stream()
                            .map(offer -> offer.recommended(false))
                            .toList()))
            .toList();
    var least = fitsBudget ? "0.00" : total;
    return new Proposal(intentId, unmarked, List.of(), least, currency, fitsBudget, budget);
  }

  public Optional<RankedOffer> offer(String offerId) {
    return all().stream().filter(shown -> shown.offer().offerId().equals(offerId)).findFirst();
  }

  /**
   * Returns the offers with these ids.
   *
   * @throws Refusal {@code invalid_field} for an offer that is not in the proposal
   */
  public List<RankedOffer> chosen(List<String> offerIds) {
    return offerIds.stream()
        .distinct()
        .map(
            id ->
                offer(id)
                    .orElseThrow(() -> unknownOfferRefusal("this offer was not shown last: " + id)))
        .toList();
  }

  public static Refusal unknownOfferRefusal(String what) {
    return new Refusal(Problem.INVALID_FIELD, what)
        .at("offer_ids")
        .expected("ids from the last offers event of this conversation");
  }

  public List<RankedOffer> all() {
    return searches.stream().flatMap(searchResult -> searchResult.offers().stream()).toList();
  }

  public boolean foundNothing() {
    return searches.stream().allMatch(searchResult -> searchResult.offers().isEmpty());
  }

  public Optional<Money> limit() {
    return Optional.ofNullable(budget).map(Budget::money);
  }

  /**
   * Returns what offers of this proposal may cost together in their carts (CID-7): the budget, or
   * the sum of the limits of their wishes. Null if a wish has no limit, or if the principal chose
   * an offer that was shown above it.
   */
  public @Nullable Budget limitOf(List<RankedOffer> chosen) {
    if (budget != null) {
      return budget;
    }
    var sum = BigDecimal.ZERO;
    for (var shown : chosen) {
      var limit =
          searches.stream()
              .filter(searchResult -> searchResult.offers().contains(shown))
              .findFirst()
              .map(searchResult -> searchResult.wish().limit())
              .orElse(null);
      if (limit == null || new BigDecimal(shown.total().decimal()).compareTo(limit) > 0) {
        return null;
      }
      sum = sum.add(limit);
    }
    return chosen.isEmpty()
        ? null
        : new Budget(sum.setScale(2, RoundingMode.DOWN).toPlainString(), currency);
  }

  public String toJson() {
    return Json.write(this);
  }

  public static Proposal read(String json) {
    return Json.read(json, Proposal.class);
  }
}
