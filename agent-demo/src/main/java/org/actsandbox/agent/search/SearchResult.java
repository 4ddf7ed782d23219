package org.actsandbox.agent.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Text;
import org.jspecify.annotations.Nullable;

/**
 * Holds the result of one wish at all platforms of its vertical.
 *
 * @param offers the offers, best first
 * @param nearest the nearest offer when none of the offers fits the wish
 * @param reasons why merchants have no offer and what would help, when nothing was offered
 */
public record SearchResult(
    Wish wish,
    List<String> asked,
    List<SearchResult.SkippedPlatform> leftOut,
    List<RankedOffer> offers,
    Optional<Offer> nearest,
    @Nullable List<Text> reasons) {

  public SearchResult {
    // Proposals that were stored by older versions have no reasons.
    reasons = reasons == null ? List.of() : List.copyOf(reasons);
  }

  public SearchResult(
      Wish wish,
      List<String> asked,
      List<SkippedPlatform> leftOut,
      List<RankedOffer> offers,
      Optional<Offer> nearest) {
    this(wish, asked, leftOut, offers, nearest, List.of());
  }

  /** Names a platform whose answer could not be used, and the reason. */
  public record SkippedPlatform(String platform, String code, Text reason) {}

  /** Returns whether no platform sells what is wished. */
  public boolean isUnsold() {
    return asked.isEmpty() && leftOut.isEmpty();
  }

  /** Returns how many platforms were asked in vain. */
  public long failed() {
    return leftOut.stream().filter(left -> asked.contains(left.platform())).count();
  }

  /** Returns the result with the platforms that were not asked, because the principal said so. */
  SearchResult and(List<SkippedPlatform> notAsked) {
    var all = new ArrayList<>(leftOut);
    all.addAll(notAsked);
    var why =
        asked.isEmpty() && offers.isEmpty()
            ? notAsked.stream().map(SkippedPlatform::reason).toList()
            : reasons;
    return new SearchResult(wish, asked, List.copyOf(all), offers, nearest, why);
  }

  SearchResult with(List<RankedOffer> chosen) {
    return new SearchResult(wish, asked, leftOut, chosen, nearest, reasons);
  }

  /** Returns the result as the result of a narrower wish, which its offers fulfil as well. */
  SearchResult about(Wish narrower) {
    return new SearchResult(narrower, asked, leftOut, offers, nearest, reasons);
  }

  /** Returns the result at another place of the proposal, from 0. */
  SearchResult at(int place) {
    return with(offers.stream().map(offer -> offer.inSearch(place)).toList());
  }
}
