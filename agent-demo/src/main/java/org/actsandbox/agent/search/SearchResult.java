package org.actsandbox.agent.search;

import java.util.List;
import java.util.Optional;
import org.actsandbox.agent.language.Wish;
import org.actsandbox.protocol.commerce.Offer;
import org.actsandbox.protocol.commerce.Text;
import org.jspecify.annotations.Nullable;

/**
 * One wish asked at all platforms of its vertical.
 *
 * @param offers best first
 * @param nearest the cheapest that was offered when none of it fits the wish
 * @param reasons why merchants have nothing and what would do, when nothing was offered
 */
public record SearchResult(
    Wish wish,
    List<String> asked,
    List<SearchResult.SkippedPlatform> leftOut,
    List<RankedOffer> offers,
    Optional<Offer> nearest,
    @Nullable List<Text> reasons) {

  public SearchResult {
    // Proposals that were stored before merchants' reasons were kept have none.
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

  /** A platform that could not be counted on, and why. */
  public record SkippedPlatform(String platform, String code, Text reason) {}

  SearchResult with(List<RankedOffer> chosen) {
    return new SearchResult(wish, asked, leftOut, chosen, nearest, reasons);
  }
}
