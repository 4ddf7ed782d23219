package org.actsandbox.agent.search;

import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Text;

/**
 * One wish asked at all platforms of its vertical.
 *
 * @param offers best first
 * @param nearest the cheapest that was offered when none of it fits the wish
 */
public record SearchResult(
    Wish wish,
    List<String> asked,
    List<SearchResult.SkippedPlatform> leftOut,
    List<RankedOffer> offers,
    Optional<Offer> nearest) {

  /** A platform that could not be counted on, and why. */
  public record SkippedPlatform(String platform, String code, Text reason) {}

  SearchResult with(List<RankedOffer> chosen) {
    return new SearchResult(wish, asked, leftOut, chosen, nearest);
  }
}
